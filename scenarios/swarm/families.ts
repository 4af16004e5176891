/**
 * Owns the families of faults a swarm run draws from: for each, some faults of its kind, anywhere, at any time, at any rate. A family that a
 * run leaves out draws nothing.
 */

import type { DeviceFaultPlan, DeviceRole, FaultPlan, Ticks, Trigger } from '../fault.js';
import type { Choose } from '../scenario.js';

export type Family = (choose: Choose) => FaultPlan;

const STATES = ['none', 'setup', 'syncing', 'source-selected', 'target-selected', 'committed'] as const;
const DATA: readonly DeviceRole[] = ['source', 'target'];
const METADATA: readonly DeviceRole[] = ['shared', 'local', 'acknowledgement'];
const NODES = ['host', 'host', 'standby'] as const;
/** What any device does now and then, and what only one with data does. */
const RARELY = [
  { operation: 'read', effect: 'latent' },
  { operation: 'any', effect: 'gone' },
] as const;
const RARELY_WITH_DATA = [
  ...RARELY,
  { operation: 'write', effect: 'full' },
  { operation: 'extent', effect: 'error' },
  { operation: 'reserve', effect: 'error' },
] as const;

/** At any moment: by the clock, by the state of the migration, or at a step. */
function anyTrigger(choose: Choose): Trigger {
  switch (choose.integer(3)) {
    case 0:
      return { ticks: [500, 80_000] };
    case 1:
      return { state: choose.pick(STATES), ticks: [0, 8_000] };
    default:
      return { step: 'any', occurrence: choose.between(1, 40) };
  }
}

const anyLasting = (choose: Choose): Ticks =>
  choose.pick([
    [300, 2_000],
    [2_000, 12_000],
    [12_000, 50_000],
  ] as const);

const crash: Family = (choose) => ({
  kind: 'crash',
  node: choose.pick(['host', 'standby', 'stepping'] as const),
  at: anyTrigger(choose),
  restart: choose.pick([
    [200, 2_000],
    [2_000, 40_000],
  ] as const),
});

const power: Family = (choose) => ({
  kind: 'crash',
  node: 'host',
  power: true,
  at: anyTrigger(choose),
  restart: [500, 20_000],
});

const pause: Family = (choose) => ({
  kind: 'pause',
  node: choose.pick(NODES),
  at: anyTrigger(choose),
  ticks: anyLasting(choose),
});

function deviceFault(
  choose: Choose,
  devices: readonly DeviceRole[],
  rarely: readonly Pick<DeviceFaultPlan, 'operation' | 'effect'>[],
): FaultPlan {
  const { operation, effect } = choose.chance(0.8)
    ? {
        operation: choose.pick(['read', 'write', 'write', 'flush'] as const),
        effect: choose.pick(['error', 'error', 'slow', 'late', 'stuck', 'lost'] as const),
      }
    : choose.pick(rarely);
  return {
    kind: 'device',
    device: choose.pick(devices),
    operation,
    effect,
    at: anyTrigger(choose),
    lasting: anyLasting(choose),
    ...(choose.chance(0.5) ? { nth: choose.between(1, 20) } : { share: choose.pick([0.02, 0.1, 0.4]) }),
  };
}

const data: Family = (choose) => deviceFault(choose, DATA, RARELY_WITH_DATA);
const metadata: Family = (choose) => deviceFault(choose, METADATA, RARELY);

const devicePower: Family = (choose) => ({
  kind: 'devicePower',
  devices: choose.pick([
    ['source'],
    ['target'],
    ['source', 'target'],
    ['shared'],
    ['local'],
    ['acknowledgement'],
  ] as const),
  at: anyTrigger(choose),
});

const reservation: Family = (choose) => ({
  kind: 'reservation',
  device: choose.pick(['source', 'target', 'shared'] as const),
  at: anyTrigger(choose),
});

/** A target has room for three of these (`GROWTH_BLOCKS_MAX`). */
const growth: Family = (choose) => ({ kind: 'grow', blocks: choose.between(1, 2), at: anyTrigger(choose) });

/** A path itself, or one device towards it alone. */
const path: Family = (choose) =>
  choose.chance(0.3)
    ? {
        kind: 'device',
        device: choose.pick([...DATA, ...METADATA]),
        path: choose.integer(PATHS_MAX),
        operation: choose.pick(['any', 'read', 'write', 'flush'] as const),
        effect: choose.pick(['error', 'slow', 'stuck'] as const),
        at: anyTrigger(choose),
        lasting: anyLasting(choose),
        share: choose.pick([0.1, 0.4, 1]),
      }
    : {
        kind: 'path',
        effect: choose.pick(['loss', 'flap', 'zombie', 'reorder'] as const),
        node: choose.pick(NODES),
        at: anyTrigger(choose),
        lasting: anyLasting(choose),
      };

const network: Family = (choose) => ({
  kind: 'network',
  effect: choose.pick(['delay', 'loss', 'duplicate', 'reorder', 'partition'] as const),
  node: choose.pick(NODES),
  way: choose.pick(['from', 'to', 'both'] as const),
  share: choose.pick([0.1, 0.5, 1]),
  at: anyTrigger(choose),
  lasting: anyLasting(choose),
});

const clock: Family = (choose) => {
  const effect = choose.pick(['jump', 'skew', 'drift'] as const);
  return {
    kind: 'clock',
    effect,
    node: choose.pick(NODES),
    ...(effect === 'drift' ? { rate: [500, 2_000] } : { ticks: [-20_000, 20_000] }),
    at: anyTrigger(choose),
    lasting: anyLasting(choose),
  };
};

/** A network that no node is on, or a path where there is one, is hit without effect. */
export const FAMILIES: readonly Family[] = [
  crash,
  power,
  pause,
  data,
  metadata,
  devicePower,
  reservation,
  growth,
  path,
  network,
  clock,
];

export const PATHS_MAX = 3;
/** Faults that a run draws from each of its families. */
export const FAULTS_MAX = 3;
/** By how much a source grows in one run. */
export const GROWTH_BLOCKS_MAX = 2 * FAULTS_MAX;
