/** Owns what the tests of the world share: a small scenario to vary, and runs of it with the toy engine. */

import type { Scenario } from '../../../scenarios/scenario.js';
import { loadEngine } from '../../../sim/nodes/engine-loading.js';
import { createInlinePlacement } from '../../../sim/nodes/placement/inline-placement.js';
import { createThreadsPlacement } from '../../../sim/nodes/placement/threads-placement.js';
import type { Observer } from '../../../sim/oracles/observation.js';
import { NODES_SHAPE } from '../../../sim/world/configuration.js';
import type { RunCoverage, RunResult } from '../../../sim/world/run.js';
import { runWorld } from '../../../sim/world/run-world.js';
import { World } from '../../../sim/world/world.js';

const engineUrl = new URL('./toy-engine.js', import.meta.url).href;

const NO_COVERAGE: RunCoverage = {
  claims: {},
  transitions: {},
  stateEvents: {},
  refusals: {},
  faults: {},
  crashSteps: [],
  steps: {},
  stepHits: {},
  probes: {},
  lies: {},
};

export const calm: Scenario = {
  name: 'toy',
  title: 'A toy engine serves an application, and walks through its states.',
  world: { mode: 'standalone', nodes: 1, blocks: 32, regionBlocks: 2 },
  workload: {
    depth: 3,
    thinkTicks: [20, 200],
    weights: { read: 4, write: 4, flush: 1, discard: 1, writeZeroes: 1 },
    blocksMax: 4,
    bufferChangedShare: 0.3,
  },
  operator: [{ reach: 'committed' }, { wait: [5_000, 10_000] }],
  faults: [],
  safetyTicksMax: 400_000,
  ends: ['none', 'setup', 'source-selected', 'target-selected', 'committed'],
};

export const inCluster = { mode: 'cluster', nodes: 3, blocks: 32, regionBlocks: 2 } as const;

export interface ToyRun {
  seed?: number;
  observers?: (world: World) => readonly Observer[];
  story?: boolean;
}

let inline: Promise<World> | undefined;

/** The world of this process; one for all runs, as in a campaign. */
export function inlineWorld(): Promise<World> {
  inline ??= loadEngine(engineUrl).then(
    (engine) => new World(createInlinePlacement({ engine, ...NODES_SHAPE }), engine.vocabulary),
  );
  return inline;
}

/** A world whose nodes are worker threads; close its placement. */
export async function threadsWorld(): Promise<World> {
  const engine = await loadEngine(engineUrl);
  return new World(createThreadsPlacement({ engineUrl, ...NODES_SHAPE }), engine.vocabulary);
}

export function runIn(
  world: World,
  scenario: Scenario,
  { seed = 1, observers, story = false }: ToyRun = {},
): RunResult {
  const request = {
    scenario: scenario.name,
    seed,
    placement: world.placement.kind,
    engineUrl,
    codecUrl: '',
    scenariosUrl: '',
    story,
  };
  return runWorld(world, scenario, request, { observers: observers?.(world) ?? [], coverage: () => NO_COVERAGE });
}

export const runToy = async (scenario: Scenario, options?: ToyRun): Promise<RunResult> =>
  runIn(await inlineWorld(), scenario, options);

/** The story as `who: what`, for tests that look for what happened in which order. */
export const told = (result: RunResult): string[] => result.story.map(({ who, what }) => `${who}: ${what}`);
