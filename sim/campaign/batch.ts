/**
 * Owns every message between a campaign and its workers: a batch of seeds of one scenario goes out, sums and failures come back, and a
 * few shared words tell how far the worker is. Plain data, because an error loses its fields on the way between threads.
 */

import { type CoverageEntries, emptyCoverage, entriesOf } from '../coverage/merge-coverage.js';
import type { RunResult } from '../world/run.js';
import type { Disagreement, FailedRun, Placement, RunModules } from './request.js';

export interface BatchTask {
  modules: RunModules;
  scenario: string;
  seeds: readonly number[];
  placement: Placement;
  /** Run each seed in the other placement too, and compare. */
  crossCheck: boolean;
  /** Send the whole result of each run, with its story. */
  story: boolean;
  /** Words as below, an `Int32Array`. */
  heartbeat: SharedArrayBuffer;
}

export interface BatchResult {
  runs: number;
  passed: number;
  events: number;
  ticks: number;
  crossChecked: number;
  ends: Record<string, number>;
  /** Of each run that returned, in the order of seeds. */
  digests: string[];
  failures: FailedRun[];
  disagreements: Disagreement[];
  coverage: CoverageEntries;
  /** Filled when the task asked for stories. */
  told: RunResult[];
}

export const emptyBatchResult = (): BatchResult => ({
  runs: 0,
  passed: 0,
  events: 0,
  ticks: 0,
  crossChecked: 0,
  ends: {},
  digests: [],
  failures: [],
  disagreements: [],
  coverage: entriesOf(emptyCoverage()),
  told: [],
});

/** Counts the runs that were begun; 0: the worker is still loading its modules. The worker writes, the campaign reads. */
export const HEARTBEAT_RUNS_BEGUN = 0;
/** Index in `seeds` of the run that was begun last. */
export const HEARTBEAT_SEED_INDEX = 1;
/** 1 where that run is in worker threads, 0 where it is inline. */
export const HEARTBEAT_IN_THREADS = 2;
export const HEARTBEAT_WORDS = 3;

/** A heartbeat is written before each run, so its words need no order among themselves: they are read once the worker has gone silent. */
export const newHeartbeat = (): SharedArrayBuffer =>
  new SharedArrayBuffer(HEARTBEAT_WORDS * Int32Array.BYTES_PER_ELEMENT);
