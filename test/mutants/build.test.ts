/** Owns the proof that every planted bug applies, compiles and changes the engine, and that one that does not fails loudly. */

import test from 'ava';

import { openWorkshop, type Workshop } from '../../sim/mutants/build-engines.js';
import { loadBugs } from '../../sim/mutants/load-bugs.js';

const root = new URL('../../../', import.meta.url);
let workshop: Workshop;

test.before(async () => {
  workshop = await openWorkshop(root);
});
test.after.always(() => workshop.close());

test.serial('mutants: building: every planted bug applies, compiles and changes the code', async (t) => {
  const bugs = await loadBugs(new URL('./bugs/', import.meta.url));
  t.is((await workshop.build(bugs)).size, bugs.length);
});

const file = 'engine/control/handle.ts';
const broken: [title: string, find: string, replace: string, message: RegExp][] = [
  [
    'does not apply',
    'no such text',
    '',
    /^expected one place to plant bug B1, got 0, at engine\/control\/handle\.ts: 'no such text'$/,
  ],
  ['applies twice', 'import type', 'import', /^expected one place to plant bug B1, got [2-9], /],
  [
    'does not compile',
    'advance(state, out);',
    'retreat(state, out);',
    /^expected bug B1 to compile, got .*handle\.ts\(\d+,\d+\): error TS/,
  ],
  [
    'changes nothing',
    'advance(state, out);',
    'advance(state, out); // at last',
    /^expected bug B1 to change the engine's code/,
  ],
];
for (const [title, find, replace, message] of broken) {
  test.serial(`mutants: building: a bug that ${title} fails loudly`, async (t) => {
    await t.throwsAsync(workshop.build([{ id: 'B1', edits: [{ file, find, replace }] }]), { message });
  });
}

test.serial('mutants: building: a bug in a file that the engine does not have fails loudly', async (t) => {
  const edits = [{ file: 'engine/gone.ts', find: 'a', replace: 'b' }];
  await t.throwsAsync(workshop.build([{ id: 'B1', edits }]), {
    message: /^expected a source file of the engine, got none/,
  });
});
