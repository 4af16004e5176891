/** Owns power losses of devices apart from their nodes: what a cache lost is brought back from the side that still has it, and never read. */

import type { Choose, DeviceRole, FaultPlan, OperatorStep, Scenario, Trigger, WorkloadPlan } from '../scenario.js';
import { COMMIT_STEPS, SETUP_STEPS, SHUTDOWN_STEPS, WAY_BACK_STEPS } from '../steps.js';
import { careless, mostlyReads, writeHeavy } from '../workloads.js';
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
const flushing: WorkloadPlan = {
  ...writeHeavy,
  depth: 8,
  thinkTicks: [10, 60],
  blocksMax: 2,
  hotShare: 0.2,
  weights: { ...writeHeavy.weights, flush: 0.2 },
};
const SIDES = ['source', 'source', 'target'] as const;
const CLONED = ['syncing', 'source-selected', 'source-selected'] as const;
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
  workload: (choose) => choose.pick([flushing, careless, careless, writeHeavy, writeHeavy, mostlyReads]),
  operator: (choose) => {
    const steps: OperatorStep[] = [{ reach: 'syncing' }];
    // A copier that takes its time is slow on the way back as well.
    if (choose.chance(0.5)) steps.push({ command: 'throttle', argument: choose.between(200, 800) });
    for (let turn = choose.pick([0, 0, 1, 2]); turn > 0; turn -= 1) {
      if (choose.chance(0.7)) steps.push({ reach: 'source-selected' }, { wait: [500, 4_000] });
      if (choose.chance(0.3)) steps.push({ command: 'abort' }, { wait: [0, 2_000] });
      steps.push({ reach: 'target-selected' }, { wait: [500, 6_000] });
      if (choose.chance(0.3)) steps.push({ reboot: [500, 3_000] });
      else if (choose.chance(0.4)) steps.push({ command: 'abort' }, { wait: [500, 2_000] });
      else steps.push({ reach: 'source-selected' }, { wait: [0, 4_000] });
    }
    const last = choose.pick(['source-selected', 'target-selected'] as const);
    steps.push({ reach: last }, { wait: choose.pick([[200, 2_000] as const, [500, 5_000] as const]) });
    return [...steps, { reach: 'committed' }, { wait: [500, 3_000] }];
  },
  faults: (choose) => choose.pick(PLOTS)(choose),
  safetyTicksMax: 3_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;

/** Once, or again and again, while both are written. */
function oneSideAlone(choose: Choose): FaultPlan[] {
  const side = choose.pick(SIDES);
  const count = choose.between(1, 4);
  const losses = Array.from({ length: count }, () => powerLoss([side], whileCloned(choose, choose.pick(CLONED))));
  return [...losses, ...lateFlushes(choose, side)];
}

/**
 * What the source lost is not back yet when the target, which alone holds it, fails too, or not all of it can be read there; now and then beside a
 * command.
 */
const targetFailsToo = (choose: Choose): FaultPlan[] => [
  ...Array.from({ length: choose.between(1, 6) }, () => powerLoss(['source'], inTargetSelected(0, 4_000))),
  {
    kind: 'device',
    device: 'target',
    operation: choose.pick(['read', 'write', 'write', 'write', 'flush']),
    effect: 'error',
    share: choose.pick([0.3, 1, 1]),
    at: inTargetSelected(0, 3_000),
    lasting: [1_500, 6_000],
  },
  LATE_COMMANDS,
  // Writes keep their ranges for long, and others wait for them.
  { kind: 'device', device: 'source', operation: 'write', effect: 'late', share: 0.6, at: inTargetSelected(0, 0) },
];

/** What is lost, and what happens to the node or to the other side before it is brought back. */
const PLOTS: readonly ((choose: Choose) => FaultPlan[])[] = [
  (choose) => Array.from({ length: choose.between(1, 4) }, () => powerLoss(choose.pick(DOMAINS), moment(choose))),
  (choose) => [
    powerLoss(choose.pick(DOMAINS), moment(choose)),
    { kind: 'crash', node: 'host', at: moment(choose), restart: [500, 5_000], power: choose.chance(0.3) },
  ],
  oneSideAlone,
  oneSideAlone,
  oneSideAlone,
  (choose) => [
    ...Array.from({ length: choose.between(6, 16) }, () => powerLoss(['source'], inTargetSelected(0, 8_000))),
    ...lateFlushes(choose, 'source'),
  ],
  // The target, just as it is to be all there is.
  (choose) => [
    powerLoss(['target'], {
      step: choose.pick(['sync.target.flush', 'commit.target.flush', 'commit.target.flush'] as const),
    }),
  ],
  // What the target lost is copied again while it is flushed.
  () => [
    powerLoss(['target'], { step: 'sync.target.flush' }),
    { kind: 'device', device: 'target', operation: 'flush', effect: 'late', share: 0.8 },
  ],
  // What the source lost is not back yet when the node stops.
  () => [
    powerLoss(['source'], inTargetSelected(0, 1_500)),
    { kind: 'crash', node: 'host', at: inTargetSelected(500, 4_000), restart: [500, 5_000] },
  ],
  targetFailsToo,
  targetFailsToo,
  // Both lose something, one after the other.
  () => [
    powerLoss(['source'], inTargetSelected(0, 2_000)),
    powerLoss(['target'], inTargetSelected(0, 3_000)),
    LATE_COMMANDS,
  ],
];

const powerLoss = (devices: readonly DeviceRole[], at: Trigger): FaultPlan => ({
  kind: 'devicePower',
  devices,
  at,
});

/** Much is written between a flush and its answer, and not covered by it. */
const lateFlushes = (choose: Choose, device: DeviceRole): FaultPlan[] =>
  choose.chance(0.5) ? [] : [{ kind: 'device', device, operation: 'flush', effect: 'late', share: 0.7 }];

/** What a command has to read before it can hold anything takes its time. */
const LATE_COMMANDS: FaultPlan = { kind: 'device', device: 'acknowledgement', operation: 'read', effect: 'late' };

const whileCloned = (choose: Choose, state: (typeof CLONED)[number]): Trigger => ({
  state,
  ticks: [0, 3_000],
  occurrence: choose.between(1, 2),
});

const inTargetSelected = (from: number, to: number): Trigger => ({ state: 'target-selected', ticks: [from, to] });

function moment(choose: Choose): Trigger {
  return choose.chance(0.7)
    ? { state: choose.pick(STATES), ticks: [0, 4_000], occurrence: choose.between(1, 2) }
    : { step: choose.pick(STEPS), occurrence: choose.between(1, 2) };
}
