/**
 * Owns what an operator should not have asked for: targets that are too small, in use, retired, or no data device at all; a source of more regions than
 * a map has room for.
 */

import type { Choose, OperatorStep, Scenario } from '../scenario.js';
import { mixed } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

/** A disk of more blocks has more regions, of a block each, than a map may have. */
const REGIONS_MAX = 262_144;

const wrong = (choose: Choose): OperatorStep => ({
  command: 'setup',
  onto: choose.pick(['source', 'metadata', 'other-disk', 'nothing']),
  disk: choose.integer(2),
});

export default {
  name: 'unsuitable-targets',
  title: 'Setup is asked for onto devices that cannot be the target, before and after a migration that is committed.',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    naming: choose.pick(['remap', 'change']),
    disks: 2,
    ...(choose.chance(0.1)
      ? { blocks: REGIONS_MAX + 1, regionBlocks: 1, allocatedShare: 0 }
      : { blocks: 16, regionBlocks: 2 }),
    smallTarget: 1,
  }),
  workload: { ...mixed, depth: 2 },
  operator: (choose, { blocks }) => {
    if (blocks > REGIONS_MAX) return [wrong(choose), { command: 'setup', disk: 0 }, wrong(choose)];
    return [
      wrong(choose),
      wrong(choose),
      { command: 'setup', disk: 1 },
      wrong(choose),
      { reach: 'committed', disk: 0 },
      wrong(choose),
      { reach: 'none', disk: 0 },
      { command: 'setup', onto: 'source', disk: 0 },
      wrong(choose),
      { wait: [500, 2_000] },
    ];
  },
  faults: [],
  safetyTicksMax: 2_000_000,
  ends: ['none'],
} satisfies Scenario;
