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
import { bareQueueEventsPerSecond } from './baseline/bare-queue.js';

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

/** @returns events per second of this process's processor time. */
function perSecond(work: () => number): number {
  const before = process.cpuUsage();
  const eventsCount = work();
  return (eventsCount * 1e6) / process.cpuUsage(before).user;
}

function bare(): number {
  bareQueueEventsPerSecond(BARE_EVENTS, BARE_PENDING);
  return BARE_EVENTS;
}

const middle = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;
const inThousands = (value: number): string => `${Math.round(value / 1e3)} k/s`.padStart(10);

run(WARM_UP_RUNS);
bare();
const shares: number[] = [];
for (let round = 1; round <= ROUNDS; round += 1) {
  const yardstick = perSecond(bare);
  const events = perSecond(() => run(RUNS_PER_ROUND));
  shares.push(events / yardstick);
  const ratio = (yardstick / events).toFixed(1);
  process.stdout.write(
    `round ${round}: bare queue ${inThousands(yardstick)}, steady-copy ${inThousands(events)}, 1/${ratio}\n`,
  );
}
const share = middle(shares);
const verdict = share >= SHARE_WANTED ? 'within' : 'beyond';
process.stdout.write(
  `middle: 1/${(1 / share).toFixed(1)} of the bare queue, ${verdict} the bound of 1/${1 / SHARE_WANTED}\n`,
);
