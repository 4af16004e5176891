/**
 * Owns the comparison of two runs of one seed that must agree, run again or run in the other placement, and the sentence that says
 * where they part. Leaves out the search inside the interval between two checkpoints (`sim/determinism/digest-trace`).
 */

import { firstDivergence } from '../determinism/first-divergence.js';
import type { RunResult } from '../world/run.js';
import type { Disagreement } from './request.js';

/** Undefined when both gave one digest and one verdict. */
export function compareRuns(first: RunResult, second: RunResult): Disagreement | undefined {
  if (first.digest === second.digest && verdictOf(first) === verdictOf(second)) return undefined;
  const kind = first.placement === second.placement ? 'repeat' : 'placement';
  const subject =
    kind === 'repeat'
      ? `two runs of ${first.scenario}:${first.seed}`
      : `${first.scenario}:${first.seed} in both placements`;
  const got = `${describe(first)} ${first.placement} and ${describe(second)} ${second.placement}`;
  const sentence = `expected one digest of ${subject}, got ${got}, at ${placeOf(first, second)}`;
  return { scenario: first.scenario, seed: first.seed, kind, sentence };
}

const verdictOf = ({ outcome }: RunResult): string =>
  outcome.kind === 'passed'
    ? `passed ${outcome.states.join(' ')}`
    : `${outcome.kind} ${outcome.oracle} ${outcome.signature}`;

const describe = (run: RunResult): string => `${run.digest || 'no digest'} (${run.outcome.kind}, ${run.events} events)`;

function placeOf(first: RunResult, second: RunResult): string {
  if (first.checkpoints.length === 0 || second.checkpoints.length === 0) return 'an unknown event: no checkpoints';
  const interval = firstDivergence(first.checkpoints, second.checkpoints);
  if (interval !== undefined)
    return `the checkpoint of event ${interval.eventEnd} (events ${interval.eventFirst} to ${interval.eventEnd})`;
  if (first.digest === second.digest) return 'the verdict alone: the digests agree';
  return `an event after the last checkpoint (event ${first.checkpoints.at(-1)?.[0] ?? 0})`;
}
