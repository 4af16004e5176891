/**
 * Owns the false failover: a node is only slow, or cannot be heard; another takes its disk, and then it goes on where it stood, in the middle of
 * whatever it did, commit before and after its flag included.
 */

import type { Trigger } from '../fault.js';
import type { FaultPlan, Scenario } from '../scenario.js';
import {
  CLEANUP_STEPS,
  COMMIT_STEPS,
  RECOVERY_STEPS,
  RESERVATION_STEPS,
  SETUP_STEPS,
  WAY_BACK_STEPS,
} from '../steps.js';
import { mixed } from '../workloads.js';

/** Longer than a node may be silent. */
const STALL = [28_000, 120_000] as const;

export default {
  name: 'split-brain',
  title:
    'A node stalls, loses its disk to another, wakes up and goes on: it can neither read nor write nor commit any more.',
  world: (choose) => ({
    mode: 'cluster',
    nodes: choose.between(2, 4),
    naming: choose.pick(['remap', 'change']),
    blocks: 32,
    regionBlocks: 2,
    ...(choose.chance(0.2) ? { targetMappedLater: [1, choose.between(5_000, 60_000)] as const } : {}),
  }),
  workload: { ...mixed, depth: 3, nativeShare: 0.1 },
  operator: (choose) => [
    { reach: choose.pick(['source-selected', 'target-selected', 'source-selected']) },
    ...(choose.chance(0.3) ? [{ reach: 'setup' } as const] : []),
    { reach: 'committed' },
    ...(choose.chance(0.4) ? [{ reach: 'none' } as const] : []),
    { wait: [20_000, 60_000] },
  ],
  faults: (choose) => {
    const steps = choose.pick([
      COMMIT_STEPS,
      COMMIT_STEPS,
      SETUP_STEPS,
      WAY_BACK_STEPS,
      [...RESERVATION_STEPS, ...RECOVERY_STEPS],
      CLEANUP_STEPS,
    ]);
    const at: Trigger = choose.chance(0.65)
      ? { step: choose.pick(steps), position: choose.pick(['before', 'after'] as const) }
      : {
          state: choose.pick(['setup', 'syncing', 'source-selected', 'target-selected', 'committed'] as const),
          ticks: [0, 4_000],
        };
    const faults: FaultPlan[] = [{ kind: 'pause', node: 'step' in at ? 'stepping' : 'host', at, ticks: STALL }];
    if (choose.chance(0.4)) faults.push({ kind: 'pause', node: 'host', at: { ticks: [10_000, 90_000] }, ticks: STALL });
    if (choose.chance(0.3))
      faults.push({
        kind: 'network',
        effect: 'partition',
        node: 'host',
        way: choose.pick(['from', 'both'] as const),
        at: { ticks: [5_000, 60_000] },
        lasting: [25_000, 80_000],
      });
    if (choose.chance(0.4)) {
      // Reads are on the target when the sleeper loses the disk, and its successor does not find the target at once: the sleeper must not be served there.
      const at = { state: 'target-selected', ticks: [0, 4_000] } as const;
      faults.push({ kind: 'pause', node: 'host', at, ticks: [24_000, 60_000] });
      const step = { step: 'recovery.target.preempt' } as const;
      faults.push({
        kind: 'device',
        device: 'stepping',
        operation: 'any',
        effect: 'gone',
        at: step,
        lasting: [2_000, 30_000],
      });
    }
    // What the sleeper had sent to the shared record comes when another has it.
    if (choose.chance(0.4))
      faults.push({
        kind: 'device',
        device: 'shared',
        operation: choose.pick(['write', 'flush', 'reserve'] as const),
        effect: 'slow',
        share: choose.pick([0.2, 0.5]),
      });
    return faults;
  },
  safetyTicksMax: 3_000_000,
  ends: ['committed', 'none'],
  drivesTo: 'committed',
} satisfies Scenario;
