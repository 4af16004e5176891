/**
 * Owns the worker threads of a campaign: a batch in, its result out, whatever the engine under test does to the worker. A run that never
 * returns, or takes its worker down, is found by the heartbeat, named, and left out; the rest of its batch is run again. Wall time is
 * used for this alone, and no run sees it.
 *
 * Piscina's traps: as many threads at most as at least, or tasks starve; an abort kills a worker even when it spins; what a worker
 * throws loses its fields, so failures come as data.
 */

import { Piscina } from 'piscina';

import {
  type BatchResult,
  type BatchTask,
  emptyBatchResult,
  HEARTBEAT_IN_THREADS,
  HEARTBEAT_RUNS_BEGUN,
  HEARTBEAT_SEED_INDEX,
  newHeartbeat,
} from './batch.js';
import { deadRun, silentRun } from './lost-run.js';
import { type FailedRun, HarnessError, type Placement } from './request.js';

/** How often a batch may lose its worker before its first run began. */
const LOSSES_MAX = 1;
/** Modules are loaded before the first run begins; on a busy machine that may take a while. */
const LOADING_MS_MAX = 60_000;
/** A runaway engine is stopped by the heap's bound before it takes the machine's memory. */
const WORKER_HEAP_MEGABYTES = 512;
/** Runs leave little behind: Node's own choice is 48, which a long campaign fills, and keeps, in every worker. */
const WORKER_YOUNG_MEGABYTES = 12;

type Attempt =
  | { kind: 'finished'; result: BatchResult }
  /** The run of this seed went silent, or the worker died in it. */
  | { kind: 'silent'; seed: number; placement: Placement }
  | { kind: 'died'; seed: number; placement: Placement; reason: string }
  /** The worker was lost before any run began. */
  | { kind: 'lost'; reason: string }
  | { kind: 'stopped' };

export type BatchOrder = Omit<BatchTask, 'heartbeat'>;

export interface Pool {
  /** Undefined when the signal stopped it. Throws `HarnessError` when workers cannot even begin. */
  run(order: BatchOrder, signal: AbortSignal): Promise<BatchResult | undefined>;
  destroy(): Promise<void>;
}

/** At most `workersCount` batches should be under way at once, or the watchdog counts the time in the queue. */
export function openPool(workersCount: number, watchdogMs: number): Pool {
  const piscina = new Piscina<BatchTask, BatchResult>({
    filename: new URL('./worker.js', import.meta.url).href,
    minThreads: workersCount,
    maxThreads: workersCount,
    concurrentTasksPerWorker: 1,
    // A worker that waits for its next task in `Atomics.wait` would not see its own node threads end.
    atomics: 'disabled',
    execArgv: ['--enable-source-maps'],
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MEGABYTES, maxYoungGenerationSizeMb: WORKER_YOUNG_MEGABYTES },
  });
  return {
    run: (order, signal) => runIsolated(piscina, order, watchdogMs, signal),
    destroy: () => piscina.destroy(),
  };
}

async function runIsolated(
  piscina: Piscina<BatchTask, BatchResult>,
  order: BatchOrder,
  watchdogMs: number,
  signal: AbortSignal,
): Promise<BatchResult | undefined> {
  const lost: FailedRun[] = [];
  let lossesCount = 0;
  for (;;) {
    const seeds = order.seeds.filter((seed) => lost.every((run) => run.seed !== seed));
    const attempt = await attemptBatch(piscina, { ...order, seeds }, watchdogMs, signal);
    switch (attempt.kind) {
      case 'finished':
        return withLostRuns(attempt.result, lost);
      case 'stopped':
        return undefined;
      case 'silent':
        lost.push(silentRun(order.scenario, attempt.seed, attempt.placement, watchdogMs));
        break;
      case 'died':
        lost.push(deadRun(order.scenario, attempt.seed, attempt.placement, attempt.reason));
        break;
      case 'lost':
        lossesCount += 1;
        if (lossesCount <= LOSSES_MAX) break;
        throw new HarnessError(`expected a worker that runs ${order.scenario}, got none (${attempt.reason})`);
    }
    if (lost.length === order.seeds.length) return withLostRuns(emptyBatchResult(), lost);
  }
}

async function attemptBatch(
  piscina: Piscina<BatchTask, BatchResult>,
  order: BatchOrder,
  watchdogMs: number,
  signal: AbortSignal,
): Promise<Attempt> {
  if (signal.aborted) return { kind: 'stopped' };
  const heartbeat = newHeartbeat();
  const words = new Int32Array(heartbeat);
  const stop = new AbortController();
  let isSilent = false;
  const watch = watchHeartbeat(words, watchdogMs, () => {
    isSilent = true;
    stop.abort();
  });
  const onStopped = (): void => stop.abort();
  signal.addEventListener('abort', onStopped);
  try {
    return { kind: 'finished', result: takenOut(await piscina.run({ ...order, heartbeat }, { signal: stop.signal })) };
  } catch (error) {
    if (signal.aborted) return { kind: 'stopped' };
    const reason = error instanceof Error ? error.message : String(error);
    const seed = order.seeds[Atomics.load(words, HEARTBEAT_SEED_INDEX)];
    if (Atomics.load(words, HEARTBEAT_RUNS_BEGUN) === 0 || seed === undefined) return { kind: 'lost', reason };
    const placement = Atomics.load(words, HEARTBEAT_IN_THREADS) === 1 ? 'threads' : 'inline';
    return isSilent ? { kind: 'silent', seed, placement } : { kind: 'died', seed, placement, reason };
  } finally {
    clearInterval(watch);
    signal.removeEventListener('abort', onStopped);
  }
}

/** Piscina's record of a task, and with it what the worker sent, stays until a full collection, which this thread has seldom: only a shell does. */
function takenOut(sent: BatchResult): BatchResult {
  const result = { ...sent };
  Object.assign(sent, emptyBatchResult());
  return result;
}

/** Calls `onSilent` once no run was begun for `watchdogMs`, or none at all for `LOADING_MS_MAX`. */
function watchHeartbeat(words: Int32Array, watchdogMs: number, onSilent: () => void): NodeJS.Timeout {
  let runsBegunCount = 0;
  let since = performance.now();
  return setInterval(() => {
    const seen = Atomics.load(words, HEARTBEAT_RUNS_BEGUN);
    const silentMs = performance.now() - since;
    if (seen !== runsBegunCount) {
      runsBegunCount = seen;
      since = performance.now();
    } else if (silentMs >= (seen === 0 ? Math.max(LOADING_MS_MAX, watchdogMs) : watchdogMs)) {
      onSilent();
    }
  }, watchdogMs / 8);
}

function withLostRuns(result: BatchResult, lost: readonly FailedRun[]): BatchResult {
  if (lost.length === 0) return result;
  const failures = [...result.failures, ...lost].sort((a, b) => a.seed - b.seed);
  return { ...result, runs: result.runs + lost.length, failures };
}
