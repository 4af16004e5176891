/** Owns the sum of what runs, or batches of them, exercised, and the form in which it crosses threads. */

import type { CrashStepHit, RunCoverage } from '../world/run.js';

export const emptyCoverage = (): RunCoverage => ({
  claims: {},
  transitions: {},
  stateEvents: {},
  refusals: {},
  faults: {},
  crashSteps: [],
  steps: {},
  stepHits: {},
  probes: {},
  lies: {},
});

/** Coverage as a message: objects with a name a key would leave V8 hidden classes in the receiving thread, other ones for each message. */
export type CoverageEntries = {
  [Part in keyof RunCoverage]: RunCoverage[Part] extends readonly unknown[]
    ? RunCoverage[Part]
    : [string, RunCoverage[Part][keyof RunCoverage[Part]]][];
};

export function entriesOf(coverage: RunCoverage): CoverageEntries {
  return {
    claims: Object.entries(coverage.claims),
    transitions: Object.entries(coverage.transitions),
    stateEvents: Object.entries(coverage.stateEvents),
    refusals: Object.entries(coverage.refusals),
    faults: Object.entries(coverage.faults),
    crashSteps: coverage.crashSteps,
    steps: Object.entries(coverage.steps),
    stepHits: Object.entries(coverage.stepHits),
    probes: Object.entries(coverage.probes),
    lies: Object.entries(coverage.lies),
  };
}

/** Adds what others exercised to `sums`. */
export function addCoverage(sums: RunCoverage, others: CoverageEntries): void {
  addCounts(sums.claims, others.claims);
  addCounts(sums.transitions, others.transitions);
  addCounts(sums.stateEvents, others.stateEvents);
  addCounts(sums.refusals, others.refusals);
  addFaults(sums.faults, others.faults);
  addCrashSteps(sums.crashSteps, others.crashSteps);
  addCounts(sums.steps, others.steps);
  addCounts(sums.stepHits, others.stepHits);
  addCounts(sums.probes, others.probes);
  addCounts(sums.lies, others.lies);
}

function addCounts(sums: Record<string, number>, counts: readonly (readonly [string, number])[]): void {
  for (const [key, hits] of counts) sums[key] = (sums[key] ?? 0) + hits;
}

function addFaults(sums: RunCoverage['faults'], faults: CoverageEntries['faults']): void {
  for (const [kind, { armed, fired }] of faults) {
    const sum = (sums[kind] ??= { armed: 0, fired: 0 });
    sum.armed += armed;
    sum.fired += fired;
  }
}

function addCrashSteps(sums: CrashStepHit[], hits: readonly CrashStepHit[]): void {
  for (const hit of hits) {
    const isSame = ({ step, position, inRecovery }: CrashStepHit): boolean =>
      step === hit.step && position === hit.position && inRecovery === hit.inRecovery;
    const sum = sums.find(isSame);
    if (sum === undefined) sums.push({ ...hit });
    else sum.hits += hit.hits;
  }
}
