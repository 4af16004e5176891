/** Owns clocks that cannot be trusted: they jump, run fast or slow, and are off, while requests dawdle and nodes come and go. Nothing may hang on them. */

import type { FaultPlan, Scenario } from '../scenario.js';
import { mixed } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

export default {
  name: 'clock-trouble',
  title: 'Clocks jump forward and back, drift and are off by hours; timers fire too soon or far too late.',
  world: (choose) => ({ ...clusterOrStandalone(choose), blocks: 32, regionBlocks: 2, targetUsed: choose.chance(0.3) }),
  workload: { ...mixed, depth: 3 },
  operator: (choose) => [
    { reach: 'syncing' },
    ...(choose.chance(0.5) ? [{ command: 'throttle', argument: choose.between(200, 2_000) } as const] : []),
    { reach: choose.pick(['source-selected', 'target-selected']) },
    { wait: [500, 5_000] },
    ...(choose.chance(0.3) ? [{ reboot: [500, 5_000] } as const] : []),
    { reach: 'committed' },
    { wait: [500, 5_000] },
  ],
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    const node = () => choose.pick(['host', 'host', 'standby'] as const);
    for (let count = choose.between(1, 4); count > 0; count -= 1) {
      const at = { ticks: [0, 60_000] as const };
      const kind = 'clock';
      switch (choose.integer(3)) {
        case 0: {
          const far = choose.pick([5_000, 100_000, 3_600_000]);
          const ticks = choose.chance(0.6) ? ([far, 2 * far] as const) : ([-far, -(far >> 1)] as const);
          faults.push({ kind, effect: 'jump', node: node(), ticks, at });
          break;
        }
        case 1:
          faults.push({ kind, effect: 'skew', node: node(), ticks: [-2_000_000_000, 2_000_000_000], at });
          break;
        default: {
          const rate = choose.pick([[100, 500] as const, [900, 1_100] as const, [2_000, 20_000] as const]);
          faults.push({ kind, effect: 'drift', node: node(), rate, at, lasting: [5_000, 200_000] });
        }
      }
    }
    // What is slow or lost makes the watch over requests matter.
    if (choose.chance(0.6)) {
      faults.push({
        kind: 'device',
        device: choose.pick(['source', 'target', 'shared', 'local'] as const),
        operation: choose.pick(['read', 'write', 'flush'] as const),
        effect: choose.pick(['slow', 'lost', 'stuck'] as const),
        share: 0.2,
        at: { ticks: [1_000, 40_000] },
        lasting: [2_000, 20_000],
        times: 5,
      });
    }
    if (choose.chance(0.3)) {
      const power = choose.chance(0.3);
      faults.push({ kind: 'crash', node: 'host', at: { ticks: [5_000, 80_000] }, restart: [500, 40_000], power });
    }
    return faults;
  },
  safetyTicksMax: 4_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;
