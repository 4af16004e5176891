/**
 * Owns how sums of coverage become the coverage of a record: sorted lists, and what the vocabulary names but no run reached.
 */

import type { EngineVocabulary } from '../../engine/contract/module.js';
import { CLAIM_IDS, CRASH_POSITIONS, STATE_CHANGES } from '../../records/catalogue.js';
import type { Coverage } from '../../records/schema.js';
import { unseen } from '../../sim/coverage/unseen.js';
import type { RunCoverage } from '../../sim/world/run.js';

type Counts = Readonly<Record<string, number>>;

export function coverageRecord(sums: RunCoverage, vocabulary: EngineVocabulary): Coverage {
  const never = unseen(sums, vocabulary);
  const changes = sortedKeys(sums.transitions).map((name) => name.split(':')[0] ?? name);
  const reasons = sortedKeys(sums.refusals).map((name) => name.slice(name.indexOf(':') + 1));
  return {
    claims: Object.fromEntries(CLAIM_IDS.map((id) => [id, { hits: sums.claims[id] ?? 0 }])) as Coverage['claims'],
    transitions: hitList(sums.transitions),
    stateEvents: hitList(sums.stateEvents),
    refusals: hitList(sums.refusals),
    faults: sortedKeys(sums.faults).map((name) => ({ name, armed: 0, fired: 0, ...sums.faults[name] })),
    crashSteps: [...sums.crashSteps].sort(byStepThenPosition),
    steps: hitList(sums.steps),
    stepHits: hitList(sums.stepHits),
    probes: hitList(sums.probes),
    lies: hitList(sums.lies),
    unseen: {
      ...never,
      transitions: without(STATE_CHANGES, changes),
      refusals: without(vocabulary.refusals, ['none', ...reasons]),
    },
  };
}

const without = (names: readonly string[], seen: readonly string[]): string[] =>
  names.filter((name) => !seen.includes(name));

const sortedKeys = (record: Readonly<Record<string, unknown>>): string[] => Object.keys(record).sort();

const hitList = (counts: Counts): { name: string; hits: number }[] =>
  sortedKeys(counts)
    .map((name) => ({ name, hits: counts[name] ?? 0 }))
    .filter(({ hits }) => hits > 0);

type CrashStep = Coverage['crashSteps'][number];

function byStepThenPosition(a: CrashStep, b: CrashStep): number {
  if (a.step !== b.step) return a.step < b.step ? -1 : 1;
  const positions = CRASH_POSITIONS.indexOf(a.position) - CRASH_POSITIONS.indexOf(b.position);
  return positions || Number(a.inRecovery) - Number(b.inRecovery);
}
