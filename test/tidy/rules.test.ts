// Owns the proof that each rule can fail: a doctored text in, the finding with its line out; and that prose, strings
// and the allowed forms pass.

import test from 'ava';

import { print, type Source } from './findings.js';
import { importFindings, libraryFindings } from './imports.js';
import * as rules from './rules.js';

const source = (path: string, ...lines: string[]): Source => ({ path, text: `${lines.join('\n')}\n` });
const linesOf = (findings: readonly { readonly line: number }[]): number[] => findings.map(({ line }) => line);

test('tidy: imports: each broken row is found', (t) => {
  const broken: [path: string, line: string][] = [
    ['engine/step.ts', "import { run } from '../sim/run.js';"],
    ['engine/step.ts', "import type { Run } from '../sim/run.js';"],
    ['engine/step.ts', "import { readFileSync } from 'node:fs';"],
    ['engine/step.ts', "import { z } from 'zod';"],
    ['engine/deep/step.ts', "export * from '../../records/run.js';"],
    ['records/run.ts', "import type { State } from '../engine/state.js';"],
    ['scenarios/steady.ts', "import { State } from '../engine/state.js';"],
    ['scenarios/steady.ts', "import { type State } from '../engine/state.js';"],
    ['sim/world.ts', "const engine = await import('../engine/index.js');"],
    ['sim/world.ts', "const worker = new URL('../cli/worker.js', import.meta.url);"],
    ['reports/html.ts', "import { run } from '../sim/run.js';"],
    ['cli/main.ts', "import { viewsOf } from '../test/tidy/views.js';"],
    ['bench/loop.ts', "import '../cli/main.js';"],
    ['cli/main.ts', "import manifest from '../package.json';"],
  ];
  for (const [path, line] of broken) t.deepEqual(linesOf(importFindings(source(path, '// Opens.', line))), [2], line);
});

test('tidy: imports: what the table names passes, and so does an import in prose', (t) => {
  const allowed: [path: string, line: string][] = [
    ['engine/step.ts', "import { assert } from './assert.js';"],
    ['sim/world.ts', "import type { State } from '../engine/state.js';"],
    ['sim/world.ts', "type Engine = typeof import('../engine/index.js');"],
    ['sim/world.ts', "import { readFileSync } from 'node:fs';"],
    ['sim/node.ts', "const worker = new URL('./worker.js', import.meta.url);"],
    ['test/cli/main.test.ts', "import { main } from '../../cli/main.js';"],
    ['engine/step.ts', "// import { run } from '../sim/run.js';"],
    ['engine/step.ts', 'const text = "import { run } from \'../sim/run.js\'";'],
  ];
  for (const [path, line] of allowed) t.deepEqual(importFindings(source(path, line)), [], line);
});

test('tidy: imports: a finding prints as path, line and sentence', (t) => {
  const multiline = source('engine/step.ts', '// Opens.', 'import {', '  run,', "} from '../sim/run.js';");
  t.deepEqual(importFindings(multiline).map(print), [
    "engine/step.ts:2: expected engine not to import sim, got '../sim/run.js'",
  ]);
});

test('tidy: libraries: the second importer is found, a test is not counted', (t) => {
  const first = source('sim/streams.ts', "import seedrandom from 'seedrandom';");
  const second = source('sim/other.ts', '', "import { alea } from 'seedrandom/lib/alea.js';");
  const tested = source('test/sim/streams.test.ts', "import seedrandom from 'seedrandom';");
  t.deepEqual(libraryFindings([first, tested]), []);
  t.deepEqual(libraryFindings([first, second, tested]).map(print), [
    'sim/other.ts:2: expected one importer of seedrandom (sim/streams.ts), got another',
  ]);
});

test('tidy: engine: each ban is found in code, in a template too, and only in the engine', (t) => {
  const banned = [
    'const now = Date.now();',
    'const draw = Math.random();',
    'setTimeout(step, 1);',
    'queueMicrotask(step);',
    'export async function step() {}',
    'type Later = Promise<void>;',
    'const at = performance.now();',
    'const seen = new Map<number, string>();',
    'const seen = new Set();',
    'export class Engine {}',
    'let turnsCount = 0;',
    'export let state: State;',
    'const text = `at ${Date.now()}`;',
  ];
  for (const line of banned) {
    t.deepEqual(linesOf(rules.engineFindings(source('engine/step.ts', '', line))), [2], line);
    t.deepEqual(rules.engineFindings(source('cli/step.ts', '', line)), [], line);
  }
});

