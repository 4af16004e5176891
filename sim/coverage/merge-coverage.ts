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

/** A new sum; neither argument is changed. Keys sorted. The order of arguments does not matter. */
export function mergeCoverage(a: RunCoverage, b: RunCoverage): RunCoverage {
  return {
    claims: added(a.claims, b.claims),
    transitions: added(a.transitions, b.transitions),
    stateEvents: added(a.stateEvents, b.stateEvents),
    refusals: added(a.refusals, b.refusals),
    faults: addedFaults(a.faults, b.faults),
    crashSteps: addedCrashSteps(a.crashSteps, b.crashSteps),
    steps: added(a.steps, b.steps),
    stepHits: added(a.stepHits, b.stepHits),
    probes: added(a.probes, b.probes),
    lies: added(a.lies, b.lies),
  };
}

const keysOf = (a: object, b: object): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();

function added(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  return Object.fromEntries(keysOf(a, b).map((key) => [key, (a[key] ?? 0) + (b[key] ?? 0)]));
}

function addedFaults(a: RunCoverage['faults'], b: RunCoverage['faults']): RunCoverage['faults'] {
  return Object.fromEntries(
    keysOf(a, b).map((key) => [
      key,
      {
        armed: (a[key]?.armed ?? 0) + (b[key]?.armed ?? 0),
        fired: (a[key]?.fired ?? 0) + (b[key]?.fired ?? 0),
      },
    ]),
  );
}

function addedCrashSteps(a: readonly CrashStepHit[], b: readonly CrashStepHit[]): CrashStepHit[] {
  const sums = new Map<string, CrashStepHit>();
  for (const hit of [...a, ...b]) {
    const key = `${hit.step} ${hit.position} ${hit.inRecovery}`;
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { ...hit });
    else sum.hits += hit.hits;
  }
  return [...sums.keys()].sort().map((key) => sums.get(key)!);
}
