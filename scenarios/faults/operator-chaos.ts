/** Owns operators who press everything: any command, valid or not, repeated, on the wrong node, while nodes stall, crash and fail. */

import type { FaultPlan, Scenario } from '../scenario.js';
import { SETUP_STEPS, WAY_BACK_STEPS } from '../steps.js';
import { mixed } from '../workloads.js';

export default {
  name: 'operator-chaos',
  title: 'Commands of every kind at any moment, on any node, while nodes stall and crash and devices dawdle.',
  world: (choose) => ({
    ...(choose.chance(0.25) ? { mode: 'standalone', nodes: 1 } : { mode: 'cluster', nodes: choose.between(2, 4) }),
    naming: choose.pick(['remap', 'change']),
    blocks: 32,
    regionBlocks: 2,
    targetExtraBlocks: choose.integer(3),
    targetUsed: choose.chance(0.3),
  }),
  workload: { ...mixed, depth: 3 },
  operator: (choose) => [
    { reach: choose.pick(['setup', 'syncing', 'source-selected']) },
    { chaos: choose.between(10, 40) },
    { move: true },
    { chaos: choose.between(5, 20) },
    // Second thoughts: a commit that has begun is not taken back.
    { reach: 'source-selected' },
    { command: 'commit', hasty: true },
    { wait: [100, 1_500] },
    { command: choose.pick(['abort', 'selectTarget'] as const) },
    { reach: 'committed' },
    { wait: [500, 2_000] },
  ],
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    if (choose.chance(0.4))
      faults.push({
        kind: 'pause',
        node: choose.pick(['host', 'standby']),
        at: { ticks: [2_000, 60_000] },
        ticks: [2_000, 60_000],
      });
    if (choose.chance(0.4)) {
      const at = choose.chance(0.5)
        ? { step: choose.pick([...SETUP_STEPS, ...WAY_BACK_STEPS]) }
        : { step: 'any' as const, occurrence: choose.between(1, 40) };
      faults.push({ kind: 'crash', node: 'stepping', at, restart: [1_000, 40_000], power: choose.chance(0.3) });
    }
    if (choose.chance(0.4)) {
      const device = choose.pick(['shared', 'local', 'acknowledgement'] as const);
      const operation = choose.pick(['read', 'write', 'flush'] as const);
      const effect = choose.pick(['error', 'slow', 'stuck'] as const);
      const at = { ticks: [1_000, 40_000] as const };
      faults.push({
        kind: 'device',
        device,
        operation,
        effect,
        share: choose.pick([0.1, 0.5]),
        at,
        lasting: [1_000, 30_000],
      });
    }
    return faults;
  },
  safetyTicksMax: 3_000_000,
  // A committed migration may be cleaned up before the end.
  ends: ['committed', 'none'],
  drivesTo: 'committed',
} satisfies Scenario;
