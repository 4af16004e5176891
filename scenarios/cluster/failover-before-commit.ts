/** Owns a failover while the roll-forward flag is clear: every node stays with the source, and the migration starts over. */

import type { Scenario } from '../scenario.js';
import { mixed } from '../workloads.js';

export default {
  name: 'failover-before-commit',
  title: 'The migration node dies while copying or cloning; a failover node takes the application on, with the source.',
  world: (choose) => ({
    mode: 'cluster',
    nodes: choose.between(3, 4),
    naming: choose.pick(['remap', 'change']),
    blocks: 48,
    regionBlocks: 2,
    allocatedShare: choose.pick([1, 0.5]),
    ...(choose.chance(0.4) ? { targetMappedLater: [2, choose.between(10_000, 60_000)] as const } : {}),
    ...(choose.chance(0.2) ? { sourceMappedLater: [1, choose.between(5_000, 40_000)] as const } : {}),
  }),
  workload: mixed,
  operator: (choose) => [
    { reach: 'syncing' },
    { waitCopied: choose.pick([0, 0.5, 0.9]) },
    { reach: choose.pick(['source-selected', 'target-selected']) },
    { wait: [200, 3_000] },
    { reach: 'committed' },
    { wait: [1_000, 4_000] },
  ],
  faults: (choose) => {
    const state = choose.pick(['setup', 'syncing', 'source-selected', 'target-selected'] as const);
    const restart = [5_000, 80_000] as const;
    return [{ kind: 'crash', node: 'host', at: { state, ticks: [0, 4_000] }, restart, power: choose.chance(0.2) }];
  },
  safetyTicksMax: 2_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;
