/**
 * Owns what stands for a run that brought no result: it threw, never returned, or took its worker down. It has no digest, no events and
 * no coverage; its sentence says what is known.
 */

import { emptyCoverage } from '../coverage/merge-coverage.js';
import type { Outcome, RunResult } from '../world/run.js';
import type { FailedRun, Placement } from './request.js';

/** One run of a campaign. */
export type RunName = Pick<RunResult, 'scenario' | 'seed' | 'placement'>;

export const withoutResult = ({ scenario, seed, placement }: RunName, outcome: Outcome): RunResult => ({
  scenario,
  seed,
  placement,
  digest: '',
  checkpoints: [],
  events: 0,
  ticks: 0,
  outcome,
  coverage: emptyCoverage(),
  story: [],
});

export function thrownRun(run: RunName, error: unknown): RunResult {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const place = /\(?((?:file:\/\/)?\/[^\s()]+:\d+:\d+)\)?/.exec(stack)?.[1] ?? 'an unknown place';
  const said = message.replace(/\s+/g, ' ').trim() || 'an error without a message';
  return withoutResult(run, {
    kind: 'failed',
    oracle: 'scenario',
    sentence: `expected ${run.scenario} to run, got an error (${said}), at ${place}`,
    signature: `scenario: threw: ${said.replace(/\d+/g, '#')}`,
    tick: 0,
  });
}

export function silentRun(scenario: string, seed: number, placement: Placement, watchdogMs: number): FailedRun {
  const wait = `${watchdogMs / 1_000} s of wall time in placement ${placement}`;
  return lostRun(scenario, seed, {
    kind: 'hung',
    oracle: 'hung',
    sentence: `expected ${scenario}:${seed} to end, got nothing for ${wait}: an engine or a scenario that never returns`,
    signature: 'hung: never returned',
    tick: 0,
  });
}

export const deadRun = (scenario: string, seed: number, placement: Placement, reason: string): FailedRun =>
  lostRun(scenario, seed, {
    kind: 'failed',
    oracle: 'invariant',
    sentence: `expected ${scenario}:${seed} to end, got a dead worker thread in placement ${placement} (${reason})`,
    signature: `invariant: worker died: ${reason.replace(/\d+/g, '#')}`,
    tick: 0,
  });

const lostRun = (scenario: string, seed: number, outcome: FailedRun['outcome']): FailedRun => ({
  scenario,
  seed,
  outcome,
  digest: '',
  events: 0,
  checkpoints: [],
  repeats: undefined,
});
