/** Owns what an operator should not have asked for: targets that are too small, in use, retired, or no data device at all. */

import type { OperatorStep, Scenario } from '../scenario.js';
import { mixed } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

export default {
  name: 'unsuitable-targets',
  title: 'Setup is asked for onto devices that cannot be the target, before and after a migration that is committed.',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    naming: choose.pick(['remap', 'change']),
    disks: 2,
    blocks: 16,
    regionBlocks: 2,
    smallTarget: 1,
  }),
  workload: { ...mixed, depth: 2 },
  operator: (choose) => {
    const wrong = (): OperatorStep => ({
      command: 'setup',
      onto: choose.pick(['source', 'metadata', 'other-disk', 'nothing']),
      disk: choose.integer(2),
    });
    return [
      wrong(),
      wrong(),
      { command: 'setup', disk: 1 },
      wrong(),
      { reach: 'committed', disk: 0 },
      wrong(),
      { reach: 'none', disk: 0 },
      { command: 'setup', onto: 'source', disk: 0 },
      wrong(),
      { wait: [500, 2_000] },
    ];
  },
  faults: [],
  safetyTicksMax: 2_000_000,
  ends: ['none'],
} satisfies Scenario;
