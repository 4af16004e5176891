/** Owns a registry of one scenario: a full migration of a disk of 1 TiB that holds some two megabytes. */

import { scenarios as builtIn } from '../../scenarios/registry.js';
import type { Scenario } from '../../scenarios/scenario.js';

const steady = builtIn.find(({ name }) => name === 'steady-copy')!;

export const scenarios: readonly Scenario[] = [
  {
    ...steady,
    name: 'terabyte',
    title: 'A disk of 1 TiB, almost all of it never written, is migrated from setup to commit.',
    world: { mode: 'standalone', nodes: 1, blocks: 2 ** 28, regionBlocks: 1024, allocatedShare: 2e-6 },
    operator: [{ reach: 'committed' }, { wait: [1_000, 2_000] }],
    ends: ['committed'],
  },
];
