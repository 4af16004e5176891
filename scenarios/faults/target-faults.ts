/** Owns faults of the target before commit: the application never sees one, and the migration is forced back to setup. */

import type { FaultPlan, Scenario } from '../scenario.js';
import { ERROR_STEPS } from '../steps.js';
import { mostlyReads, writeHeavy } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

/** Writes from before the way back are still on their way to the target when the node stops; none begins anew before they have ended. */
const crashWithClonesUnderWay: readonly FaultPlan[] = [
  {
    kind: 'device',
    device: 'target',
    operation: 'write',
    effect: 'slow',
    share: 0.7,
    at: { state: 'source-selected', ticks: [0, 300] },
    lasting: [4_000, 8_000],
  },
  { kind: 'crash', node: 'host', at: { state: 'setup', ticks: [0, 1_000], occurrence: 2 }, restart: [500, 5_000] },
];

export default {
  name: 'target-faults',
  title: 'The target fails writes, reads and flushes, dawdles or hangs, in every state before commit.',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    blocks: 48,
    allocatedShare: choose.pick([1, 0.4, 0.4]),
    regionBlocks: 2,
    targetUsed: choose.chance(0.5),
  }),
  // Under few writes a fault that only a copy meets is not noticed by a write as well.
  workload: (choose) =>
    choose.chance(0.3) ? mostlyReads : { ...writeHeavy, hotShare: choose.pick([0.1, writeHeavy.hotShare]) },
  operator: (choose) => [
    { reach: choose.pick(['source-selected', 'target-selected']) },
    { wait: [500, 4_000] },
    ...(choose.chance(0.5) ? [{ command: 'abort' } as const] : []),
    ...(choose.chance(0.3) ? [{ reboot: [500, 4_000] } as const] : []),
    { reach: 'committed' },
    { wait: [500, 2_000] },
  ],
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    if (choose.chance(0.2)) {
      // Whether it holds anything is not known: it may not be taken to be blank. Alone, as after any other fault it would be asked again.
      faults.push({
        kind: 'device',
        device: 'target',
        operation: 'extent',
        effect: 'error',
        share: 1,
        at: { state: 'setup', ticks: [0, 1] },
        lasting: [10_000, 20_000],
      });
      return faults;
    }
    if (choose.chance(0.25)) return crashWithClonesUnderWay;
    for (let count = choose.between(1, 3); count > 0; count -= 1) {
      const state = choose.pick(['syncing', 'source-selected', 'target-selected'] as const);
      faults.push({
        kind: 'device',
        device: 'target',
        operation: choose.pick(['write', 'write', 'read', 'flush']),
        effect: choose.pick(['error', 'error', 'slow', 'stuck']),
        share: choose.pick([0.02, 0.2, 1]),
        persistent: choose.chance(0.7),
        at: { state, ticks: [0, 4_000] },
        lasting: [500, 12_000],
      });
    }
    if (choose.chance(0.3)) {
      // A few blocks that cannot be written while they are copied.
      const from = choose.integer(40);
      faults.push({
        kind: 'device',
        device: 'target',
        operation: 'write',
        effect: 'error',
        share: 1,
        blocks: [from, from + 7],
        at: { state: 'syncing', ticks: [0, 500] },
        lasting: [3_000, 6_000],
      });
    }
    if (choose.chance(0.3)) {
      // Both sides at once: the write fails, and the fault is the target's alone.
      const at = { state: choose.pick(['source-selected', 'target-selected'] as const), ticks: [0, 3_000] as const };
      for (const device of ['source', 'target'] as const) {
        faults.push({
          kind: 'device',
          device,
          operation: 'write',
          effect: 'error',
          share: 1,
          persistent: true,
          at,
          lasting: [3_000, 6_000],
        });
      }
    }
    if (choose.chance(0.3)) {
      faults.push({
        kind: 'crash',
        node: 'stepping',
        at: {
          step: choose.pick([...ERROR_STEPS, 'error.source.flush', 'error.source.flush']),
          position: choose.pick(['before', 'during', 'after']),
        },
        restart: [500, 5_000],
        power: choose.chance(0.5),
      });
    }
    if (choose.chance(0.3)) {
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
