/**
 * Owns the sums of a campaign, and when it has seen enough. Batches are counted in the order of the plan, so the sums, the failures that
 * are kept and the point where it stops are the same for any number of workers.
 */

import { createHash, type Hash } from 'node:crypto';

import { addCoverage, emptyCoverage } from '../coverage/merge-coverage.js';
import type { BatchResult } from './batch.js';
import type {
  CampaignEnd,
  CampaignRequest,
  CampaignResult,
  Disagreement,
  FailedRun,
  ScenarioTally,
} from './request.js';

/** Failures whose checkpoints are kept, for records on disk. */
export const RECORDS_MAX = 20;
/** Runs that never return cost the watchdog's wall time each: after so many, the rest is not begun. */
const NEVER_RETURNED_MAX = 20;

/** As many as a run's own digest has. */
const DIGEST_DIGITS = 16;

type ScenarioSums = Omit<ScenarioTally, 'digest'> & { readonly digests: Hash };

const endOf = (digests: Hash): string => digests.digest('hex').slice(0, DIGEST_DIGITS);

export class Tally {
  events = 0;
  ticks = 0;
  crossChecked = 0;
  runsCount = 0;
  readonly coverage = emptyCoverage();
  readonly failures: FailedRun[] = [];
  readonly disagreements: Disagreement[] = [];

  private readonly scenarios: Map<string, ScenarioSums>;
  private readonly failuresMax: number;
  private neverReturnedCount = 0;

  constructor(request: Pick<CampaignRequest, 'scenarios' | 'failuresMax'>) {
    this.failuresMax = request.failuresMax ?? Infinity;
    this.scenarios = new Map(
      request.scenarios.map((scenario) => [
        scenario,
        { scenario, runs: 0, passed: 0, failed: 0, hung: 0, ends: {}, digests: createHash('sha256') },
      ]),
    );
  }

  /** Counts the next batch of the plan; says why to stop, if it is time. */
  add(scenario: string, batch: BatchResult): CampaignEnd | undefined {
    const sums = this.scenarios.get(scenario);
    if (sums === undefined) throw new Error(`expected a scenario of the campaign, got ${scenario}`);
    sums.runs += batch.runs;
    sums.passed += batch.passed;
    for (const [state, runs] of Object.entries(batch.ends)) sums.ends[state] = (sums.ends[state] ?? 0) + runs;
    for (const digest of batch.digests) sums.digests.update(`${digest}\n`);
    this.runsCount += batch.runs;
    this.events += batch.events;
    this.ticks += batch.ticks;
    this.crossChecked += batch.crossChecked;
    addCoverage(this.coverage, batch.coverage);
    this.disagreements.push(...batch.disagreements);
    for (const failure of batch.failures) this.addFailure(sums, failure);
    if (this.failures.length >= this.failuresMax) return 'bail';
    return this.neverReturnedCount >= NEVER_RETURNED_MAX ? 'hung-limit' : undefined;
  }

  result(ended: CampaignEnd, wallSeconds: number): CampaignResult {
    const { events, ticks, crossChecked, failures, disagreements, coverage } = this;
    const digests = createHash('sha256');
    const scenarios = [...this.scenarios.values()].map(({ digests: ofRuns, ...sums }) => {
      const digest = endOf(ofRuns);
      digests.update(`${digest}\n`);
      return { ...sums, digest };
    });
    const digest = endOf(digests);
    return { ended, events, ticks, crossChecked, digest, wallSeconds, scenarios, failures, disagreements, coverage };
  }

  private addFailure(sums: ScenarioSums, failure: FailedRun): void {
    sums[failure.outcome.kind] += 1;
    if (failure.repeats === undefined) this.neverReturnedCount += 1;
    const isRecorded = this.failures.length < RECORDS_MAX;
    this.failures.push(isRecorded ? failure : { ...failure, checkpoints: [] });
  }
}
