/** Owns the sum of what two runs, or two campaigns, exercised. */

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

/** Adds what `other` exercised to `sums`. */
export function addCoverage(sums: RunCoverage, other: RunCoverage): void {
  addCounts(sums.claims, other.claims);
  addCounts(sums.transitions, other.transitions);
  addCounts(sums.stateEvents, other.stateEvents);
  addCounts(sums.refusals, other.refusals);
  addFaults(sums.faults, other.faults);
  addCrashSteps(sums.crashSteps, other.crashSteps);
  addCounts(sums.steps, other.steps);
  addCounts(sums.stepHits, other.stepHits);
  addCounts(sums.probes, other.probes);
  addCounts(sums.lies, other.lies);
}

function addCounts(sums: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [key, hits] of Object.entries(counts)) sums[key] = (sums[key] ?? 0) + hits;
}

function addFaults(sums: RunCoverage['faults'], faults: RunCoverage['faults']): void {
  for (const [kind, { armed, fired }] of Object.entries(faults)) {
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
