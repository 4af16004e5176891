/** Owns the plain case: a migration from setup to cleanup under a busy application, with no fault at all. */

import type { Scenario } from '../scenario.js';
import { mixed } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

export default {
  name: 'steady-copy',
  title: 'A migration from setup to cleanup under a busy application; nothing fails.',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    naming: choose.pick(['remap', 'change']),
    blocks: 192 + choose.integer(64),
    sectorsShort: choose.integer(8),
    regionBlocks: choose.pick([1, 2, 4]),
    targetExtraBlocks: choose.integer(8),
    allocatedShare: choose.pick([1, 0.5, 0.1]),
    targetUsed: choose.chance(0.5),
  }),
  workload: { ...mixed, depth: 8, thinkTicks: [20, 200], blocksMax: 1, unalignedShare: 0.1, nativeShare: 0.02 },
  operator: [{ reach: 'committed' }, { wait: [10_000, 20_000] }, { reach: 'none' }, { wait: [5_000, 10_000] }],
  faults: [],
  safetyTicksMax: 2_000_000,
  ends: ['none'],
} satisfies Scenario;
