// Owns the answer to bad input: exit code 2, one sentence on standard error, nothing on standard output, nothing written.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import test from 'ava';

import { cutover, emptyFolder, realMain } from './spawn.js';

const cases: Record<string, [words: string[], sentence: RegExp]> = {
  'no command': [[], /^expected a command \(run, replay, mutants, list\), got none, at the first argument/],
  'unknown command': [['rnu'], /^expected a command .*, got 'rnu', at .*: did you mean run\?$/],
  'unknown scenario': [
    ['run', 'failling'],
    /^expected the name of a scenario, got 'failling', at the arguments: did you mean failing\?$/,
  ],
  'unknown scenario among known ones': [
    ['run', 'steady', 'xyzzyx'],
    /got 'xyzzyx', at the arguments: see 'cutover list'$/,
  ],
  'seed that is no number': [['run', '--seed', 'x'], /^expected a seed .*, got 'x', at --seed$/],
  'seed with a fraction': [['run', '--seed', '1.5'], /got '1\.5', at --seed$/],
  'negative seed': [['run', '--seed=-1'], /got '-1', at --seed$/],
  'seed of 2^53': [
    ['run', '--seed', '9007199254740992'],
    /from 0 to 9007199254740991\), got '9007199254740992', at --seed$/,
  ],
  'seeds that are no range': [['run', '--seeds', '1..2..3'], /^expected N or A\.\.B, got '1\.\.2\.\.3', at --seeds$/],
  'seeds with an open end': [['run', '--seeds', '4..'], /^expected a seed .*, got '', at --seeds$/],
  'seeds backwards': [['run', '--seeds', '5..2'], /^expected at least one seed, got '5\.\.2', at --seeds$/],
  'no seeds': [['run', '--seeds', '0'], /^expected at least one seed, got '0', at --seeds$/],
  'seed with seeds': [
    ['run', '--seed', '1', '--seeds', '2'],
    /^expected --seed or --seeds, got both, at the arguments/,
  ],
  'unknown flag': [
    ['run', '--sed', '1'],
    /^expected a known flag, got '--sed', at the arguments: did you mean --seeds?\?$/,
  ],
  'flag without its value': [['run', '--seeds'], /^expected a value, got none, at '--seeds <range>'$/],
  'no workers': [['run', '-j', '0'], /^expected a whole number from 1 to 256, got '0', at --workers$/],
  'workers that are no number': [['run', '-j', 'two'], /got 'two', at --workers$/],
  'unknown placement': [['run', '--placement', 'moon'], /^expected 'inline' or 'threads', got 'moon', at --placement$/],
  'bail that is no number': [['run', '--bail', 'steady'], /^expected a whole number .*, got 'steady', at --bail/],
  'output folder without a name': [
    ['run', '--output-dir', ''],
    /^expected the path of a folder, got '', at --output-dir$/,
  ],
  'a name that would colour the terminal': [['run', '\u001b[31mred'], /got ' \[31mred', at the arguments/],
  'pattern that matches nothing': [
    ['run', '-g', 'nothing'],
    /^expected a pattern that matches a scenario, got 'nothing', at --grep$/,
  ],
  'pattern that is none': [['run', '-g', '('], /^expected a regular expression, got '\(', at --grep$/],
  'mutants outside of a checkout': [
    ['mutants'],
    /^expected a checkout with the engine's sources .*, got none, at file:/,
  ],
  'mutants without a seed': [['mutants', '--seeds', '0'], /^expected a whole number from 1 .*, got '0', at --seeds$/],
  'replay of nothing': [['replay'], /^expected an argument <run>, got none/],
  'replay of two': [['replay', 'steady:1', 'steady:2'], /^expected 1 argument, got 2, at 'replay'/],
  'replay of a scenario without a seed': [
    ['replay', 'steady'],
    /^expected a record \(a file\) or scenario:seed, got 'steady'/,
  ],
  'replay of a seed that is no number': [['replay', 'steady:x'], /^expected a seed .*, got 'x', at 'steady:x'$/],
  'replay of an unknown scenario': [['replay', 'stedy:1'], /got 'stedy', at the arguments: did you mean steady\?$/],
  'replay of a missing record': [
    ['replay', 'no/such.json'],
    /^expected a record that can be read, got no such file or folder \(ENOENT\), at no\/such\.json$/,
  ],
};

for (const [title, [words, sentence]] of Object.entries(cases)) {
  test(`cli: bad input: ${title}`, async (t) => {
    const { exitCode, stdout, stderr, files } = await cutover(t, words);
    t.is(exitCode, 2);
    t.is(stdout, '');
    t.regex(stderr.trimEnd(), sentence);
    t.is(stderr.trimEnd().split('\n').length, 1);
    t.deepEqual(files, []);
  });
}

const records: Record<string, [content: string, sentence: RegExp]> = {
  'no JSON': ['{', /^expected a record in JSON, got text that is none \(.*\), at record\.json$/],
  'no text': ['\u001b[31m\u0000\n\n', /^expected a record in JSON, got text that is none \([ -~]*\), at record\.json$/],
  'another document': [
    '{"schema":"cutover.run/1"}',
    /^expected "cutover\.record\/1", got "cutover\.run\/1", at record\.json#\/schema$/,
  ],
  'a field of another type': [
    '{"schema":"cutover.record/1","scenario":"steady","seed":"7"}',
    /^expected a value of type \w+, got "7", at record\.json#\/seed$/,
  ],
  'a field that is missing': [
    '{"schema":"cutover.record/1","scenario":"steady"}',
    /^expected a value of type \w+, got nothing, at record\.json#\/seed$/,
  ],
};

for (const [title, [content, sentence]] of Object.entries(records)) {
  test(`cli: bad input: malformed record: ${title}`, async (t) => {
    const folder = emptyFolder(t);
    writeFileSync(join(folder, 'record.json'), content);
    const { exitCode, stderr, files } = await cutover(t, ['replay', 'record.json'], { folder });
    t.is(exitCode, 2);
    t.regex(stderr.trimEnd(), sentence);
    t.deepEqual(files, ['record.json']);
  });
}

test('cli: bad input: output folder that is a file', async (t) => {
  const folder = emptyFolder(t);
  writeFileSync(join(folder, 'taken'), '');
  for (const path of ['taken', 'taken/below']) {
    const { exitCode, stdout, stderr, files } = await cutover(t, ['run', '--output-dir', path], { folder });
    t.is(exitCode, 2);
    t.is(stdout, '');
    t.regex(
      stderr,
      new RegExp(
        `^expected an output folder that can be written, got a file in the way \\(E(EXIST|NOTDIR)\\), at ${path}\n$`,
      ),
    );
    t.deepEqual(files, ['taken']);
  }
});

test('cli: bad input: the compiled bin answers like the program under test', async (t) => {
  const { exitCode, stderr, files } = await cutover(t, ['run', '--seed', 'x'], { main: realMain });
  t.is(exitCode, 2);
  t.regex(stderr, /^expected a seed .*, got 'x', at --seed\n$/);
  t.deepEqual(files, []);
});
