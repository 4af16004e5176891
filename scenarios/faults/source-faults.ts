/** Owns faults of the source: unreadable regions are never copied as zeros; in target-selected the engine commits by itself. */

import type { FaultPlan, Scenario } from '../scenario.js';
import { writeHeavy } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

/** So much that was never written that not all of it is written soon. */
const THIN = { blocks: 192, regionBlocks: 1, allocatedShare: 0.1 };

export default {
  name: 'source-faults',
  title:
    'The source fails reads, writes and flushes: a copy that cannot be made is not, and a lost source forces a commit.',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    ...(choose.chance(0.15) ? THIN : { blocks: 48, regionBlocks: 2, allocatedShare: choose.pick([1, 0.4]) }),
  }),
  workload: writeHeavy,
  operator: (choose) => [
    { reach: choose.pick(['source-selected', 'target-selected', 'target-selected']) },
    { wait: [500, 5_000] },
    ...(choose.chance(0.4) ? [{ command: choose.pick(['selectSource', 'abort', 'commit'] as const) } as const] : []),
    ...(choose.chance(0.2) ? [{ reboot: [500, 4_000] } as const] : []),
    { reach: 'committed' },
    { wait: [500, 2_000] },
  ],
  faults: (choose, world) => {
    const faults: FaultPlan[] = [];
    if (choose.chance(0.2)) {
      // Writes from before the cloning are still on their way to the source when copying begins.
      faults.push({
        kind: 'device',
        device: 'source',
        operation: 'write',
        effect: 'slow',
        share: 0.5,
        at: { state: 'setup', ticks: [0, 200] },
        lasting: [500, 3_000],
      });
    }
    if (choose.chance(0.3)) {
      // A few blocks that cannot be read while they are copied, or a source that does not say what it holds.
      const from = choose.integer(40);
      const isExtent = choose.chance(0.3);
      faults.push({
        kind: 'device',
        device: 'source',
        operation: isExtent ? 'extent' : 'read',
        effect: 'error',
        share: 1,
        ...(isExtent ? {} : { blocks: [from, from + 7] as const }),
        at: { state: 'syncing', ticks: [0, 300] },
        lasting: [2_000, 6_000],
      });
    }
    if (world.allocatedShare === THIN.allocatedShare) {
      // A thin source runs full: what it refuses has reached the target, which held nothing there, nor did the source.
      faults.push({
        kind: 'device',
        device: 'source',
        operation: 'write',
        effect: 'full',
        share: 1,
        at: { state: 'syncing', ticks: [0, 300] },
        lasting: [500, 3_000],
      });
      return faults;
    }
    for (let count = choose.between(1, 2); count > 0; count -= 1) {
      const state = choose.pick(['syncing', 'source-selected', 'target-selected', 'target-selected'] as const);
      faults.push({
        kind: 'device',
        device: 'source',
        operation: choose.pick(['write', 'write', 'read', 'flush', 'flush']),
        effect: choose.pick(['error', 'error', 'slow', 'stuck']),
        share: choose.pick([0.02, 0.2, 1]),
        persistent: choose.chance(0.7),
        at: { state, ticks: [0, 4_000] },
        lasting: [500, 8_000],
      });
    }
    if (choose.chance(0.45)) {
      // A source that takes no more writes while reads come from the target; the node may stop before the forced commit is durable.
      faults.push({
        kind: 'device',
        device: 'source',
        ...choose.pick([
          { operation: 'write', effect: 'error', persistent: true } as const,
          { operation: 'any', effect: 'gone' } as const,
        ]),
        share: 1,
        at: { state: 'target-selected', ticks: [0, 2_000] },
        lasting: [4_000, 10_000],
      });
      switch (choose.pick(['flush', 'flush', 'flag', 'crash', 'none'] as const)) {
        case 'flush':
          // The target cannot be flushed for the forced commit: its fault wins, and the writes that wait for the flag fail.
          faults.push({
            kind: 'device',
            device: 'stepping',
            operation: 'flush',
            effect: 'error',
            share: 1,
            at: { step: 'commit.target.flush' },
            lasting: [10_000, 200_000],
          });
          break;
        case 'flag':
          // The flag cannot be written: the node gives the disk up, and fails the writes that wait for it.
          faults.push({
            kind: 'device',
            device: 'shared',
            operation: 'write',
            effect: 'error',
            share: 1,
            at: { step: 'commit.roll-forward-flag.write' },
            lasting: [60_000, 120_000],
          });
          break;
        case 'crash':
          faults.push({
            kind: 'crash',
            node: 'stepping',
            at: { step: choose.pick(['commit.target.flush', 'commit.roll-forward-flag.write'] as const) },
            restart: [500, 5_000],
            power: choose.chance(0.5),
          });
          break;
        case 'none':
          break;
      }
    }
    if (choose.chance(0.25)) {
      // Regions that cannot be copied: the migration goes back to setup, and not a sector of the target reads as zeros instead.
      faults.push({
        kind: 'device',
        device: 'source',
        operation: 'read',
        effect: 'error',
        share: 0.3,
        persistent: true,
        at: { state: 'syncing', ticks: [0, 1_500] },
        lasting: [6_000, 12_000],
      });
    }
    if (choose.chance(0.2)) {
      faults.push({
        kind: 'device',
        device: 'target',
        operation: 'write',
        effect: 'error',
        share: 0.1,
        at: { ticks: [2_000, 40_000] },
        lasting: [500, 4_000],
      });
    }
    if (choose.chance(0.2)) {
      faults.push({
        kind: 'crash',
        node: 'host',
        at: { ticks: [2_000, 60_000] },
        restart: [500, 5_000],
        power: choose.chance(0.5),
      });
    }
    return faults;
  },
  safetyTicksMax: 3_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;
