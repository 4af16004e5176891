/**
 * Owns power losses of devices apart from their nodes: what a cache lost is copied again from the side that still has it, and never read. Leaves out
 * the way back of what the source lost while the target was read (`way-back.ts`).
 */

import type { Choose, DeviceRole, FaultPlan, OperatorStep, Scenario, Trigger } from '../scenario.js';
import { COMMIT_STEPS, SETUP_STEPS, SHUTDOWN_STEPS, WAY_BACK_STEPS } from '../steps.js';
import { powerLoss } from '../trouble.js';
import { careless, flushing, mixed, mostlyReads, writeHeavy } from '../workloads.js';
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
const SIDES = ['source', 'source', 'target'] as const;
const CLONED = ['syncing', 'source-selected', 'source-selected'] as const;
const STATES = ['setup', 'syncing', 'source-selected', 'target-selected', 'target-selected', 'committed'] as const;
const STEPS = [...SETUP_STEPS, ...WAY_BACK_STEPS, ...COMMIT_STEPS, ...SHUTDOWN_STEPS];
const RECORD_FLUSHES = STEPS.filter((step) => step.endsWith('.flush') && !/source|target/.test(step));

export default {
  name: 'cache-power-loss',
  title:
    'Devices lose power apart from their nodes, one at a time or together, in every state, around commit and between a record and its flush.',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    naming: choose.pick(['remap', 'change']),
    // What little was lost is soon copied again.
    blocks: choose.pick([12, 48, 48]),
    sectorsShort: choose.integer(8),
    regionBlocks: 2,
    targetUsed: choose.chance(0.5),
  }),
  workload: (choose) => choose.pick([flushing, flushing, careless, careless, mixed, writeHeavy, mostlyReads]),
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

/** What the target lost is copied again while it is being flushed: of the copies that flush knows nothing. */
const lostAtFlush = (): FaultPlan[] => [
  powerLoss(['target'], { step: 'sync.target.flush', position: 'before' }),
  { kind: 'device', device: 'target', operation: 'flush', effect: 'late' },
];

/** The target is all that is read, and most of what it holds was never flushed. */
const targetReadAlone = (): FaultPlan[] => [powerLoss(['target'], { state: 'target-selected', ticks: [0, 3_000] })];

/** A record was written, and its device loses it before the flush that is on its way. */
const recordAlone = (choose: Choose): FaultPlan[] =>
  Array.from({ length: 3 }, () =>
    powerLoss(['shared', 'local', 'acknowledgement'], {
      step: choose.pick(RECORD_FLUSHES),
      position: 'before',
      occurrence: choose.pick([1, 1, 2]),
    }),
  );

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
  // The target, just as it is to be all there is.
  (choose) => [
    powerLoss(['target'], {
      step: choose.pick(['sync.target.flush', 'commit.target.flush', 'commit.target.flush'] as const),
    }),
  ],
  lostAtFlush,
  lostAtFlush,
  // What is on its way to the target when that loses power is answered from what it had before.
  targetReadAlone,
  targetReadAlone,
  recordAlone,
  recordAlone,
];

/** Much is written between a flush and its answer, and not covered by it. */
const lateFlushes = (choose: Choose, device: DeviceRole): FaultPlan[] =>
  choose.chance(0.5) ? [] : [{ kind: 'device', device, operation: 'flush', effect: 'late', share: 0.7 }];

const whileCloned = (choose: Choose, state: (typeof CLONED)[number]): Trigger => ({
  state,
  ticks: [0, 3_000],
  occurrence: choose.between(1, 2),
});

function moment(choose: Choose): Trigger {
  return choose.chance(0.7)
    ? { state: choose.pick(STATES), ticks: [0, 4_000], occurrence: choose.between(1, 2) }
    : { step: choose.pick(STEPS), occurrence: choose.between(1, 2) };
}
