/**
 * Owns the composition of one run: loads what a request names (engine build, record codec, scenarios), once per thread, and puts world,
 * oracles and coverage together. All that is asynchronous about a run is here, and outside of it.
 */

import { setImmediate } from 'node:timers/promises';

import type { Scenario } from '../../scenarios/scenario.js';
import { loadEngine } from '../nodes/engine-loading.js';
import { createInlinePlacement } from '../nodes/placement/inline-placement.js';
import { createThreadsPlacement } from '../nodes/placement/threads-placement.js';
import type { OracleContext } from '../oracles/context.js';
import { createOracles } from '../oracles/create-oracles.js';
import { History } from '../oracles/history/history.js';
import { newKeptMemory } from '../oracles/history/kept-memory.js';
import { createCoverage } from '../coverage/create-coverage.js';
import { NODES_SHAPE } from './configuration.js';
import { runWorld } from './run-world.js';
import type { RunRequest, RunResult } from './run.js';
import { World } from './world.js';

/** Runs of a thread come one after the other. */
const memory = newKeptMemory();
const worlds = new Map<string, Promise<World>>();
const contexts = new Map<string, Promise<OracleContext>>();
const registries = new Map<string, Promise<ReadonlyMap<string, Scenario>>>();

/** Runs one seed of one scenario. The same request gives the same result, whatever ran in this thread before. */
export async function runSeed(request: RunRequest): Promise<RunResult> {
  const world = await kept(worlds, `${request.placement} ${request.engineUrl}`, () => createWorld(request));
  const context = await kept(contexts, request.codecUrl, () => loadContext(request.codecUrl));
  const scenarios = await kept(registries, request.scenariosUrl, () => loadScenarios(request.scenariosUrl));
  const scenario = scenarios.get(request.scenario);
  if (scenario === undefined) {
    throw new Error(`expected one of ${[...scenarios.keys()].join(', ')}, got scenario ${request.scenario}`);
  }
  world.codec = context.codec;
  const history = new History(context, memory);
  const coverage = createCoverage(context, history);
  const observers = [...createOracles(world.verdict.report, context, history), ...coverage.observers];
  const result = runWorld(world, scenario, request, { observers, coverage: () => coverage.result() });
  // Threads that were terminated are joined, and their memory returned, in the event loop only.
  if (request.placement === 'threads') await setImmediate();
  return result;
}

/** Gives up what this thread keeps from run to run: its worlds, and the workers of their nodes. */
export async function closeWorlds(): Promise<void> {
  const kept = [...worlds.values()];
  worlds.clear();
  for (const world of kept) await (await world).placement.close();
}

async function createWorld({ placement, engineUrl }: RunRequest): Promise<World> {
  const engine = await loadEngine(engineUrl);
  const nodes =
    placement === 'inline'
      ? createInlinePlacement({ engine, ...NODES_SHAPE })
      : createThreadsPlacement({ engineUrl, ...NODES_SHAPE });
  return new World(nodes, engine.vocabulary);
}

async function loadContext(codecUrl: string): Promise<OracleContext> {
  const codec = (await import(codecUrl)) as OracleContext['codec'];
  const layout = (await import(new URL('./layout.js', codecUrl).href)) as OracleContext['layout'];
  return { codec, layout };
}

async function loadScenarios(scenariosUrl: string): Promise<ReadonlyMap<string, Scenario>> {
  const { scenarios } = (await import(scenariosUrl)) as { scenarios: readonly Scenario[] };
  return new Map(scenarios.map((scenario) => [scenario.name, scenario]));
}

/** Made once for each key. */
function kept<T>(store: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  let value = store.get(key);
  if (value === undefined) {
    value = make();
    store.set(key, value);
  }
  return value;
}
