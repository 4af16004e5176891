/** Owns the worst of days: nodes, the whole site and devices fail at any step, again and again, in every state. */

import type { FaultPlan, Scenario } from '../scenario.js';
import { mixed, writeHeavy } from '../workloads.js';

export default {
  name: 'everything-crashes',
  title: 'Nodes, the site and devices fail at any step, again and again.',
  world: (choose) => {
    const nodes = choose.between(1, 4);
    return {
      mode: nodes === 1 ? 'standalone' : 'cluster',
      nodes,
      naming: choose.pick(['remap', 'change']),
      disks: choose.chance(0.2) ? 2 : 1,
      blocks: 32,
      sectorsShort: choose.integer(8),
      regionBlocks: choose.between(1, 4),
      targetExtraBlocks: choose.integer(3),
      targetUsed: choose.chance(0.4),
      metadataTears: choose.chance(0.5),
    };
  },
  workload: (choose) => ({ ...choose.pick([mixed, writeHeavy]), depth: choose.between(1, 4) }),
  operator: (choose) => [
    { reach: choose.pick(['syncing', 'source-selected', 'target-selected']) },
    { wait: [0, 5_000] },
    ...(choose.chance(0.3) ? [{ reboot: [500, 10_000] } as const] : []),
    { reach: 'committed' },
    ...(choose.chance(0.4) ? [{ reach: 'none' } as const] : []),
    { wait: [500, 5_000] },
  ],
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    for (let crashes = choose.between(2, 8); crashes > 0; crashes -= 1) {
      const at = choose.chance(0.6)
        ? { step: 'any' as const, occurrence: choose.between(1, 60) }
        : { ticks: [0, 200_000] as const };
      faults.push({
        kind: 'crash',
        node: 'step' in at ? 'stepping' : choose.pick(['host', 'standby'] as const),
        at,
        restart: choose.pick([
          [500, 5_000],
          [5_000, 100_000],
        ]),
        power: choose.chance(0.4),
      });
    }
    for (let gone = choose.integer(3); gone > 0; gone -= 1) {
      faults.push({
        kind: 'device',
        device: choose.pick(['source', 'target', 'shared', 'local', 'acknowledgement'] as const),
        operation: 'any',
        effect: 'gone',
        at: choose.chance(0.5)
          ? { ticks: [0, 150_000] }
          : { step: 'any', occurrence: choose.between(1, 60), position: choose.pick(['before', 'after'] as const) },
        lasting: choose.pick([
          [200, 4_000],
          [4_000, 60_000],
        ]),
      });
    }
    return faults;
  },
  safetyTicksMax: 4_000_000,
  ends: ['committed', 'none'],
  drivesTo: 'committed',
} satisfies Scenario;
