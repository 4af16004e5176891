/**
 * Owns media that lie: a device answers well and has done something else. No engine can survive that; what it must not be is silent. A run is good
 * when each lie that did harm was found, and laid at the medium's door.
 */

import type { MediaEffect, MediaFaultPlan } from '../fault.js';
import type { Choose, FaultPlan, OperatorStep, Scenario, WorldPlan } from '../scenario.js';
import { mixed } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

const EFFECTS: readonly MediaEffect[] = [
  'torn',
  'lost',
  'misdirected',
  'misdirected-read',
  'bit-rot',
  'stale-read',
  'lying-flush',
];
/** Lies that the engine can tell from what it is given: a map that is not whole, and another node's word for a node's own. */
function evident(choose: Choose): FaultPlan[] {
  const effect = choose.pick(['lost', 'lost', 'lost', 'torn'] as const);
  const at = { state: 'syncing', ticks: [0, 0] } as const;
  return [
    { kind: 'media', device: 'local', effect, at: { step: 'shutdown.region-map.write' } },
    { kind: 'media', device: 'acknowledgement', effect: 'misdirected-read', at, share: 0.5, times: 60 },
  ];
}

const STATES = ['setup', 'syncing', 'source-selected', 'target-selected', 'committed'] as const;

/** So that there is something on the map. */
const STOPPED_WHILE_COPYING: readonly OperatorStep[] = [
  { reach: 'syncing' },
  { command: 'throttle', argument: 1_500 },
  { wait: [500, 12_000] },
  { reboot: [500, 4_000] },
];

/** Each device with each lie of its own as often as any other; of data half the time. */
function lie(choose: Choose, { mode }: WorldPlan): MediaFaultPlan {
  const isData = choose.chance(0.5);
  const metadata =
    mode === 'cluster' ? (['shared', 'local', 'acknowledgement'] as const) : (['shared', 'local'] as const);
  const device = isData ? choose.pick(['source', 'target'] as const) : choose.pick(metadata);
  // What is read and written now and then only had better not be missed.
  const at = choose.chance(0.4)
    ? { state: choose.pick(STATES), ticks: [0, 3_000] as const }
    : { ticks: [0, isData ? 30_000 : 4_000] as const };
  const share = isData ? choose.pick([1, 1, 1, 0.3]) : 1;
  return { kind: 'media', device, effect: choose.pick(EFFECTS), at, share, times: choose.between(1, 3) };
}

export default {
  name: 'media-lies',
  title:
    'A medium answers well and has lost, torn, misplaced or not flushed what it was given; or returns something else.',
  class: 'must detect',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    // A third node, and one that does not see the target for a while, are what others' words could stand for.
    ...(choose.chance(0.4)
      ? ({ mode: 'cluster', nodes: 3, targetMappedLater: [1, choose.between(30_000, 90_000)] } as const)
      : {}),
    blocks: 32,
    regionBlocks: 2,
    targetUsed: choose.chance(0.3),
    metadataTears: choose.chance(0.5),
  }),
  workload: (choose) => ({ ...mixed, depth: choose.between(1, 4), nativeShare: 0, hotShare: 0.6 }),
  operator: (choose) => [
    ...(choose.chance(0.7) ? STOPPED_WHILE_COPYING : []),
    { reach: choose.pick(['source-selected', 'target-selected']) },
    { wait: [500, 4_000] },
    ...(choose.chance(0.3) ? [{ reboot: [500, 4_000] } as const] : []),
    { reach: 'committed' },
    { wait: [500, 4_000] },
  ],
  faults: (choose, world) => {
    if ((world.mode === 'standalone' || world.nodes > 2) && choose.chance(0.45)) return evident(choose);
    const faults: FaultPlan[] = [];
    for (let lies = choose.between(1, 4); lies > 0; lies -= 1) faults.push(lie(choose, world));
    if (choose.chance(0.25)) {
      // What was not flushed shows when power is lost.
      const state = choose.pick(STATES);
      const device = choose.pick(['source', 'source', 'target', 'target', 'shared', 'local'] as const);
      const at = { state, ticks: [0, 1_000] as const };
      faults.push({ kind: 'media', device, effect: 'lying-flush', at, times: choose.between(1, 40) });
      const later = { state, ticks: [1_500, 6_000] as const };
      faults.push({ kind: 'crash', node: 'host', at: later, restart: [500, 8_000], power: true });
    } else if (choose.chance(0.6)) {
      const at = { state: choose.pick(STATES), ticks: [200, 5_000] as const };
      faults.push({ kind: 'crash', node: 'host', at, restart: [500, 8_000], power: choose.chance(0.7) });
    }
    return faults;
  },
  safetyTicksMax: 2_000_000,
  ends: ['committed', 'setup', 'none', 'syncing', 'source-selected', 'target-selected'],
  drivesTo: 'committed',
} satisfies Scenario;
