/** Owns recoveries that never come to their end: a crash at a named step of one, and of the next, and of the other node's. */

import type { FaultPlan, Scenario } from '../scenario.js';
import { COMMIT_STEPS, RECOVERY_STEPS, RESUME_STEPS } from '../steps.js';
import { mixed } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

const STEPS = [...RECOVERY_STEPS, ...RESUME_STEPS];

export default {
  name: 'crash-in-recovery',
  title: 'Recovery crashes at a named step, is begun again, and crashes again, here or on another node.',
  world: (choose) => ({
    ...clusterOrStandalone(choose, 0.6),
    naming: choose.pick(['remap', 'change']),
    blocks: 32,
    regionBlocks: 2,
    targetUsed: choose.chance(0.3),
    metadataTears: choose.chance(0.5),
  }),
  workload: { ...mixed, depth: 3 },
  operator: (choose) => [
    { reach: choose.pick(['setup', 'syncing', 'source-selected', 'target-selected']) },
    { wait: [200, 3_000] },
    ...(choose.chance(0.3) ? [{ reboot: [500, 5_000] } as const] : []),
    { reach: 'committed' },
    { wait: [2_000, 40_000] },
  ],
  faults: (choose) => {
    const states = ['setup', 'syncing', 'source-selected', 'target-selected', 'committed'] as const;
    // What there is to recover from: a crash in some state, or in the middle of a commit.
    const at = choose.chance(0.5)
      ? { state: choose.pick(states), ticks: [0, 4_000] as const }
      : { step: choose.pick(COMMIT_STEPS) };
    const faults: FaultPlan[] = [
      {
        kind: 'crash',
        node: 'step' in at ? 'stepping' : 'host',
        at,
        restart: [500, 20_000],
        power: choose.chance(0.5),
      },
    ];
    for (let again = choose.between(2, 8); again > 0; again -= 1) {
      faults.push({
        kind: 'crash',
        node: choose.chance(0.85) ? 'stepping' : 'standby',
        at: { step: choose.pick(STEPS), occurrence: choose.between(1, 2) },
        restart: choose.pick([
          [500, 3_000],
          [500, 60_000],
        ]),
        power: choose.chance(0.4),
      });
    }
    if (choose.chance(0.3)) {
      faults.push({
        kind: 'device',
        device: 'stepping',
        operation: 'any',
        effect: choose.pick(['error', 'slow', 'lost'] as const),
        at: { step: choose.pick(STEPS) },
        times: choose.between(1, 4),
      });
    }
    return faults;
  },
  safetyTicksMax: 4_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;
