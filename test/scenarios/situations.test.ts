/** Goal: whoever aims at named steps by situation leaves none out, and each situation is one that there is in some world. */

import test from 'ava';

import { STEPS } from '../../engine/contract/vocabulary.js';
import type { WorldPlan } from '../../scenarios/scenario.js';
import { drawSituations, SITUATIONS } from '../../scenarios/situations.js';
import { createDecisions } from '../../sim/determinism/decisions.js';

const base = { blocks: 16, regionBlocks: 2 };
const WORLDS: readonly WorldPlan[] = [
  { ...base, mode: 'cluster', nodes: 2 },
  { ...base, mode: 'standalone', nodes: 1 },
  { ...base, mode: 'standalone', nodes: 1, dirtyLog: true },
];

test('scenarios: situations: every named step is in one', (t) => {
  const steps = new Set(SITUATIONS.flatMap((situation) => situation.steps));
  t.deepEqual(
    STEPS.filter((step) => !steps.has(step)),
    [],
  );
});

test('scenarios: situations: each is in some world; a draw gives those of its world, none twice', (t) => {
  const choose = createDecisions('situations', 1).stream('test');
  const drawn = WORLDS.map((world) => drawSituations(choose, world, SITUATIONS, SITUATIONS.length));
  t.true(SITUATIONS.every((situation) => drawn.flat().includes(situation)));
  drawn.forEach((situations, index) => {
    t.is(new Set(situations).size, situations.length);
    t.true(situations.every(({ isIn }) => isIn?.(WORLDS[index]!) ?? true));
  });
});
