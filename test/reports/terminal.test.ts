// Owns the look of the terminal reports: snapshots of one fixed run, and what must hold for any: 80 columns, one screen, no colour
// unless asked for.

import test from 'ava';

import type { RunRecord } from '../../records/schema.js';
import { mayColour, paletteFor } from '../../reports/colour.js';
import { progressLine } from '../../reports/terminal/progress.js';
import { storyText } from '../../reports/terminal/story.js';
import { summaryText } from '../../reports/terminal/summary.js';
import { grouped, rounded, span, wrapped } from '../../reports/terminal/words.js';
import { fixedRun } from './fixed-run.js';

const plain = paletteFor({ flag: false, environment: {}, isTerminal: true });
const coloured = paletteFor({ flag: true, environment: {}, isTerminal: false });
// oxlint-disable-next-line no-control-regex -- the escape is what is looked for
const withoutColour = (text: string): string => text.replace(/\u001b\[\d+m/g, '');

const held: RunRecord = {
  ...fixedRun,
  totals: { ...fixedRun.totals, passed: 1_500, failed: 0, hung: 0 },
  gates: [],
  failures: [],
};

test('reports: summary: of a run that failed', (t) => {
  t.snapshot(summaryText(fixedRun, plain));
});

test('reports: summary: with tables', (t) => {
  t.snapshot(summaryText(fixedRun, plain, 'verbose'));
});

test('reports: summary: quiet', (t) => {
  t.snapshot(summaryText(fixedRun, plain, 'quiet'));
  t.is(summaryText(held, plain, 'quiet'), 'PASSED: 1,500 of 1,500 runs passed, 0 failed, 0 hung\n');
});

test('reports: summary: no line is longer than 80 columns', (t) => {
  for (const detail of ['quiet', 'normal', 'verbose'] as const) {
    const long = summaryText(fixedRun, plain, detail)
      .split('\n')
      .filter((line) => line.length > 80);
    t.deepEqual(long, []);
  }
});

test('reports: summary: sixteen scenarios that passed fit a screen of 40 lines', (t) => {
  const scenarios = Array.from({ length: 16 }, () => fixedRun.scenarios.slice(0, 1)).flat();
  t.true(summaryText({ ...held, scenarios }, plain).split('\n').length <= 40);
});

test('reports: summary: a thousand failures and fifty gates do not drown the rest', (t) => {
  const [failure] = fixedRun.failures;
  if (failure === undefined) throw new Error('expected a failure in the fixed run, got none');
  const failures = Array.from({ length: 1_000 }, (_, index) => ({ ...failure, signature: `kind ${index % 10}` }));
  const gates = Array.from({ length: 50 }, () => fixedRun.gates).flat();
  const text = summaryText({ ...fixedRun, failures, gates }, plain);
  t.true(text.split('\n').length <= 60);
  t.regex(text, /and 45 more gates/);
  t.is(text.match(/^FAIL /gm)?.length, 4);
  t.regex(text, /and 600 more failures \(O1 1,000 in all/);
});

test('reports: summary: the verdict names what was decisive', (t) => {
  const lastLine = (run: RunRecord): string => summaryText(run, plain).trimEnd().split('\n').at(-1) ?? '';
  t.regex(lastLine(held), /^PASSED: 1,500 of 1,500/);
  t.regex(
    lastLine({ ...held, ended: 'interrupted' }),
    /^UNFINISHED after 1,500 of 1,500 runs, interrupted: 1,500 passed, 0 failed, 0 hung$/,
  );
  t.regex(lastLine({ ...held, gates: fixedRun.gates }), /^FAILED: .*, 1 gate failed$/);
  t.regex(
    lastLine({ ...fixedRun, ended: 'bail' }),
    /^FAILED after 1,500 of 1,500 runs, stopped by --bail: .* passed, .* failed, .* hung/,
  );
  const harnessFaults = [
    { scenario: 'commit-crash', seed: 7, kind: 'repeat' as const, sentence: 'expected one digest' },
  ];
  t.regex(lastLine({ ...held, harnessFaults }), /^HARNESS FAULT: /);
});

test('reports: summary: several end states are counted, and a sentence in several lines is one', (t) => {
  const [first] = fixedRun.scenarios;
  const [failure] = fixedRun.failures;
  if (first === undefined || failure === undefined)
    throw new Error('expected a fixed run with something of everything');
  const ends = [
    { state: 'committed', runs: 199 },
    { state: 'none', runs: 1 },
  ];
  const failures = [{ ...failure, sentence: 'expected no error, got Error: first\n  second' }];
  const text = summaryText({ ...fixedRun, scenarios: [{ ...first, ends }], failures }, plain);
  t.regex(text, /committed 199, none 1\n/);
  t.regex(text, /got Error: first second\n/);
});

test('reports: colour: says nothing that the words do not', (t) => {
  const text = summaryText(fixedRun, coloured, 'verbose');
  t.not(text, withoutColour(text));
  t.is(withoutColour(text), summaryText(fixedRun, plain, 'verbose'));
});

test('reports: colour: a flag, then NO_COLOR, then FORCE_COLOR, then the terminal', (t) => {
  const may = (flag: boolean | undefined, environment: Record<string, string>, isTerminal: boolean): boolean =>
    mayColour({ flag, environment, isTerminal });
  t.true(may(undefined, {}, true));
  t.false(may(undefined, {}, false));
  t.false(may(undefined, { TERM: 'dumb' }, true));
  t.true(may(undefined, { FORCE_COLOR: '1' }, false));
  t.false(may(undefined, { FORCE_COLOR: '0' }, true));
  t.false(may(undefined, { NO_COLOR: '1', FORCE_COLOR: '1' }, true));
  t.true(may(undefined, { NO_COLOR: '' }, true));
  t.true(may(true, { NO_COLOR: '1' }, false));
  t.false(may(false, { FORCE_COLOR: '1' }, true));
});

test('reports: story: columns, and the verdict', (t) => {
  const replay = {
    schema: 'cutover.replay/1' as const,
    scenario: 'commit-crash',
    seed: 7,
    placement: 'threads' as const,
    digest: '0123456789abcdef',
    events: 1_234,
    outcome: {
      kind: 'failed' as const,
      oracle: 'O1',
      sentence: 'expected write 57, got 41',
      signature: 's',
      tick: 8_200,
    },
  };
  const told = [
    { event: 1, tick: 0, who: 'node 1', what: 'boots' },
    { event: 40, tick: 12_345_678, who: 'target of disk 0', what: 'fails write 57' },
    { event: 41, tick: 12_345_679, who: 'shared metadata device of disk 0', what: 'loses power' },
  ];
  t.snapshot(storyText(replay, told, plain));
  t.false(storyText(replay, [], plain).includes('who'));
  const verdict = { event: 42, tick: 12_345_680, who: 'verdict', what: 'expected write 57, got 41' };
  t.is(storyText(replay, [...told, verdict], plain), storyText(replay, told, plain));
});

test('reports: progress: at the start, on the way and at the end', (t) => {
  const at = (runsDoneCount: number, failuresCount: number): string =>
    progressLine({ runsDoneCount, runsCount: 1_600, failuresCount, wallSeconds: 10 }, plain);
  t.snapshot([at(0, 0), at(400, 0), at(1_200, 1), at(1_600, 12)]);
});

test('reports: words: numbers, spans and breaks', (t) => {
  t.deepEqual([0, 999, 1_000, 1_234_567].map(grouped), ['0', '999', '1,000', '1,234,567']);
  t.deepEqual([0, 1.25, 999, 9_999, 12_345, 1_234_567, 2e9].map(rounded), [
    '0',
    '1.3',
    '999',
    '9,999',
    '12.3 k',
    '1.23 M',
    '2.00 G',
  ]);
  t.deepEqual([0, 0.0213, 1.25, 90, 5_400, 172_800].map(span), [
    '0.0 s',
    '22 ms',
    '1.3 s',
    '1.5 min',
    '1.5 h',
    '2.0 days',
  ]);
  t.deepEqual(wrapped('a bb ccc dddd', 6, '  '), ['a bb', '  ccc', '  dddd']);
  t.deepEqual(wrapped('', 6), ['']);
});
