/**
 * Measures events per second of `steady-copy`, inline, as a campaign runs it: oracles, lineage, digest and coverage on. The yardstick is a bare
 * heap-queue loop in the same run (`baseline/bare-queue.ts`); the bound is one eighth of it. Processor time is what counts, as machines are shared.
 */

import * as engine from '../engine/index.js';
import { createInlinePlacement } from '../sim/nodes/placement/inline-placement.js';
import { NODES_SHAPE } from '../sim/world/configuration.js';
import { World } from '../sim/world/world.js';
import { runBareQueue } from './baseline/bare-queue.js';
import { prepareSteadyCopy } from './steady-copy.js';

const BARE_EVENTS = 2_000_000;
const BARE_PENDING = 1_000;
const WARM_UP_RUNS = 500;
const ROUNDS = 5;
const RUNS_PER_ROUND = 100;
const SHARE_WANTED = 1 / 8;

const world = new World(createInlinePlacement({ engine, ...NODES_SHAPE }), engine.vocabulary);
let seed = 0;

/** @returns how many events the runs took. */
function run(runsCount: number): number {
  let eventsCount = 0;
  for (let runs = 0; runs < runsCount; runs += 1) {
    seed += 1;
    eventsCount += prepareSteadyCopy(world, seed)().events;
  }
  return eventsCount;
}

/** @returns events per second of processor time, that of the compiler and the collector beside it included. */
function perSecond(work: () => number): number {
  const began = process.cpuUsage();
  const eventsCount = work();
  const { user, system } = process.cpuUsage(began);
  return (eventsCount * 1e6) / (user + system);
}

function bare(kind: 'swaps' | 'moves'): number {
  runBareQueue(kind, BARE_EVENTS, BARE_PENDING);
  return BARE_EVENTS;
}

const middle = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;
const inThousands = (value: number): string => `${Math.round(value / 1e3)} k/s`.padStart(9);
const share = (ratio: number): string => `1/${(1 / ratio).toFixed(1)}`;

run(WARM_UP_RUNS);
bare('swaps');
bare('moves');
const ofSwaps: number[] = [];
const ofMoves: number[] = [];
for (let round = 1; round <= ROUNDS; round += 1) {
  const swaps = perSecond(() => bare('swaps'));
  const moves = perSecond(() => bare('moves'));
  const events = perSecond(() => run(RUNS_PER_ROUND));
  ofSwaps.push(events / swaps);
  ofMoves.push(events / moves);
  const yardsticks = `bare queue ${inThousands(swaps)} (swaps) ${inThousands(moves)} (moves)`;
  process.stdout.write(`round ${round}: ${yardsticks}, steady-copy ${inThousands(events)}\n`);
}
const verdict = middle(ofSwaps) >= SHARE_WANTED ? 'within' : 'beyond';
process.stdout.write(
  `middle: ${share(middle(ofSwaps))} of the bare queue that swaps, ${verdict} the bound of ${share(SHARE_WANTED)}; ${share(middle(ofMoves))} of the one that moves\n`,
);
