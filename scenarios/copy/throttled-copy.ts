/** Owns a copy that is slowed down, paused and resumed, so that much is written while little has been copied. */

import type { Choose, OperatorStep, Scenario } from '../scenario.js';
import { writeHeavy } from '../workloads.js';

/** Changed again and again, now and then: the last order alone counts. */
function throttles(choose: Choose): OperatorStep[] {
  const orders = choose.pick([1, 1, 5]);
  return Array.from({ length: orders }, () => ({
    command: 'throttle',
    argument: orders === 1 && choose.chance(0.3) ? 0 : choose.between(500, 3_000),
  }));
}

export default {
  name: 'throttled-copy',
  title: 'The copy is throttled, paused and resumed while the application writes faster than it is copied.',
  world: (choose) => ({
    mode: 'standalone',
    nodes: 1,
    blocks: 64,
    sectorsShort: choose.integer(8),
    // 20 blocks are more than one request of the copier can move: the last region is short, and a blank target gets only what is there.
    regionBlocks: choose.pick([2, 4, 20]),
    allocatedShare: choose.pick([1, 0.5]),
    targetUsed: choose.chance(0.5),
  }),
  workload: writeHeavy,
  operator: (choose) => [
    { reach: 'syncing' },
    ...throttles(choose),
    { waitCopied: 0.5 },
    { command: 'pause' },
    { wait: [1_000, 5_000] },
    { command: 'resume' },
    { waitCopied: 0.6 },
    { command: 'throttle', argument: choose.integer(300) },
    { reach: 'committed' },
    { wait: [1_000, 3_000] },
  ],
  faults: [],
  safetyTicksMax: 3_000_000,
  ends: ['committed'],
} satisfies Scenario;
