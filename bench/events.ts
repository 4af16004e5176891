/**
 * Measures events per second of `steady-copy`, inline, as a campaign runs it: oracles, lineage, digest and coverage on. The yardstick is a bare
 * heap-queue loop in the same run (`baseline/bare-queue.ts`); the bound is one eighth of it. Processor time is what counts, as machines are shared.
 */

import * as engine from '../engine/index.js';
import * as codec from '../engine/records/codec.js';
import * as layout from '../engine/records/layout.js';
import { scenarios } from '../scenarios/registry.js';
import { createCoverage } from '../sim/coverage/create-coverage.js';
import { createInlinePlacement } from '../sim/nodes/placement/inline-placement.js';
import { createOracles } from '../sim/oracles/create-oracles.js';
import { History } from '../sim/oracles/history/history.js';
import { NODES_SHAPE } from '../sim/world/configuration.js';
import { runWorld } from '../sim/world/run-world.js';
import { World } from '../sim/world/world.js';
import { runBareQueue } from './baseline/bare-queue.js';

const BARE_EVENTS = 2_000_000;
const BARE_PENDING = 1_000;
const WARM_UP_RUNS = 500;
const ROUNDS = 5;
const RUNS_PER_ROUND = 100;
const SHARE_WANTED = 1 / 8;

const context = { codec, layout };
const scenario = scenarios.find(({ name }) => name === 'steady-copy')!;
const world = new World(createInlinePlacement({ engine, ...NODES_SHAPE }), engine.vocabulary);
let seed = 0;

/** @returns how many events the runs took. */
function run(runsCount: number): number {
  let eventsCount = 0;
  for (let runs = 0; runs < runsCount; runs += 1) {
    seed += 1;
    const history = new History(context);
    const coverage = createCoverage(context, history);
    const observers = [...createOracles(world.verdict.report, context, history), coverage.observer];
    const request = {
      scenario: scenario.name,
      seed,
      placement: 'inline',
      engineUrl: '',
      codecUrl: '',
      scenariosUrl: '',
    } as const;
    const result = runWorld(world, scenario, request, { observers, coverage: () => coverage.result() });
    if (result.outcome.kind !== 'passed')
      throw new Error(`seed ${seed} of ${scenario.name}: ${result.outcome.sentence}`);
    eventsCount += result.events;
  }
  return eventsCount;
}

/** @returns events per second. */
function perSecond(work: () => number): number {
  const began = process.hrtime.bigint();
  const eventsCount = work();
  return (eventsCount * 1e9) / Number(process.hrtime.bigint() - began);
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
