/** Owns the proof that `rules.md` is whole: each bug that it names is planted, each planted bug is named, each rule has a bug or says why not. */

import { readFileSync } from 'node:fs';

import test from 'ava';

import { builtInModules } from '../../cli/modules.js';
import { loadBugs } from '../../sim/mutants/load-bugs.js';

const ids = (await loadBugs(new URL(builtInModules.bugsUrl))).map(({ id }) => id);

/** Rule and guards of each row; heads and rulers of tables left out. */
const rows = readFileSync(new URL('test/mutants/rules.md', builtInModules.rootUrl), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && line !== '| rule | broken by |')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, rule = '', guards = '']) => ({ rule, guards }));

const named = rows.flatMap(({ guards }) => (guards.startsWith('none: ') ? [] : guards.split(' ')));

test('mutants: rules: every rule names planted bugs, or says why it has none', (t) => {
  t.true(rows.length > 0);
  for (const { rule, guards } of rows) t.regex(guards, /^(none: .+|[A-Z]\d{2,3}( [A-Z]\d{2,3})*)$/, rule);
  t.deepEqual(
    named.filter((id) => !ids.includes(id)),
    [],
  );
});

test('mutants: rules: every planted bug breaks a rule of the table', (t) => {
  t.deepEqual(
    ids.filter((id) => !named.includes(id)),
    [],
  );
});
