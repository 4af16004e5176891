/** Owns writes of the old owner that are still on their way when another node has the disk, and an old owner that goes on writing. */

import type { FaultPlan, Scenario } from '../scenario.js';
import { writeHeavy } from '../workloads.js';

export default {
  name: 'zombie-writer',
  title: 'Slow writes of a node that lost the disk arrive at last, among those of the new owner: none of them lands.',
  world: (choose) => ({
    mode: 'cluster',
    nodes: choose.between(2, 3),
    naming: choose.pick(['remap', 'change']),
    blocks: 24,
    regionBlocks: 2,
  }),
  workload: { ...writeHeavy, fuaShare: 0.2 },
  operator: (choose) => [
    { reach: choose.pick(['setup', 'syncing', 'source-selected', 'target-selected', 'committed']) },
    { wait: [20_000, 50_000] },
    { reach: 'committed' },
    { wait: [10_000, 40_000] },
  ],
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    for (const device of ['source', 'target'] as const)
      if (choose.chance(0.8))
        faults.push({
          kind: 'device',
          device,
          operation: choose.pick(['write', 'write', 'flush'] as const),
          effect: 'slow',
          share: choose.pick([0.05, 0.2]),
        });
    for (let times = choose.between(1, 2); times > 0; times -= 1) {
      const at = { ticks: [4_000, 90_000] } as const;
      faults.push(
        choose.chance(0.6)
          ? { kind: 'pause', node: 'host', at, ticks: [24_000, 60_000] }
          : { kind: 'network', effect: 'partition', node: 'host', at, lasting: [25_000, 60_000] },
      );
    }
    return faults;
  },
  safetyTicksMax: 3_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;
