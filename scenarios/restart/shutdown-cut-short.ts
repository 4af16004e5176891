/** Owns shutdowns that do not come to their end: a crash at each named step between the last I/O and the cleared error flag. */

import type { FaultPlan, Scenario } from '../scenario.js';
import { SHUTDOWN_STEPS } from '../steps.js';
import { writeHeavy } from '../workloads.js';

export default {
  name: 'shutdown-cut-short',
  title: 'A clean shutdown is cut short at one of its steps; only a finished one may be believed.',
  world: (choose) => ({
    mode: 'standalone',
    nodes: 1,
    disks: choose.between(1, 2),
    blocks: 48,
    regionBlocks: 2,
    targetUsed: choose.chance(0.5),
  }),
  workload: { ...writeHeavy, depth: 4 },
  operator: (choose) => [
    { reach: choose.pick(['syncing', 'source-selected', 'target-selected']) },
    { wait: [500, 3_000] },
    { reboot: [500, 5_000] },
    { reach: choose.pick(['source-selected', 'target-selected']) },
    { reboot: [500, 5_000] },
    { reach: 'committed' },
    { wait: [1_000, 3_000] },
  ],
  faults: (choose) => {
    const at = { step: choose.pick(SHUTDOWN_STEPS), occurrence: choose.between(1, 2) };
    const faults: FaultPlan[] = [
      { kind: 'crash', node: 'stepping', at, restart: [500, 5_000], power: choose.chance(0.6) },
    ];
    if (choose.chance(0.3)) {
      const device = choose.pick(['source', 'target'] as const);
      faults.push({
        kind: 'device',
        device,
        operation: 'flush',
        effect: 'error',
        share: choose.pick([0.7, 1]),
        at: { ticks: [0, 20_000] },
        lasting: [5_000, 40_000],
      });
    }
    return faults;
  },
  safetyTicksMax: 2_000_000,
  ends: ['setup', 'none', 'committed'],
} satisfies Scenario;
