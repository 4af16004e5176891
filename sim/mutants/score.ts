/**
 * Owns the score of the suite against all planted bugs: each is built and hunted, several at once, and then the engine as it is takes the same way
 * on every seed that killed one. It must survive, or what killed the bugs was no bug.
 */

import type { RunModules, SeedRange } from '../campaign/request.js';
import { openWorkshop, type Workshop } from './build-engines.js';
import { hunt, type HuntResult, type Kill } from './hunt.js';
import type { FiledBug } from './planted-bug.js';

/** Seeds that the control takes at a time, so that workers share it. */
const CONTROL_SEEDS_AT_ONCE = 8;

export interface ScoreRequest {
  modules: RunModules;
  /** The project's folder, with the engine's sources. */
  rootUrl: string;
  bugs: readonly FiledBug[];
  scenarios: readonly string[];
  /** Seeds that a bug may survive before it counts as a survivor. */
  seedsMax: number;
  workersCount: number;
  watchdogMs: number;
}

export interface Trial extends HuntResult {
  bug: FiledBug;
}

export interface Score {
  /** In the order of the bugs; without those that an interruption left out. */
  trials: Trial[];
  control: { seeds: number; failure: Kill | undefined };
  interrupted: boolean;
}

export interface ScoreOptions {
  onTrial?: (trial: Trial, triedCount: number) => void;
  signal: AbortSignal;
}

/** Throws an error that names them when bugs are broken: no verdict is given then. */
export async function scoreBugs(request: ScoreRequest, { onTrial, signal }: ScoreOptions): Promise<Score> {
  const workshop = await openWorkshop(new URL(request.rootUrl));
  try {
    const { bugs, seedsMax } = request;
    const urls = await workshop.build(bugs);
    const trials = new Map<FiledBug, Trial>();
    await inLanes(request.workersCount, bugs, async (bug) => {
      const result = await huntEngine(request, urls.get(bug.id) ?? '', { from: 1, to: seedsMax }, signal);
      if (result === undefined) return;
      const trial = { bug, ...result };
      trials.set(bug, trial);
      onTrial?.(trial, trials.size);
    });
    const control = await tryControl(request, workshop, [...trials.values()], signal);
    return {
      trials: bugs.flatMap((bug) => trials.get(bug) ?? []),
      control,
      interrupted: signal.aborted,
    };
  } finally {
    workshop.close();
  }
}

async function tryControl(
  request: ScoreRequest,
  { controlUrl }: Workshop,
  trials: readonly Trial[],
  signal: AbortSignal,
): Promise<Score['control']> {
  const seeds = Math.max(1, ...trials.map(({ killedBy }) => killedBy?.seed ?? 0));
  const starts = Array.from({ length: Math.ceil(seeds / CONTROL_SEEDS_AT_ONCE) }, (_, n) => n * CONTROL_SEEDS_AT_ONCE);
  const failures: Kill[] = [];
  await inLanes(request.workersCount, starts, async (start) => {
    const range = { from: start + 1, to: Math.min(seeds, start + CONTROL_SEEDS_AT_ONCE) };
    const result = await huntEngine(request, controlUrl, range, signal);
    const failure = result?.killedBy ?? result?.broken.first;
    if (failure !== undefined) failures.push(failure);
  });
  failures.sort((a, b) => a.seed - b.seed);
  return { seeds, failure: failures[0] };
}

const huntEngine = (
  { modules, scenarios, watchdogMs }: ScoreRequest,
  engineUrl: string,
  seeds: SeedRange,
  signal: AbortSignal,
): Promise<HuntResult | undefined> =>
  hunt({ modules: { ...modules, engineUrl }, scenarios, seeds, watchdogMs }, signal);

/** So many at once; each lane takes the next when it is free. */
async function inLanes<T>(lanesCount: number, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const lane = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(lanesCount, items.length) }, lane));
}
