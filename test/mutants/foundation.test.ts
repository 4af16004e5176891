/** Owns the proof that the suite catches what it is for: each planted bug dies, the engine as it is does not. */

import test from 'ava';

import { builtInModules } from '../../cli/modules.js';
import { closeWorlds, runSeed } from '../../sim/world/run-seed.js';
import type { RunResult } from '../../sim/world/run.js';
import { FOUNDATION_MUTANTS } from './foundation.js';
import { plant } from './mutant.js';

const SEEDS_MAX = 500;

test.after.always(closeWorlds);

/** The first failing run within the first seeds of the scenarios, seed by seed. */
async function firstFailure(
  engineUrl: string,
  scenarios: readonly string[],
  seedsMax: number,
): Promise<RunResult | undefined> {
  for (let seed = 1; seed <= seedsMax; seed += 1) {
    for (const scenario of scenarios) {
      const result = await runSeed({ ...builtInModules, engineUrl, scenario, seed, placement: 'inline' });
      if (result.outcome.kind !== 'passed') return result;
    }
  }
  return undefined;
}

for (const mutant of FOUNDATION_MUTANTS) {
  test.serial(`mutants: foundation: ${mutant.title}`, async (t) => {
    const failure = await firstFailure(plant(mutant), mutant.scenarios, SEEDS_MAX);
    t.truthy(failure, `survived ${SEEDS_MAX} seeds of ${mutant.scenarios.join(', ')}`);
    const { outcome } = failure!;
    if (outcome.kind === 'passed') return;
    t.log(`${failure!.scenario}:${failure!.seed} ${outcome.oracle}: ${outcome.sentence}`);
    // An invariant that breaks inside the engine is no achievement of the oracles.
    t.regex(outcome.oracle, /^O\d+$/);
  });
}

test.serial('mutants: foundation: the engine as it is survives the same way', async (t) => {
  const unchanged = plant({
    title: 'no change',
    file: 'index',
    find: 'export const vocabulary',
    replace: 'export const vocabulary',
    scenarios: [],
  });
  const scenarios = [...new Set(FOUNDATION_MUTANTS.flatMap((mutant) => mutant.scenarios))];
  t.is(await firstFailure(unchanged, scenarios, 20), undefined);
});

test('mutants: planting: a bug that does not apply fails loudly', (t) => {
  const gone = { title: 'gone', file: 'index', find: 'no such text', replace: '', scenarios: [] };
  t.throws(() => plant(gone), { message: /expected one place to plant "gone", got 0/ });
});
