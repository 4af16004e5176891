/**
 * Owns one run told in full. It runs in a pool of one, so that an engine that never returns ends the replay, not the command.
 */

import type { RunResult } from '../world/run.js';
import { withoutResult } from './lost-run.js';
import { openPool } from './pool.js';
import type { Placement, RunModules } from './request.js';

export interface ReplayRequest {
  modules: RunModules;
  scenario: string;
  seed: number;
  placement: Placement;
  watchdogMs: number;
}

/** Undefined when the signal stopped it. Throws `HarnessError` when no verdict can be given. */
export async function replayRun(request: ReplayRequest, signal: AbortSignal): Promise<RunResult | undefined> {
  const { modules, scenario, seed, placement, watchdogMs } = request;
  const pool = openPool(1, watchdogMs);
  try {
    const batch = await pool.run(
      { modules, scenario, seeds: [seed], placement, crossCheck: false, story: true },
      signal,
    );
    if (batch === undefined) return undefined;
    const [told] = batch.told;
    const [failure] = batch.failures;
    if (told !== undefined) return told;
    if (failure === undefined) throw new Error(`expected a result of ${scenario}:${seed}, got none`);
    return withoutResult(request, failure.outcome);
  } finally {
    await pool.destroy();
  }
}
