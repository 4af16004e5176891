/**
 * Owns what goes into a campaign and what comes out of it. A result holds sums and failures, never the runs that passed, so that its
 * size does not grow with the number of runs.
 */

import type { Outcome, RunCoverage, RunRequest } from '../world/run.js';

export type Placement = RunRequest['placement'];

/** Where the code of a run comes from; a test, or another engine build, names other modules. */
export interface RunModules {
  /** Module that exports `runSeed(request: RunRequest): Promise<RunResult>`. */
  runSeedUrl: string;
  engineUrl: string;
  codecUrl: string;
  scenariosUrl: string;
}

/** Seeds from … to, both included. */
export interface SeedRange {
  from: number;
  to: number;
}

export interface CampaignRequest {
  modules: RunModules;
  /** Names, in the order of the report. */
  scenarios: readonly string[];
  seeds: SeedRange;
  placement: Placement;
  workersCount: number;
  /** Stop after so many failures. */
  failuresMax: number | undefined;
  /** So many seeds of each scenario, from the first on, are run in the other placement too. */
  crossChecksPerScenario: number;
  /** Wall time after which a run that has not returned is given up. */
  watchdogMs: number;
}

export interface CampaignProgress {
  runsDoneCount: number;
  runsCount: number;
  failuresCount: number;
}

/** A run that did not pass. `checkpoints` and the like are those of its first execution. */
export interface FailedRun {
  scenario: string;
  seed: number;
  outcome: Exclude<Outcome, { kind: 'passed' }>;
  /** Empty where the run did not return. */
  digest: string;
  events: number;
  /** Kept for the first failures of a campaign, empty in the others. */
  checkpoints: [number, string][];
  /** Whether a second run gave the same; undefined where the run did not return. */
  repeats: boolean | undefined;
}

/** Two runs of one seed that should agree, and do not. */
export interface Disagreement {
  scenario: string;
  seed: number;
  kind: 'repeat' | 'placement';
  sentence: string;
}

export interface ScenarioTally {
  scenario: string;
  runs: number;
  passed: number;
  failed: number;
  hung: number;
  /** Runs that passed, by the end state of disk 0. */
  ends: Record<string, number>;
  /** Over the digests of all its runs, in the order of seeds: the same in every placement, for any number of workers. */
  digest: string;
}

export type CampaignEnd = 'completed' | 'bail' | 'interrupted' | 'hung-limit';

export interface CampaignResult {
  ended: CampaignEnd;
  events: number;
  ticks: number;
  crossChecked: number;
  /** Over the digests of the scenarios. */
  digest: string;
  wallSeconds: number;
  scenarios: ScenarioTally[];
  failures: FailedRun[];
  disagreements: Disagreement[];
  coverage: RunCoverage;
}

/** The machinery itself failed: no verdict on any engine can be given. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';
}
