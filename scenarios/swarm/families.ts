/**
 * Owns the families of faults a swarm run draws from: for each, some faults of its kind, anywhere, at any time, at any rate. A family that a
 * run leaves out draws nothing.
 */

import type { DeviceRole, FaultPlan, Ticks, Trigger } from '../fault.js';
import type { Choose } from '../scenario.js';

export type Family = (choose: Choose) => FaultPlan;

const STATES = ['none', 'setup', 'syncing', 'source-selected', 'target-selected', 'committed'] as const;
const DATA: readonly DeviceRole[] = ['source', 'target'];
const METADATA: readonly DeviceRole[] = ['shared', 'local', 'acknowledgement'];
const NODES = ['host', 'host', 'standby'] as const;

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

function deviceFault(choose: Choose, devices: readonly DeviceRole[]): FaultPlan {
  const operation = choose.pick(['read', 'write', 'write', 'flush'] as const);
  const effect = choose.pick(['error', 'error', 'slow', 'stuck', 'lost'] as const);
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

const data: Family = (choose) => deviceFault(choose, DATA);
const metadata: Family = (choose) => deviceFault(choose, METADATA);

const path: Family = (choose) => ({
  kind: 'path',
  effect: choose.pick(['loss', 'flap', 'zombie', 'reorder'] as const),
  node: choose.pick(NODES),
  at: anyTrigger(choose),
  lasting: anyLasting(choose),
});

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
export const FAMILIES: readonly Family[] = [crash, power, pause, data, metadata, path, network, clock];
