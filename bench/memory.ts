/**
 * Measures what a long campaign keeps: the resident set of the whole process after a tenth of its runs and after all, spread over all scenarios,
 * on the Piscina campaign with two workers. Bounds: growth within 10 %, and below 250 MB. Then what one simulated disk of 1 TiB costs, a full
 * synchronisation included.
 */

import { scenarios } from '../scenarios/registry.js';
import type { Scenario } from '../scenarios/scenario.js';
import { openPool } from '../sim/campaign/pool.js';
import * as engine from '../engine/index.js';
import * as codec from '../engine/records/codec.js';
import * as layout from '../engine/records/layout.js';
import { createInlinePlacement } from '../sim/nodes/placement/inline-placement.js';
import { createOracles } from '../sim/oracles/create-oracles.js';
import { NODES_SHAPE } from '../sim/world/configuration.js';
import { runWorld } from '../sim/world/run-world.js';
import { World } from '../sim/world/world.js';

const RUNS_EARLY = 2_000;
const RUNS = 20_000;
const WORKERS = 2;
const WATCHDOG_MS = 30_000;
const GROWTH_MAX = 0.1;
const RESIDENT_BYTES_MAX = 250e6;

const url = (path: string): string => new URL(path, import.meta.url).href;
const modules = {
  runSeedUrl: url('../sim/world/run-seed.js'),
  engineUrl: url('../engine/index.js'),
  codecUrl: url('../engine/records/codec.js'),
  scenariosUrl: url('../scenarios/registry.js'),
};
const inMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

const SEEDS_PER_BATCH = 25;
const BATCHES = RUNS / SEEDS_PER_BATCH;

/**
 * Each batch is of the next scenario in turn, with new seeds: a campaign goes scenario by scenario, so that an early and a late look at one
 * would not have seen the same mix. The pool and its workers are a campaign's own.
 */
async function longCampaign(): Promise<void> {
  const pool = openPool(WORKERS, WATCHDOG_MS);
  const { signal } = new AbortController();
  let batchNext = 0;
  let runsDoneCount = 0;
  let failuresCount = 0;
  let early = 0;
  let late = 0;
  const runLane = async (): Promise<void> => {
    while (batchNext < BATCHES) {
      const batch = batchNext;
      batchNext += 1;
      const scenario = scenarios[batch % scenarios.length]!.name;
      const seedFirst = 1 + Math.floor(batch / scenarios.length) * SEEDS_PER_BATCH;
      const seeds = Array.from({ length: SEEDS_PER_BATCH }, (_, index) => seedFirst + index);
      const order = { modules, placement: 'inline', scenario, seeds, crossCheck: false, story: false } as const;
      const result = await pool.run(order, signal);
      runsDoneCount += result?.runs ?? 0;
      failuresCount += result?.failures.length ?? 0;
      late = process.memoryUsage.rss();
      if (early === 0 && runsDoneCount >= RUNS_EARLY) early = late;
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, runLane));
  await pool.destroy();
  const growth = late / early - 1;
  const isWithin = growth <= GROWTH_MAX && late < RESIDENT_BYTES_MAX;
  process.stdout.write(
    `campaign: ${inMegabytes(early)} after ${RUNS_EARLY} runs, ${inMegabytes(late)} after ${runsDoneCount} (${(growth * 100).toFixed(1)} % more), ${isWithin ? 'within' : 'beyond'} the bounds of 10 % and 250 MB; ${failuresCount} failures\n`,
  );
}

function terabyte(): void {
  const steady = scenarios.find(({ name }) => name === 'steady-copy')!;
  const scenario: Scenario = {
    ...steady,
    name: 'terabyte',
    world: { mode: 'standalone', nodes: 1, blocks: 2 ** 28, regionBlocks: 1024, allocatedShare: 2e-6 },
    operator: [{ reach: 'committed' }, { wait: [1_000, 2_000] }],
    ends: ['committed'],
  };
  const world = new World(createInlinePlacement({ engine, ...NODES_SHAPE }), engine.vocabulary);
  const before = process.memoryUsage();
  const began = process.cpuUsage();
  const request = {
    scenario: scenario.name,
    seed: 1,
    placement: 'inline',
    engineUrl: '',
    codecUrl: '',
    scenariosUrl: '',
  } as const;
  const observers = createOracles(world.verdict.report, { codec, layout });
  const { events, outcome } = runWorld(world, scenario, request, { observers, coverage: () => ({}) as never });
  const seconds = process.cpuUsage(began).user / 1e6;
  const buffers = process.memoryUsage().arrayBuffers - before.arrayBuffers;
  process.stdout.write(
    `1 TiB, synchronised whole and committed: ${outcome.kind}, ${events} events, ${seconds.toFixed(2)} s, ${inMegabytes(buffers)} of buffers\n`,
  );
}

// In this order: what the disk leaves in the main thread's heap would make the early mark higher.
await longCampaign();
terabyte();
