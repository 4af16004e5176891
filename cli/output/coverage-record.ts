/**
 * Owns how sums of coverage become the coverage of a record: sorted lists, and what the vocabulary names but no run reached.
 */

import type { EngineVocabulary } from '../../engine/contract/module.js';
import { CLAIM_IDS, CRASH_POSITIONS, FAULT_KINDS, STATE_CHANGES } from '../../records/catalogue.js';
import type { Coverage } from '../../records/schema.js';
import type { RunCoverage } from '../../sim/world/run.js';

type Counts = Readonly<Record<string, number>>;

export function coverageRecord(sums: RunCoverage, vocabulary: EngineVocabulary): Coverage {
  const changes = Object.fromEntries(Object.keys(sums.transitions).map((name) => [name.split(':')[0] ?? name, 1]));
  const cells = Object.fromEntries(sums.crashSteps.map(({ step, position }) => [`${step}:${position}`, 1]));
  const fired = Object.fromEntries(Object.entries(sums.faults).map(([name, fault]) => [name, fault.fired]));
  return {
    claims: Object.fromEntries(CLAIM_IDS.map((id) => [id, { hits: sums.claims[id] ?? 0 }])) as Coverage['claims'],
    transitions: hitList(sums.transitions),
    stateEvents: hitList(sums.stateEvents),
    refusals: hitList(sums.refusals),
    faults: sortedKeys(sums.faults).map((name) => ({ name, armed: 0, fired: 0, ...sums.faults[name] })),
    crashSteps: [...sums.crashSteps].sort(byStepThenPosition),
    steps: hitList(sums.steps),
    probes: hitList(sums.probes),
    unseen: {
      claims: unseenIn(CLAIM_IDS, sums.claims),
      transitions: unseenIn(STATE_CHANGES, changes),
      stateEvents: unseenIn(stateEventsOf(sums.stateEvents, vocabulary.states), sums.stateEvents),
      refusals: unseenIn(
        vocabulary.refusals.filter((reason) => reason !== 'none'),
        sums.refusals,
      ),
      faults: unseenIn([...new Set([...FAULT_KINDS, ...sortedKeys(sums.faults)])], fired),
      crashSteps: unseenIn(
        vocabulary.steps.flatMap((step) => CRASH_POSITIONS.map((position) => `${step}:${position}`)),
        cells,
      ),
      steps: unseenIn(vocabulary.steps, sums.steps),
      probes: unseenIn([...new Set([...vocabulary.probes, ...sortedKeys(sums.probes)])], sums.probes),
    },
  };
}

const sortedKeys = (record: Readonly<Record<string, unknown>>): string[] => Object.keys(record).sort();

const hitList = (counts: Counts): { name: string; hits: number }[] =>
  sortedKeys(counts)
    .map((name) => ({ name, hits: counts[name] ?? 0 }))
    .filter(({ hits }) => hits > 0);

const unseenIn = (names: readonly string[], counts: Counts): string[] =>
  names.filter((name) => (counts[name] ?? 0) === 0);

/** Each state with each event that came up in any state. */
function stateEventsOf(counts: Counts, states: readonly string[]): string[] {
  const events = [...new Set(Object.keys(counts).map((name) => name.slice(name.indexOf(':') + 1)))].sort();
  return states.flatMap((state) => events.map((event) => `${state}:${event}`));
}

type CrashStep = Coverage['crashSteps'][number];

function byStepThenPosition(a: CrashStep, b: CrashStep): number {
  if (a.step !== b.step) return a.step < b.step ? -1 : 1;
  const positions = CRASH_POSITIONS.indexOf(a.position) - CRASH_POSITIONS.indexOf(b.position);
  return positions || Number(a.inRecovery) - Number(b.inRecovery);
}
