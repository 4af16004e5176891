/** Owns one run of `steady-copy` as a campaign makes it: with oracles, lineage, digest and coverage on. A run that does not pass throws. */

import * as codec from '../engine/records/codec.js';
import * as layout from '../engine/records/layout.js';
import { scenarios } from '../scenarios/registry.js';
import { createCoverage } from '../sim/coverage/create-coverage.js';
import { createOracles } from '../sim/oracles/create-oracles.js';
import { History } from '../sim/oracles/history/history.js';
import { newKeptMemory } from '../sim/oracles/history/kept-memory.js';
import type { RunResult } from '../sim/world/run.js';
import { runWorld } from '../sim/world/run-world.js';
import type { World } from '../sim/world/world.js';

const context = { codec, layout };
const memory = newKeptMemory();
const scenario = scenarios.find(({ name }) => name === 'steady-copy')!;

/** Gets a run ready; what is returned makes it, so that a caller can time the run alone. */
export function prepareSteadyCopy(world: World, seed: number): () => RunResult {
  const history = new History(context, memory);
  const coverage = createCoverage(context, history);
  const observers = [...createOracles(world.verdict.report, context, history), ...coverage.observers];
  const { kind: placement } = world.placement;
  const request = { scenario: scenario.name, seed, placement, engineUrl: '', codecUrl: '', scenariosUrl: '' };
  return () => {
    const result = runWorld(world, scenario, request, { observers, coverage: () => coverage.result() });
    if (result.outcome.kind !== 'passed')
      throw new Error(`seed ${seed} of ${scenario.name}: ${result.outcome.sentence}`);
    return result;
  };
}
