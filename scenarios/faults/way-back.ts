/**
 * Owns the way back: in target-selected the source loses power, and what it lost the target alone holds. It is brought back, target → source, before
 * any flush is answered and before the source is read; whatever else fails meanwhile, and whoever commands something else.
 */

import type { Choose, FaultPlan, OperatorStep, Scenario, Trigger, WorkloadPlan } from '../scenario.js';
import { WAY_BACK_STEPS } from '../steps.js';
import { crashAt, pathLossAt, powerLoss } from '../trouble.js';
import { careless, flushing, writeHeavy } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

/** Much is lost, since little was flushed, and much of that is wanted at once. */
const restless: WorkloadPlan = {
  ...careless,
  depth: 8,
  thinkTicks: [10, 80],
  weights: { ...careless.weights, read: 0.4 },
};

export default {
  name: 'way-back',
  title: 'The source loses power while the target is read: what it lost is brought back, whatever fails meanwhile.',
  world: (choose) => ({
    ...clusterOrStandalone(choose, 0.7),
    naming: choose.pick(['remap', 'change']),
    blocks: 48,
    sectorsShort: choose.integer(8),
    regionBlocks: 2,
    targetUsed: choose.chance(0.5),
  }),
  workload: (choose) => choose.pick([careless, restless, restless, flushing, flushing, writeHeavy]),
  operator: (choose) => {
    const steps: OperatorStep[] = [{ reach: 'syncing' }];
    // A copier that takes its time is slow on the way back as well.
    if (choose.chance(0.5)) steps.push({ command: 'throttle', argument: choose.between(200, 800) });
    for (let turn = choose.between(1, 2); turn > 0; turn -= 1) {
      steps.push({ reach: 'target-selected' }, { wait: choose.pick([[0, 1_500] as const, [500, 6_000] as const]) });
      steps.push(...choose.pick(WAYS)(choose));
    }
    return [...steps, { reach: 'committed' }, { wait: [500, 3_000] }];
  },
  faults: (choose) => choose.pick(PLOTS)(choose),
  safetyTicksMax: 3_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;

/** What ends the time in which the target is read; a commit may be refused, as the target has failed. */
const WAYS: readonly ((choose: Choose) => OperatorStep[])[] = [
  () => [{ reboot: [500, 3_000] }],
  () => [{ command: 'abort' }, { wait: [500, 2_000] }],
  () => [{ reach: 'source-selected' }, { wait: [0, 4_000] }],
  () => [{ command: 'commit' }],
  () => [{ command: 'commit' }],
];

const SOURCE_FLUSHES = [
  ...WAY_BACK_STEPS.filter((step) => step.endsWith('source.flush')),
  'shutdown.source.flush',
] as const;

const inTargetSelected = (from: number, to: number): Trigger => ({ state: 'target-selected', ticks: [from, to] });

const sourceLosses = (choose: Choose, most: number, to: number): FaultPlan[] =>
  Array.from({ length: choose.between(1, most) }, () => powerLoss(['source'], inTargetSelected(0, to)));

/** What a command has to read before it can hold anything takes its time. */
const lateCommands = (choose: Choose): FaultPlan => ({
  kind: 'device',
  device: 'acknowledgement',
  operation: 'read',
  effect: choose.pick(['late', 'slow'] as const),
  at: inTargetSelected(0, 0),
});

/** The target, which alone holds what the source lost, fails too, or not all of it can be read there; now and then beside a command. */
const targetFailsToo = (choose: Choose): FaultPlan[] => [
  ...sourceLosses(choose, 6, choose.pick([1_500, 4_000])),
  {
    kind: 'device',
    device: 'target',
    operation: choose.pick(['read', 'write', 'write', 'write', 'flush']),
    effect: 'error',
    share: choose.pick([0.3, 1, 1]),
    at: inTargetSelected(0, 3_000),
    lasting: [1_500, 6_000],
  },
  lateCommands(choose),
  ...(choose.chance(0.6) ? [choose.pick([crashAt, pathLossAt])(choose, 'error.source.flush', 1)] : []),
  // Writes keep their ranges for long, and others wait for them.
  { kind: 'device', device: 'source', operation: 'write', effect: 'late', share: 0.6, at: inTargetSelected(0, 0) },
];

/** Both lose something, one after the other. */
const bothLose = (choose: Choose): FaultPlan[] => [
  ...sourceLosses(choose, 2, 2_000),
  powerLoss(['target'], inTargetSelected(0, 3_000)),
  lateCommands(choose),
];

const PLOTS: readonly ((choose: Choose) => FaultPlan[])[] = [
  // Again and again; much is written between a flush and its answer, and not covered by it.
  (choose) => [
    ...Array.from({ length: choose.between(6, 16) }, () => powerLoss(['source'], inTargetSelected(0, 8_000))),
    { kind: 'device', device: 'source', operation: 'flush', effect: 'late', share: choose.pick([0, 0.7]) },
  ],
  // The node stops before it is back.
  (choose) => [
    ...sourceLosses(choose, 2, 1_500),
    choose.chance(0.5)
      ? { kind: 'crash', node: 'host', at: inTargetSelected(500, 4_000), restart: [500, 5_000] }
      : crashAt(choose, choose.pick(SOURCE_FLUSHES), 1),
  ],
  targetFailsToo,
  targetFailsToo,
  bothLose,
];
