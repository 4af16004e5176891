/**
 * Owns the hunt for one planted bug: the suite's scenarios as they are, seed by seed, until an oracle sees the bug. Nothing is tuned to it.
 *
 *   seed 1: every scenario · seed 2: every scenario · …        seeds to kill: the seed at which the first of them fails
 */

import { openPool, type Pool } from '../campaign/pool.js';
import type { FailedRun, RunModules } from '../campaign/request.js';

/** The first run that failed, and who said so. */
export interface Kill {
  oracle: string;
  scenario: string;
  seed: number;
  sentence: string;
}

export interface HuntResult {
  killedBy: Kill | undefined;
  /** Runs, before the oracle's, that broke an invariant of the engine itself or made it throw: no achievement of the harness. */
  broken: { runs: number; first: Kill | undefined };
  seedsTried: number;
}

export interface HuntRequest {
  /** With the engine under test. */
  modules: RunModules;
  scenarios: readonly string[];
  seeds: { from: number; to: number };
  watchdogMs: number;
}

/** After the first broken invariant, so many more seeds are given to the oracles. */
const SEEDS_AFTER_BREAKAGE_MAX = 20;

/** In a worker of its own, which is gone afterwards: a module, once loaded, stays as long as its thread. Undefined when the signal stopped it. */
export async function hunt(request: HuntRequest, signal: AbortSignal): Promise<HuntResult | undefined> {
  if (signal.aborted) return undefined;
  const pool = openPool(1, request.watchdogMs);
  try {
    return await huntIn(pool, request, signal);
  } finally {
    await pool.destroy();
  }
}

async function huntIn(pool: Pool, request: HuntRequest, signal: AbortSignal): Promise<HuntResult | undefined> {
  const { modules, scenarios, seeds } = request;
  const broken: HuntResult['broken'] = { runs: 0, first: undefined };
  let seedLast = seeds.to;
  for (let seed = seeds.from; seed <= seedLast; seed += 1) {
    for (const scenario of scenarios) {
      const run = { modules, scenario, seeds: [seed], placement: 'inline', crossCheck: false, story: false } as const;
      const result = await pool.run(run, signal);
      if (result === undefined) return undefined;
      const [failure] = result.failures;
      if (failure === undefined) continue;
      const kill = killOf(failure);
      if (isOracle(failure)) return { killedBy: kill, broken, seedsTried: seed - seeds.from + 1 };
      if (broken.first === undefined) seedLast = Math.min(seedLast, seed + SEEDS_AFTER_BREAKAGE_MAX);
      broken.first ??= kill;
      broken.runs += 1;
    }
  }
  return { killedBy: undefined, broken, seedsTried: Math.max(0, seedLast - seeds.from + 1) };
}

const killOf = ({ scenario, seed, outcome: { oracle, sentence } }: FailedRun): Kill => ({
  oracle,
  scenario,
  seed,
  sentence,
});

/** What the engine's own assertions catch, or what made it throw, says nothing about the oracles. */
const isOracle = ({ outcome }: FailedRun): boolean =>
  outcome.oracle !== 'invariant' && !outcome.signature.startsWith('scenario: threw');
