// Owns the verdict on this repository: every rule of the house on every source file, failing with file and line.

import test, { type ExecutionContext } from 'ava';

import { type Finding, print } from './findings.js';
import { libraryFindings } from './imports.js';
import { fileRules, folderFindings, staleFindings } from './rules.js';
import { listCompiled, readSources } from './tree.js';

const sources = readSources();
const paths = sources.map(({ path }) => path);

const expectNone = (t: ExecutionContext, findings: readonly Finding[]): void => {
  if (findings.length === 0) t.pass();
  else t.fail(`\n${findings.map(print).join('\n')}`);
};

test('tidy: the walk sees this file', (t) => {
  t.true(paths.includes('test/tidy/tidy.test.ts'));
});

for (const [title, rule] of Object.entries(fileRules)) {
  test(`tidy: ${title}`, (t) => expectNone(t, sources.flatMap(rule)));
}

test('tidy: a library has one importer', (t) => expectNone(t, libraryFindings(sources)));

test('tidy: a folder does not overflow', (t) => expectNone(t, folderFindings(paths)));

test('tidy: nothing compiled outlives its source', (t) => expectNone(t, staleFindings(listCompiled(), paths)));
