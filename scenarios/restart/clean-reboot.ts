/** Owns clean shutdown and startup of a standalone node in each write-cloning state: the migration goes on where it was. */

import type { FaultPlan, OperatorStep, Scenario } from '../scenario.js';
import { RESUME_STEPS } from '../steps.js';
import { mixed } from '../workloads.js';

export default {
  name: 'clean-reboot',
  title: 'The node is shut down cleanly and started again while syncing, source-selected and target-selected.',
  world: (choose) => ({
    mode: 'standalone',
    nodes: 1,
    naming: choose.pick(['remap', 'change']),
    blocks: 64,
    sectorsShort: choose.integer(8),
    regionBlocks: 2,
    targetUsed: choose.chance(0.5),
  }),
  workload: mixed,
  operator: (choose) => {
    const steps: OperatorStep[] = [{ reach: 'syncing' }];
    if (choose.chance(0.6)) steps.push({ command: 'throttle', argument: choose.between(200, 1_500) });
    steps.push({ waitCopied: choose.pick([0, 0.3, 0.7]) }, { reboot: [500, 5_000] });
    if (choose.chance(0.7)) steps.push({ reach: 'source-selected' }, { wait: [0, 2_000] }, { reboot: [500, 5_000] });
    if (choose.chance(0.7)) steps.push({ reach: 'target-selected' }, { wait: [0, 2_000] }, { reboot: [500, 5_000] });
    return [...steps, { reach: 'committed' }, { reboot: [500, 5_000] }, { wait: [1_000, 3_000] }];
  },
  faults: (choose) => {
    // A target that fails its flush at shutdown is recorded before the error flag is cleared, and forces setup after the start.
    const target: FaultPlan = {
      kind: 'device',
      device: 'target',
      operation: 'flush',
      effect: 'error',
      share: 1,
      at: { state: 'source-selected', ticks: [0, 2_000] },
      lasting: [2_000, 10_000],
    };
    // After a clean stop a crash must be caught by the error flag that the start has armed again.
    const crash: FaultPlan = {
      kind: 'crash',
      node: 'host',
      at: { step: choose.pick(RESUME_STEPS), occurrence: choose.between(1, 2) },
      restart: [500, 5_000],
      power: choose.chance(0.5),
    };
    return [...(choose.chance(0.2) ? [target] : []), ...(choose.chance(0.3) ? [crash] : [])];
  },
  safetyTicksMax: 2_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;
