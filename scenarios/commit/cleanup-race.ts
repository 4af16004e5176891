/** Owns the end of a migration against everything that can come in between: failovers, joins, crashes, clones that come late, the next setup. */

import type { Choose, FaultPlan, OperatorStep, Scenario } from '../scenario.js';
import { CLEANUP_STEPS, RECOVERY_STEPS, SETUP_STEPS } from '../steps.js';
import { writeHeavy } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

/** A node that was away when the migration ended follows it when the disk comes online there; something happens to it just then. */
function troubleOfFollowing(choose: Choose): FaultPlan {
  const step = choose.pick(['recovery.local-record.write', 'recovery.local-record.flush'] as const);
  switch (choose.integer(3)) {
    case 0:
      return { kind: 'pause', node: 'stepping', at: { step }, ticks: [500, 60_000] };
    case 1:
      return { kind: 'device', device: 'stepping', operation: 'any', effect: 'error', at: { step }, times: 2 };
    default:
      return { kind: 'crash', node: 'stepping', at: { step }, restart: [500, 20_000], power: choose.chance(0.5) };
  }
}

export default {
  name: 'cleanup-race',
  title: 'Cleanup races with failovers, nodes that join, clones that come late, and a setup right after it.',
  world: (choose) => ({
    ...clusterOrStandalone(choose, 0.75),
    naming: choose.pick(['remap', 'change']),
    disks: choose.chance(0.2) ? 2 : 1,
    blocks: 32,
    regionBlocks: 2,
    targetUsed: choose.chance(0.3),
  }),
  workload: { ...writeHeavy, depth: 4 },
  operator: (choose) => {
    const steps: OperatorStep[] = [];
    // Given up and begun again at once, as often as not while clones of the last time are still on their way.
    for (let rounds = choose.integer(3); rounds > 0; rounds -= 1) {
      steps.push(
        { reach: choose.pick(['setup', 'syncing', 'source-selected']) },
        { wait: [0, 1_500] },
        { command: 'abort' },
        { reach: 'none' },
        { wait: [0, 200] },
      );
      if (choose.chance(0.3)) steps.push({ move: true });
    }
    steps.push({ reach: 'committed' }, { wait: [0, 1_000] });
    if (choose.chance(0.3)) steps.push({ move: true });
    steps.push({ command: 'cleanup' }, { command: 'setup' }, { reach: 'none' });
    if (choose.chance(0.5)) steps.push({ command: 'setup' }, { move: true });
    return [...steps, { wait: [500, 3_000] }];
  },
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    if (choose.chance(0.5)) {
      // Clones are late, in good part beyond the end of the migration they belong to.
      faults.push({
        kind: 'device',
        device: 'target',
        operation: 'write',
        effect: 'slow',
        share: 0.2,
        at: { state: choose.pick(['syncing', 'source-selected'] as const), ticks: [0, 1_000] },
        lasting: [1_000, 20_000],
      });
    }
    for (let crashes = choose.integer(4); crashes > 0; crashes -= 1) {
      const steps = choose.pick([CLEANUP_STEPS, CLEANUP_STEPS, RECOVERY_STEPS, SETUP_STEPS]);
      const at = { step: choose.pick(steps), occurrence: choose.between(1, 2) };
      faults.push({ kind: 'crash', node: 'stepping', at, restart: [500, 40_000], power: choose.chance(0.4) });
    }
    if (choose.chance(0.4)) {
      // Away while the others finish; back in the middle of cleanup, or when all is over.
      const state = choose.pick(['target-selected', 'source-selected', 'committed'] as const);
      const at = { state, ticks: [0, 3_000] as const };
      faults.push({ kind: 'crash', node: 'standby', at, restart: [3_000, 150_000] });
    }
    if (choose.chance(0.3)) {
      const at = { step: choose.pick(CLEANUP_STEPS), position: choose.pick(['before', 'after'] as const) };
      faults.push({ kind: 'pause', node: choose.pick(['stepping', 'standby'] as const), at, ticks: [1_000, 60_000] });
    }
    if (choose.chance(0.2)) {
      const at = { step: choose.pick(CLEANUP_STEPS) };
      const effect = choose.pick(['error', 'lost', 'stuck'] as const);
      faults.push({ kind: 'device', device: 'stepping', operation: 'any', effect, at, times: choose.between(1, 4) });
    }
    faults.push(troubleOfFollowing(choose));
    return faults;
  },
  safetyTicksMax: 4_000_000,
  ends: ['none'],
  drivesTo: 'none',
} satisfies Scenario;
