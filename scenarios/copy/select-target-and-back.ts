/** Owns the rehearsal: reads go to the target, come back, go again; every direction with writes on their way. */

import type { FaultPlan, OperatorStep, Scenario } from '../scenario.js';
import { WAY_BACK_STEPS } from '../steps.js';
import { writeHeavy } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

export default {
  name: 'select-target-and-back',
  title:
    'Reads are moved to the target and back several times, then the migration is committed; sometimes the node crashes on the way back.',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    naming: choose.pick(['remap', 'change']),
    blocks: 64,
    regionBlocks: 2,
    targetExtraBlocks: choose.integer(4),
  }),
  workload: writeHeavy,
  operator: (choose) => {
    const steps: OperatorStep[] = [];
    for (let turn = choose.between(1, 3); turn > 0; turn -= 1) {
      steps.push(
        { reach: 'target-selected' },
        // Long enough, now and then, to see that nothing is left waiting.
        { wait: choose.chance(0.4) ? [12_000, 14_000] : [500, 4_000] },
        choose.chance(0.25) ? { command: 'abort' } : { reach: 'source-selected' },
        { wait: [0, 2_000] },
      );
    }
    if (choose.chance(0.4)) {
      steps.push({ reach: 'target-selected' }, { wait: [0, 2_000] }, { command: 'abort' }, { wait: [1_000, 3_000] });
    }
    if (choose.chance(0.5)) steps.push({ reach: 'target-selected' });
    steps.push({ reach: 'committed' }, { wait: [500, 2_000] });
    return steps;
  },
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    if (choose.chance(0.6)) {
      faults.push({
        kind: 'crash',
        node: 'stepping',
        at: { step: choose.pick([...WAY_BACK_STEPS, 'abort.source.flush', 'select-source.source.flush']) },
        restart: [500, 8_000],
        power: choose.chance(0.5),
      });
    }
    if (choose.chance(0.3)) {
      // The source cannot be flushed, just as it is to be all there is: there is no way back.
      faults.push({
        kind: 'device',
        device: 'stepping',
        operation: 'flush',
        effect: 'error',
        share: 1,
        at: { step: choose.pick(['abort.source.flush', 'abort.source.flush', 'select-source.source.flush'] as const) },
        lasting: [2_000, 6_000],
      });
    }
    if (choose.chance(0.5)) {
      // What is on its way when the side changes stays there for a while.
      faults.push({
        kind: 'device',
        device: choose.pick(['source', 'target']),
        operation: choose.pick(['read', 'write']),
        effect: 'slow',
        share: 0.2,
        at: { state: choose.pick(['source-selected', 'target-selected']), ticks: [0, 2_000] },
        lasting: [2_000, 10_000],
      });
    }
    if (choose.chance(0.4)) {
      // The source has not finished, or fails, what it was sent while reads came from the target, just as they are to come back.
      faults.push({
        kind: 'device',
        device: 'source',
        operation: 'write',
        effect: choose.pick(['slow', 'slow', 'error']),
        share: choose.pick([0.3, 1]),
        at: { state: 'target-selected', ticks: [0, 3_000], occurrence: choose.between(1, 3) },
        lasting: [1_000, 4_000],
      });
    }
    return faults;
  },
  safetyTicksMax: 3_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;
