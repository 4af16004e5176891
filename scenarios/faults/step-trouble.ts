/**
 * Owns trouble at every named durable step, whatever it takes to come there: its request fails, dawdles, hangs, is lost or loses its path, once or
 * for long; or its node falls asleep there, or crashes.
 */

import type { Scenario } from '../scenario.js';
import { drawSituations, SITUATIONS } from '../situations.js';
import { troubleAtEach } from '../trouble.js';
import { mixed } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

const TROUBLES_MIN = 8;

export default {
  name: 'step-trouble',
  title: 'At one named step or another its device fails or keeps silent, or its node stalls, and goes on.',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    naming: choose.pick(['remap', 'change']),
    blocks: 16,
    regionBlocks: 2,
    paths: choose.pick([1, 2, 3]),
    dirtyLog: choose.chance(0.6),
  }),
  workload: { ...mixed, depth: 3 },
  // All the ways there are, so that every step comes about: there and back, off and on, to the end.
  operator: (choose) => [
    { reach: choose.pick(['syncing', 'source-selected', 'target-selected']) },
    { wait: [0, 2_000] },
    { reboot: [500, 4_000] },
    { reach: 'target-selected' },
    { wait: [0, 4_000] },
    ...(choose.chance(0.4) ? [{ reboot: [500, 4_000] } as const, { reach: 'target-selected' } as const] : []),
    ...(choose.chance(0.5) ? [{ command: 'selectSource' } as const, { reach: 'target-selected' } as const] : []),
    { wait: [0, 1_000] },
    { command: 'abort' },
    { reach: 'committed' },
    { reach: 'none' },
    { wait: [500, 3_000] },
  ],
  faults: (choose, world) => {
    const situations = drawSituations(choose, world, SITUATIONS, choose.between(2, 3));
    return situations.flatMap(({ steps, plot }) => {
      const faults = [...(plot?.(choose) ?? [])];
      // A short list of steps is gone through more often, so that each step gets its share.
      for (let times = Math.max(2, Math.ceil(TROUBLES_MIN / steps.length)); times > 0; times -= 1)
        faults.push(...troubleAtEach(choose, steps));
      return faults;
    });
  },
  safetyTicksMax: 4_000_000,
  ends: ['none'],
  drivesTo: 'none',
} satisfies Scenario;
