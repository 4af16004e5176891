/**
 * Owns the replay of runs that once failed, or hung, and were mended. They are judged by verdict: a digest changes with every change of the
 * engine or a scenario. A find whose schedule has gone with such a change has a test of its own beside what was mended.
 */

import { readFileSync } from 'node:fs';

import test from 'ava';

import { builtInModules } from '../../cli/modules.js';
import { closeWorlds, runSeed } from '../../sim/world/run-seed.js';

interface Find {
  scenario: string;
  seed: number;
  found: string;
}

const source = new URL('../../../test/regressions/found.json', import.meta.url);
const finds = JSON.parse(readFileSync(source, 'utf8')) as Find[];

test.after.always(closeWorlds);

for (const { scenario, seed, found } of finds) {
  test.serial(`regressions: ${scenario}:${seed}: ${found}`, async (t) => {
    const { outcome } = await runSeed({ ...builtInModules, scenario, seed, placement: 'inline' });
    t.is(outcome.kind, 'passed', 'sentence' in outcome ? outcome.sentence : '');
  });
}
