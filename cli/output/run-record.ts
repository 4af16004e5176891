/**
 * Owns how the result of a campaign becomes the documents it leaves behind: the record of the run, and one record for each of the first
 * failures.
 */

import type { EngineVocabulary } from '../../engine/contract/module.js';
import type { Configuration, Coverage, FailureRecord, RunRecord, ScenarioSummary, Tool } from '../../records/schema.js';
import type { CampaignResult, FailedRun, ScenarioTally } from '../../sim/campaign/request.js';
import { coverageRecord } from './coverage-record.js';

export interface RunContext {
  tool: Tool;
  config: Configuration;
  vocabulary: EngineVocabulary;
}

/** `recordOf`: the path of a failure's record, or null. `judge`: the gates of the suite. */
export function runRecord(
  result: CampaignResult,
  { tool, config, vocabulary }: RunContext,
  recordOf: (failure: FailedRun) => string | null,
  judge: (coverage: Coverage) => RunRecord['gates'],
): RunRecord {
  const coverage = coverageRecord(result.coverage, vocabulary);
  return {
    schema: 'cutover.run/1',
    tool,
    config,
    ended: result.ended,
    totals: totalsOf(result),
    gates: judge(coverage),
    harnessFaults: result.disagreements,
    failures: result.failures.map((failure) => ({
      scenario: failure.scenario,
      seed: failure.seed,
      kind: failure.outcome.kind,
      oracle: failure.outcome.oracle,
      sentence: failure.outcome.sentence,
      signature: failure.outcome.signature,
      digest: failure.digest,
      repeats: failure.repeats ?? null,
      replay: `cutover replay ${failure.scenario}:${failure.seed}`,
      record: recordOf(failure),
    })),
    scenarios: result.scenarios.map(summaryOf),
    coverage,
  };
}

export const failureRecord = (failure: FailedRun, { tool, config }: RunContext): FailureRecord => ({
  schema: 'cutover.record/1',
  scenario: failure.scenario,
  seed: failure.seed,
  placement: config.placement,
  digest: failure.digest,
  events: failure.events,
  checkpoints: failure.checkpoints,
  outcome: failure.outcome,
  tool,
  configuration: config,
});

function totalsOf({
  scenarios,
  events,
  ticks,
  wallSeconds,
  crossChecked,
  digest,
}: CampaignResult): RunRecord['totals'] {
  const sum = (key: 'runs' | 'passed' | 'failed' | 'hung'): number =>
    scenarios.reduce((total, scenario) => total + scenario[key], 0);
  const perSecond = (count: number): number => (wallSeconds > 0 ? Math.round((10 * count) / wallSeconds) / 10 : 0);
  return {
    runs: sum('runs'),
    passed: sum('passed'),
    failed: sum('failed'),
    hung: sum('hung'),
    events,
    simulatedSeconds: ticks / 1e6,
    wallSeconds: Math.round(wallSeconds * 1_000) / 1_000,
    eventsPerSecond: perSecond(events),
    runsPerSecond: perSecond(sum('runs')),
    crossChecked,
    digest,
  };
}

const summaryOf = ({ ends, ...sums }: ScenarioTally): ScenarioSummary => ({
  ...sums,
  ends: Object.entries(ends)
    .map(([state, runs]) => ({ state, runs }))
    .sort((a, b) => b.runs - a.runs || (a.state < b.state ? -1 : 1)),
});
