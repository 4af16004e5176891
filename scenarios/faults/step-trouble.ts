/**
 * Owns trouble at every named durable step: its request fails, dawdles, hangs or is lost, once or for long; or its node falls asleep there, or
 * crashes.
 */

import type { Step } from '../../engine/contract/vocabulary.js';
import type { Choose, FaultPlan, Scenario } from '../scenario.js';
import {
  CLEANUP_STEPS,
  COMMIT_STEPS,
  ERROR_STEPS,
  RECOVERY_STEPS,
  RESERVATION_STEPS,
  RESUME_STEPS,
  SETUP_STEPS,
  SHUTDOWN_STEPS,
  WAY_BACK_STEPS,
} from '../steps.js';
import { mixed } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

/** Steps, and what has to happen beside the operator's script for them to come about. */
const GROUPS: readonly { steps: readonly Step[]; needs?: 'crash' | 'target-fault' }[] = [
  { steps: SETUP_STEPS },
  { steps: COMMIT_STEPS },
  { steps: RECOVERY_STEPS, needs: 'crash' },
  { steps: RECOVERY_STEPS, needs: 'crash' },
  { steps: RECOVERY_STEPS, needs: 'crash' },
  { steps: RESERVATION_STEPS, needs: 'crash' },
  { steps: RESUME_STEPS },
  { steps: SHUTDOWN_STEPS },
  { steps: CLEANUP_STEPS },
  { steps: WAY_BACK_STEPS },
  { steps: ERROR_STEPS, needs: 'target-fault' },
  { steps: ['error.source.flush'], needs: 'target-fault' },
];

function troubleAt(choose: Choose, step: Step): FaultPlan {
  const occurrence = choose.pick([1, 1, 1, 2]);
  if (choose.chance(0.15)) return { kind: 'crash', node: 'stepping', at: { step }, restart: [500, 20_000] };
  if (choose.chance(0.5)) {
    const ticks = choose.pick([[500, 5_000] as const, [5_000, 100_000] as const]);
    const at = { step, occurrence, position: choose.pick(['before', 'after'] as const) };
    return { kind: 'pause', node: choose.chance(0.9) ? 'stepping' : 'standby', at, ticks };
  }
  return {
    kind: 'device',
    device: 'stepping',
    operation: 'any',
    effect: choose.pick(['error', 'error', 'slow', 'stuck', 'lost'] as const),
    at: { step, occurrence },
    times: choose.pick([1, 2, 4, 40]),
    lasting: [100_000, 300_000],
  };
}

/** What brings a recovery about: a crash in some state, or in the middle of a commit. */
function crash(choose: Choose): FaultPlan {
  const state = choose.pick(['setup', 'syncing', 'source-selected', 'target-selected', 'committed'] as const);
  const at = choose.chance(0.6) ? { state, ticks: [0, 3_000] as const } : { step: choose.pick(COMMIT_STEPS) };
  const node = 'step' in at ? 'stepping' : 'host';
  return { kind: 'crash', node, at, restart: [500, 20_000], power: choose.chance(0.5) };
}

export default {
  name: 'step-trouble',
  title: 'At one named step or another its device fails or keeps silent, or its node stalls, and goes on.',
  world: (choose) => ({
    ...clusterOrStandalone(choose, 0.5),
    naming: choose.pick(['remap', 'change']),
    blocks: 16,
    regionBlocks: 2,
  }),
  workload: { ...mixed, depth: 3 },
  // All the ways there are, so that every step comes about: there and back, off and on, to the end.
  operator: (choose) => [
    { reach: choose.pick(['syncing', 'source-selected', 'target-selected']) },
    { wait: [0, 2_000] },
    { reboot: [500, 4_000] },
    { reach: 'target-selected' },
    { command: choose.pick(['selectSource', 'abort'] as const) },
    { wait: [0, 1_000] },
    { command: 'abort' },
    { reach: 'committed' },
    { reach: 'none' },
    { wait: [500, 3_000] },
  ],
  faults: (choose) => {
    const { steps, needs } = choose.pick(GROUPS);
    const step = choose.pick(steps);
    const faults: FaultPlan[] = [troubleAt(choose, step)];
    for (let more = choose.between(2, 8); more > 0; more -= 1) faults.push(troubleAt(choose, choose.pick(steps)));
    if (needs === 'crash' || choose.chance(0.1)) faults.push(crash(choose));
    if (needs === 'target-fault') {
      // Only a source that was not read is flushed on the way back.
      const states =
        step === 'error.source.flush' ? (['target-selected'] as const) : (['syncing', 'source-selected'] as const);
      faults.push({
        kind: 'device',
        device: 'target',
        operation: choose.pick(['write', 'flush'] as const),
        effect: 'error',
        share: 1,
        at: { state: choose.pick(states), ticks: [0, 3_000] },
        lasting: [2_000, 6_000],
      });
    }
    return faults;
  },
  safetyTicksMax: 4_000_000,
  ends: ['none'],
  drivesTo: 'none',
} satisfies Scenario;
