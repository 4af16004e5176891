/**
 * Owns the sum of what runs exercised. Addition is commutative, so the sum does not depend on the order in which batches arrive; the
 * keys are sorted at the end.
 */

import type { CrashStepHit, RunCoverage } from '../world/run.js';

export const emptyCoverage = (): RunCoverage => ({
  claims: {},
  transitions: {},
  stateEvents: {},
  refusals: {},
  faults: {},
  crashSteps: [],
  steps: {},
  probes: {},
});

const countedFamilies = ['claims', 'transitions', 'stateEvents', 'refusals', 'steps', 'probes'] as const;

/** Adds `from` to `into`. */
export function addCoverage(into: RunCoverage, from: RunCoverage): void {
  for (const family of countedFamilies) addCounts(into[family], from[family]);
  for (const [kind, { armed, fired }] of Object.entries(from.faults)) {
    const sum = (into.faults[kind] ??= { armed: 0, fired: 0 });
    sum.armed += armed;
    sum.fired += fired;
  }
  for (const hit of from.crashSteps) {
    const sum = into.crashSteps.find((known) => isSameCell(known, hit));
    if (sum === undefined) into.crashSteps.push({ ...hit });
    else sum.hits += hit.hits;
  }
}

export function addCounts(into: Record<string, number>, from: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(from)) into[name] = (into[name] ?? 0) + count;
}

const isSameCell = (a: CrashStepHit, b: CrashStepHit): boolean =>
  a.step === b.step && a.position === b.position && a.inRecovery === b.inRecovery;
