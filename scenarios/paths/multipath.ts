/**
 * Owns paths that fail: lost, flapping, longer than the others, or holding writes that land late, in every state and at every step of a commit,
 * under an application that writes the same blocks again and again.
 */

import type { Choose, FaultPlan, Scenario } from '../scenario.js';
import { drawSituations, SITUATIONS } from '../situations.js';
import { COMMIT_STEPS } from '../steps.js';
import { pathLossAt } from '../trouble.js';
import { writeHeavy } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

const EFFECTS = ['zombie', 'zombie', 'loss', 'flap'] as const;
const PATH_NONE = -1;
const STATES = ['none', 'setup', 'syncing', 'syncing', 'source-selected', 'target-selected', 'committed'] as const;

/** At the host mostly: it has the most to lose. */
function pathFault(choose: Choose): FaultPlan {
  const device = choose.pick([undefined, 'source', 'source', 'target', 'target', 'shared', 'local'] as const);
  const at = choose.chance(0.3)
    ? { step: choose.pick(COMMIT_STEPS) }
    : { state: choose.pick(STATES), ticks: [0, 4_000] as const };
  return {
    kind: 'path',
    effect: choose.pick(EFFECTS),
    ...(choose.chance(0.8) ? { node: 'host' } : {}),
    ...(device === undefined ? {} : { device }),
    at,
    lasting: choose.pick([
      [300, 3_000],
      [3_000, 40_000],
    ] as const),
  };
}

/** A device that is well by all paths but one. */
function faultByPath(choose: Choose, paths: number): FaultPlan {
  return {
    kind: 'device',
    device: choose.pick(['source', 'source', 'target', 'target', 'shared', 'local'] as const),
    from: 'host',
    path: choose.integer(paths),
    operation: choose.pick(['any', 'any', 'read', 'write', 'flush'] as const),
    effect: choose.pick(['error', 'slow', 'stuck'] as const),
    share: choose.pick([0.3, 1]),
    at: { state: choose.pick(STATES), ticks: [0, 4_000] },
    lasting: [1_000, 20_000],
  };
}

/**
 * Several paths to one device at once, each for as long as it likes: all of them, so that what is on its way then can be aborted by none, or all but
 * one, so that an abort may go by a path that is lost as well, while the request could already go by the last.
 */
function severalPaths(choose: Choose): FaultPlan[] {
  const device = choose.pick(['source', 'source', 'target', 'target', 'target', 'shared', 'local'] as const);
  const tick = choose.between(0, 4_000);
  const at = { state: choose.pick(STATES), ticks: [tick, tick] as const };
  const spared = choose.pick([PATH_NONE, 0, 0]);
  const paths = [0, 1, 2, 3].filter((path) => path !== spared);
  return paths.map((path) => {
    const effect = choose.pick(['zombie', 'zombie', 'loss'] as const);
    return { kind: 'path', effect, node: 'host', device, path, at, lasting: [200, 12_000] };
  });
}

export default {
  name: 'multipath',
  title: 'Two to four paths to each device are lost, flap, reorder requests and let writes land late.',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    blocks: choose.pick([16, 32, 64]),
    regionBlocks: 2,
    paths: choose.pick([2, 3, 3, 4]),
    targetUsed: choose.chance(0.3),
  }),
  workload: {
    ...writeHeavy,
    blocksMax: 4,
    weights: { read: 0.15, write: 0.5, flush: 0.05, discard: 0.18, writeZeroes: 0.12 },
  },
  operator: (choose) => [
    { reach: choose.pick(['source-selected', 'target-selected']) },
    { wait: [500, 8_000] },
    ...(choose.chance(0.3) ? [choose.pick([{ move: true }, { reboot: [500, 4_000] }] as const)] : []),
    ...(choose.chance(0.3) ? [{ command: choose.pick(['selectSource', 'abort'] as const) } as const] : []),
    { reach: 'committed' },
    { wait: [2_000, 20_000] },
  ],
  faults: (choose, world) => {
    const faults: FaultPlan[] = [];
    for (let count = choose.between(1, 5); count > 0; count -= 1) faults.push(pathFault(choose));
    for (let times = choose.integer(4); times > 0; times -= 1) faults.push(...severalPaths(choose));
    if (choose.chance(0.4)) faults.push(faultByPath(choose, world.paths ?? 1));
    if (choose.chance(0.4)) {
      for (const { steps, plot } of drawSituations(choose, world, SITUATIONS, 1)) {
        faults.push(...(plot?.(choose) ?? []), ...steps.map((step) => pathLossAt(choose, step, choose.between(1, 2))));
      }
    }
    if (choose.chance(0.6)) {
      // One path longer than the others, all the time: whatever goes side by side arrives in another order.
      faults.push({ kind: 'path', effect: 'reorder', node: 'host', at: { ticks: [1_500, 3_000] } });
    }
    if (choose.chance(0.2)) {
      const at = { state: choose.pick(STATES), ticks: [0, 6_000] as const };
      faults.push({ kind: 'crash', node: 'host', at, restart: [500, 20_000] });
    }
    return faults;
  },
  safetyTicksMax: 3_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;
