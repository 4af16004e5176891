/** Owns crashes of a standalone node in each write-cloning state: the error flag tells, the target is faulted, the migration is set up again. */

import type { FaultPlan, Scenario } from '../scenario.js';
import { writeHeavy } from '../workloads.js';

export default {
  name: 'unclean-reboot',
  title: 'The node crashes, or loses power, in a write-cloning state; at the start the error flag forces setup.',
  world: (choose) => ({
    mode: 'standalone',
    nodes: 1,
    naming: choose.pick(['remap', 'change']),
    blocks: 48,
    sectorsShort: choose.integer(8),
    regionBlocks: 2,
    targetUsed: choose.chance(0.5),
  }),
  workload: writeHeavy,
  operator: (choose) => [
    { reach: choose.pick(['syncing', 'source-selected', 'target-selected']) },
    { wait: [500, 5_000] },
    { reach: 'committed' },
    { wait: [1_000, 4_000] },
  ],
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    for (let crashes = choose.between(1, 3); crashes > 0; crashes -= 1) {
      const state = choose.pick(['setup', 'syncing', 'source-selected', 'target-selected', 'committed'] as const);
      const at = choose.chance(0.8)
        ? { state, ticks: [0, 4_000] as const, occurrence: choose.between(1, 2) }
        : { step: 'any' as const, occurrence: choose.between(1, 40) };
      faults.push({ kind: 'crash', node: 'host', at, restart: [500, 8_000], power: choose.chance(0.6) });
    }
    if (choose.chance(0.2)) {
      // The node comes up without its source, and sees it only later.
      const ticks = choose.integer(3_000);
      const state = choose.pick(['setup', 'syncing', 'source-selected'] as const);
      const at = { state, ticks: [ticks, ticks] as const };
      faults.push({ kind: 'crash', node: 'host', at, restart: [500, 4_000] });
      faults.push({
        kind: 'device',
        device: 'source',
        operation: 'any',
        effect: 'gone',
        at,
        lasting: [10_000, 40_000],
      });
    }
    return faults;
  },
  safetyTicksMax: 2_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;
