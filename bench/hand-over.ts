/**
 * Measures turns per second of `steady-copy` worlds in the threads placement, in steady state: starts and stops of workers, and the first turn
 * of each, which waits for its worker to load, are left out. The yardstick is a bare hand-over between as many threads in the same run
 * (`baseline/bare-hand-over.ts`); the bound is one third of it. Wall time is what counts, since a thread that waits uses no processor.
 */

import { setImmediate } from 'node:timers/promises';
import * as engine from '../engine/index.js';
import type { Placement } from '../sim/nodes/placement/placement.js';
import { createThreadsPlacement } from '../sim/nodes/placement/threads-placement.js';
import { NODES_SHAPE } from '../sim/world/configuration.js';
import { World } from '../sim/world/world.js';
import { bareHandOversPerSecond } from './baseline/bare-hand-over.js';
import { prepareSteadyCopy } from './steady-copy.js';

const WARM_UP_RUNS = 10;
const ROUNDS = 5;
const RUNS_PER_ROUND = 12;
const BARE_TURNS = 100_000;
const SHARE_WANTED = 1 / 3;

const engineUrl = new URL('../engine/index.js', import.meta.url).href;

/** What is left out of a run, and what is counted in it. */
interface Clock {
  leftOutNanoseconds: bigint;
  turnsCount: number;
  startsCount: number;
}

/** The placement, with its starts, stops and first turns timed. */
function timed(placement: Placement, clock: Clock): Placement {
  const hasRun: boolean[] = [];
  const leaveOut = <T>(work: () => T): T => {
    const before = process.hrtime.bigint();
    const result = work();
    clock.leftOutNanoseconds += process.hrtime.bigint() - before;
    return result;
  };
  return {
    ...placement,
    start(node, configuration) {
      hasRun[node] = false;
      clock.startsCount += 1;
      leaveOut(() => placement.start(node, configuration));
    },
    turn(node) {
      if (hasRun[node] === true) {
        clock.turnsCount += 1;
        return placement.turn(node);
      }
      hasRun[node] = true;
      return leaveOut(() => placement.turn(node));
    },
    stop(node) {
      leaveOut(() => placement.stop(node));
    },
  };
}

const clock: Clock = { leftOutNanoseconds: 0n, turnsCount: 0, startsCount: 0 };
const placement = timed(createThreadsPlacement({ engineUrl, ...NODES_SHAPE }), clock);
const world = new World(placement, engine.vocabulary);
let seed = 0;

/** Runs worlds; @returns turns per second, and how many nodes a world had on average. */
async function run(runsCount: number): Promise<{ perSecond: number; nodesCount: number }> {
  clock.turnsCount = 0;
  clock.startsCount = 0;
  let nanoseconds = 0n;
  for (let runs = 0; runs < runsCount; runs += 1) {
    seed += 1;
    const runOnce = prepareSteadyCopy(world, seed);
    clock.leftOutNanoseconds = 0n;
    const before = process.hrtime.bigint();
    runOnce();
    nanoseconds += process.hrtime.bigint() - before - clock.leftOutNanoseconds;
    await setImmediate(); // Threads that were terminated are joined in the event loop only.
  }
  return { perSecond: (clock.turnsCount * 1e9) / Number(nanoseconds), nodesCount: clock.startsCount / runsCount };
}

const middle = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;
const inThousands = (value: number): string => `${(value / 1e3).toFixed(1)} k/s`.padStart(10);

await run(WARM_UP_RUNS);
const shares: number[] = [];
for (let round = 1; round <= ROUNDS; round += 1) {
  const { perSecond, nodesCount } = await run(RUNS_PER_ROUND);
  const yardstick = await bareHandOversPerSecond(BARE_TURNS, Math.round(nodesCount));
  shares.push(perSecond / yardstick);
  const ratio = (yardstick / perSecond).toFixed(1);
  process.stdout.write(
    `round ${round}: bare hand-over of ${Math.round(nodesCount)} threads ${inThousands(yardstick)}, steady-copy ${inThousands(perSecond)}, 1/${ratio}\n`,
  );
}
await placement.close();
const share = middle(shares);
const verdict = share >= SHARE_WANTED ? 'within' : 'beyond';
process.stdout.write(`middle: 1/${(1 / share).toFixed(1)} of the bare hand-over, ${verdict} the bound of 1/3\n`);