test('tidy: engine: prose, strings and local variables pass', (t) => {
  const allowed = [
    '// A Date, a Promise or new Map() in prose is no code; nor is a class here.',
    '/* let\nlet it be */',
    "const text = 'await the Date';",
    'const text = `await the Date`;',
    'const words = /Date|Promise/;',
    'function step() {\n  let count = 0;\n  return count;\n}',
    'const kind = node.class;',
  ];
  for (const line of allowed) t.deepEqual(rules.engineFindings(source('engine/step.ts', line)), [], line);
});

test('tidy: sim: host time and chance are found, names in strings and the allow-list pass', (t) => {
  const lines = ['Math.random();', 'Date.now();', 'new Date();', 'performance.now();', "guard('Date.now');"];
  t.deepEqual(
    linesOf(rules.simFindings(source('sim/world.ts', ...lines))).toSorted((a, b) => a - b),
    [1, 2, 3, 4],
  );
  t.deepEqual(rules.simFindings(source('sim/campaign/clock.ts', ...lines)), []);
});

test('tidy: tests: only, skip and todo are found', (t) => {
  const lines = ['test.only(title, run);', 'test.serial.skip(title, run);', 'test.todo(title);', "say('.only(');"];
  t.deepEqual(linesOf(rules.skippedTestFindings(source('test/a.test.ts', ...lines))), [1, 2, 3]);
});

test('tidy: todo: a bare one is found, one with its reason passes', (t) => {
  const lines = [
    '// TODO',
    '// TODO later',
    '// TODO: ',
    '// TODO (issue 3): paths',
    '// TODO: paths come later',
    "'TODO'",
  ];
  t.deepEqual(linesOf(rules.todoFindings(source('sim/world.ts', ...lines))), [1, 2, 3]);
});

test('tidy: opening: code first or a mere label is found', (t) => {
  const opens = '// Owns the world: nodes, devices, clock.';
  t.deepEqual(linesOf(rules.openingFindings(source('sim/world.ts', 'const a = 1;', opens))), [1]);
  t.deepEqual(linesOf(rules.openingFindings(source('sim/world.ts', '// The world.', 'const a = 1;'))), [1]);
  t.deepEqual(rules.openingFindings(source('sim/world.ts', opens, 'const a = 1;')), []);
  t.deepEqual(rules.openingFindings(source('cli/main.ts', '#!/usr/bin/env node', opens)), []);
  t.deepEqual(rules.openingFindings(source('test/mutants/bugs/copy/P28.ts', 'const a = 1;')), []);
  t.deepEqual(rules.openingFindings(source('sim/world.ts', '/**', ' * Owns the world and its clock.', ' */')), []);
});

test('tidy: length: the bound itself passes, one line more is found', (t) => {
  t.deepEqual(rules.lengthFindings(source('sim/world.ts', ...Array<string>(400).fill('//'))), []);
  t.deepEqual(linesOf(rules.lengthFindings(source('sim/world.ts', ...Array<string>(401).fill('//')))), [401]);
});

test('tidy: names: an empty name is found in a file, a folder and a compound', (t) => {
  for (const path of ['sim/utils.ts', 'sim/common/a.ts', 'sim/test-helpers.ts', 'cli/misc.ts', 'sim/node-manager.ts']) {
    t.is(rules.nameFindings(path).length, 1, path);
  }
  t.deepEqual(rules.nameFindings('sim/commonplace/utilisation.ts'), []);
});

test('tidy: folders: the bound itself passes, one file more is found; sub-folders count apart', (t) => {
  const paths = Array.from({ length: 14 }, (_, index) => `sim/file${index}.ts`);
  t.deepEqual(rules.folderFindings([...paths, 'sim/disk/plane.ts']), []);
  t.deepEqual(rules.folderFindings([...paths, 'sim/one-more.ts']).map(print), [
    'sim/:1: expected at most 14 files in a folder, got 15: make sub-folders',
  ]);
});

test('tidy: stale: a compiled file without a source is found', (t) => {
  const found = rules.staleFindings(['sim/world.js', 'sim/world.js.map', 'sim/gone.js'], ['sim/world.ts']);
  t.deepEqual(
    found.map(({ path }) => path),
    ['dist/sim/gone.js'],
  );
});
