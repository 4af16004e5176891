/** Owns power losses of devices apart from their nodes: what a cache lost is brought back from the side that still has it, and never read. */

import type { Choose, DeviceRole, FaultPlan, OperatorStep, Scenario, Trigger, WorkloadPlan } from '../scenario.js';
import { COMMIT_STEPS, SETUP_STEPS, SHUTDOWN_STEPS, WAY_BACK_STEPS } from '../steps.js';
import { mostlyReads, writeHeavy } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

const DOMAINS: readonly (readonly DeviceRole[])[] = [
  ['source'],
  ['source'],
  ['target'],
  ['target'],
  ['shared'],
  ['local'],
  ['source', 'target'],
  ['source', 'target', 'shared', 'local', 'acknowledgement'],
];
/** Flushes often: the less is at risk anyway, the more it matters to know of the rest. */
const flushing: WorkloadPlan = { ...writeHeavy, weights: { ...writeHeavy.weights, flush: 0.2 } };
const STATES = ['setup', 'syncing', 'source-selected', 'target-selected', 'target-selected', 'committed'] as const;
const STEPS = [...SETUP_STEPS, ...WAY_BACK_STEPS, ...COMMIT_STEPS, ...SHUTDOWN_STEPS];

export default {
  name: 'cache-power-loss',
  title:
    'Devices lose power apart from their nodes, one at a time or together, in every state, around commit and on the way back.',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    naming: choose.pick(['remap', 'change']),
    blocks: 48,
    sectorsShort: choose.integer(8),
    regionBlocks: 2,
    targetUsed: choose.chance(0.5),
  }),
  workload: (choose) => (choose.chance(0.2) ? mostlyReads : flushing),
  operator: (choose) => {
    const steps: OperatorStep[] = [{ reach: 'syncing' }];
    // A copier that takes its time is slow on the way back as well.
    if (choose.chance(0.5)) steps.push({ command: 'throttle', argument: choose.between(200, 800) });
    for (let turn = choose.integer(3); turn > 0; turn -= 1) {
      steps.push({ reach: 'target-selected' }, { wait: [500, 4_000] });
      if (choose.chance(0.3)) steps.push({ reboot: [500, 3_000] });
      else if (choose.chance(0.4)) steps.push({ command: 'abort' }, { wait: [500, 2_000] });
      else steps.push({ reach: 'source-selected' }, { wait: [0, 2_000] });
    }
    steps.push({ reach: choose.pick(['source-selected', 'target-selected']) }, { wait: [500, 3_000] });
    return [...steps, { reach: 'committed' }, { wait: [500, 3_000] }];
  },
  faults: (choose) => PLOTS[choose.integer(PLOTS.length)]!(choose),
  safetyTicksMax: 3_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;

/** What is lost, and what happens to the node or to the other side before it is brought back. */
const PLOTS: readonly ((choose: Choose) => FaultPlan[])[] = [
  (choose) => Array.from({ length: choose.between(1, 4) }, () => powerLoss(choose.pick(DOMAINS), moment(choose))),
  (choose) => [
    powerLoss(choose.pick(DOMAINS), moment(choose)),
    { kind: 'crash', node: 'host', at: moment(choose), restart: [500, 5_000], power: choose.chance(0.3) },
  ],
  // What the source lost is not back yet when the node stops.
  () => [
    powerLoss(['source'], inTargetSelected(0, 1_500)),
    { kind: 'crash', node: 'host', at: inTargetSelected(500, 4_000), restart: [500, 5_000] },
  ],
  // It is not back yet when the target, which alone holds it, fails too, or not all of it can be read there.
  (choose) => [
    powerLoss(['source'], inTargetSelected(0, 1_500)),
    {
      kind: 'device',
      device: 'target',
      operation: choose.pick(['read', 'write', 'flush', 'flush']),
      effect: 'error',
      share: choose.pick([0.3, 1]),
      at: inTargetSelected(500, 3_000),
      lasting: [1_000, 6_000],
    },
  ],
  // Both lose something, one after the other.
  () => [powerLoss(['source'], inTargetSelected(0, 2_000)), powerLoss(['target'], inTargetSelected(0, 3_000))],
];

const powerLoss = (devices: readonly DeviceRole[], at: Trigger): FaultPlan => ({
  kind: 'devicePower',
  devices,
  at,
});

const inTargetSelected = (from: number, to: number): Trigger => ({ state: 'target-selected', ticks: [from, to] });

function moment(choose: Choose): Trigger {
  return choose.chance(0.7)
    ? { state: choose.pick(STATES), ticks: [0, 4_000], occurrence: choose.between(1, 2) }
    : { step: choose.pick(STEPS), occurrence: choose.between(1, 2) };
}
