// Owns a run without a world: what a campaign must cope with, by the name of the scenario. It stands where `sim/world/run-seed` does.

import { createHash } from 'node:crypto';

import type { Outcome, RunRequest, RunResult } from '../../../sim/world/run.js';

/** Outlives a run on purpose: the nondeterminism that a campaign must notice. */
let runsCount = 0;

const hexOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

const failed = (seed: number): Outcome => ({
  kind: 'failed',
  oracle: 'O1',
  sentence: `expected block ${seed} to hold write 57, got write 41: acknowledged and lost`,
  signature: 'O1: acknowledged write lost',
  tick: 1_234,
});

function outcomeOf({ scenario, seed }: RunRequest): Outcome {
  if (scenario === 'failing' && seed % 5 === 3) return failed(seed);
  if (scenario === 'always-failing' || scenario === 'flaky') return failed(seed);
  if (scenario === 'hanging' && seed === 2) {
    return {
      kind: 'hung',
      oracle: 'hung',
      sentence: 'expected an end, got none: node 1 waits',
      signature: 'hung',
      tick: 9,
    };
  }
  return { kind: 'passed', states: [seed % 3 === 0 ? 'setup' : 'committed'] };
}

function misbehave({ scenario, seed }: RunRequest): void {
  if (scenario === 'spinning' && seed % 8 === 4) for (;;);
  if (scenario === 'dying' && seed === 2) process.exit(7);
  if (scenario === 'throwing' && seed === 3) throw new Error(`no such disk: ${seed}`);
  if (scenario === 'chatty') console.log('noise');
}

export async function runSeed(request: RunRequest): Promise<RunResult> {
  await Promise.resolve();
  misbehave(request);
  runsCount += 1;
  const { scenario, seed, placement } = request;
  const salt = scenario === 'flaky' ? runsCount : scenario === 'splitting' ? placement : '';
  const digestAt = (events: number): string => hexOf(`${scenario} ${seed} ${events > 128 ? salt : ''} ${events}`);
  const outcome = outcomeOf(request);
  return {
    scenario,
    seed,
    placement,
    digest: digestAt(300),
    checkpoints: [128, 256].map((events) => [events, digestAt(events)]),
    events: 300,
    ticks: 1_000 * seed,
    outcome,
    coverage: {
      claims: { A1: 1 },
      transitions: { 'none>setup:command': 1 },
      stateEvents: { 'none:command': 2 },
      refusals: seed % 2 === 0 ? { 'commit:busy': 1 } : {},
      faults: { crash: { armed: 2, fired: seed % 2 } },
      crashSteps: [{ step: 'commit.target.flush', position: 'before', inRecovery: seed % 2 === 0, hits: 1 }],
      steps: { 'commit.target.flush': 1 },
      stepHits: { 'commit.target.flush pause': 1 },
      probes: { 'write.waited-for-lock': 1 },
      lies: {},
    },
    story:
      request.story === true
        ? [
            { event: 1, tick: 0, who: 'node 1', what: 'boots' },
            { event: 9, tick: 1_234_567, who: 'target of disk 0', what: 'fails write 57' },
          ]
        : [],
  };
}
