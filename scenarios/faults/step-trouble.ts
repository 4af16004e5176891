/** Owns trouble at every named durable step: its request fails, dawdles, hangs or is lost, once or for long; or its node falls asleep there. */

import type { FaultPlan, OperatorStep, Scenario } from '../scenario.js';
import {
  CLEANUP_STEPS,
  COMMIT_STEPS,
  ERROR_STEPS,
  RECOVERY_STEPS,
  RESUME_STEPS,
  SETUP_STEPS,
  SHUTDOWN_STEPS,
  WAY_BACK_STEPS,
} from '../steps.js';
import { mixed } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

const GROUPS = [
  SETUP_STEPS,
  COMMIT_STEPS,
  COMMIT_STEPS,
  RECOVERY_STEPS,
  RECOVERY_STEPS,
  RESUME_STEPS,
  CLEANUP_STEPS,
  SHUTDOWN_STEPS,
  WAY_BACK_STEPS,
  ERROR_STEPS,
];

export default {
  name: 'step-trouble',
  title: 'At one named step or another its device fails or keeps silent, or its node stalls, and goes on.',
  world: (choose) => ({
    ...clusterOrStandalone(choose, 0.5),
    naming: choose.pick(['remap', 'change']),
    blocks: 32,
    regionBlocks: 2,
  }),
  workload: { ...mixed, depth: 3 },
  operator: (choose) => {
    const steps: OperatorStep[] = [{ reach: choose.pick(['syncing', 'source-selected', 'target-selected']) }];
    if (choose.chance(0.4)) steps.push({ command: choose.pick(['selectSource', 'abort'] as const) });
    if (choose.chance(0.5)) steps.push({ wait: [0, 2_000] }, { reboot: [500, 4_000] });
    steps.push({ reach: 'committed' });
    if (choose.chance(0.5)) steps.push({ reach: 'none' });
    return [...steps, { wait: [500, 3_000] }];
  },
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    for (let count = choose.between(1, 3); count > 0; count -= 1) {
      const step = choose.pick(choose.pick(GROUPS));
      const at = { step, position: choose.pick(['before', 'after'] as const), occurrence: choose.between(1, 2) };
      if (choose.chance(0.5)) {
        const ticks = choose.pick([[500, 5_000] as const, [5_000, 100_000] as const]);
        faults.push({ kind: 'pause', node: choose.chance(0.8) ? 'stepping' : 'standby', at, ticks });
      } else {
        const effect = choose.pick(['error', 'error', 'slow', 'stuck', 'lost'] as const);
        const times = choose.pick([1, 2, 4, 40]);
        faults.push({
          kind: 'device',
          device: 'stepping',
          operation: 'any',
          effect,
          at: { step, occurrence: at.occurrence },
          times,
          lasting: [100_000, 300_000],
        });
      }
    }
    // Recovery, shutdown and error transition have to come about first.
    if (choose.chance(0.4)) {
      const state = choose.pick(['setup', 'syncing', 'source-selected', 'target-selected', 'committed'] as const);
      const at = choose.chance(0.6) ? { state, ticks: [0, 3_000] as const } : { step: choose.pick(COMMIT_STEPS) };
      const node = 'step' in at ? 'stepping' : 'host';
      faults.push({ kind: 'crash', node, at, restart: [500, 20_000], power: choose.chance(0.5) });
    }
    if (choose.chance(0.3)) {
      const state = choose.pick(['syncing', 'source-selected', 'target-selected'] as const);
      faults.push({
        kind: 'device',
        device: 'target',
        operation: choose.pick(['write', 'flush'] as const),
        effect: 'error',
        share: 1,
        at: { state, ticks: [0, 3_000] },
        lasting: [2_000, 6_000],
      });
    }
    return faults;
  },
  safetyTicksMax: 4_000_000,
  ends: ['committed', 'none'],
  drivesTo: 'committed',
} satisfies Scenario;
