/** Owns the cluster moving the disk from node to node in good order, in whatever state the migration is. */

import type { OperatorStep, Scenario } from '../scenario.js';
import { mixed } from '../workloads.js';

export default {
  name: 'planned-move',
  title: 'The disk is moved between nodes in good order; before commit the migration is aborted, afterwards it stays.',
  world: (choose) => ({
    mode: 'cluster',
    nodes: choose.between(2, 3),
    naming: choose.pick(['remap', 'change']),
    blocks: 32,
    regionBlocks: 2,
  }),
  workload: mixed,
  operator: (choose) => {
    const steps: OperatorStep[] = [];
    for (let moves = choose.between(1, 3); moves > 0; moves -= 1) {
      steps.push(
        { reach: choose.pick(['setup', 'syncing', 'source-selected', 'target-selected']) },
        { wait: [0, 2_000] },
        { move: true },
      );
    }
    return [...steps, { reach: 'committed' }, { move: true }, { wait: [1_000, 4_000] }];
  },
  faults: (choose) =>
    choose.chance(0.3)
      ? [
          {
            kind: 'crash',
            node: 'host',
            at: { ticks: [5_000, 80_000] },
            restart: [2_000, 40_000],
            power: choose.chance(0.3),
          },
        ]
      : [],
  safetyTicksMax: 2_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;
