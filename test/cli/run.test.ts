// Owns `run`, `replay` and `list` as a user meets them: exit codes, documents, files, colour, pipes and signals.

import { readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import test from 'ava';

import { listSchema, recordSchema, replaySchema, runSchema } from '../../records/schema.js';
import { cutover } from './spawn.js';

const ESCAPE = '\u001b[';
const clean = { CUTOVER_TEST_REGISTRY: 'clean-registry' };

test('cli: run: all passed is exit 0, and one file', async (t) => {
  const { exitCode, stdout, stderr, files } = await cutover(t, ['run', 'steady', '--seeds', '30']);
  t.is(exitCode, 0);
  t.is(stderr, '');
  t.regex(stdout, /\nPASSED: 30 of 30 runs passed, 0 failed, 0 hung\n$/);
  t.deepEqual(files, ['cutover-results', 'cutover-results/run.json']);
});

test('cli: run: failures are exit 1, a sentence and a record each, and the record replays', async (t) => {
  const ended = await cutover(t, ['run', 'failing', 'throwing', '--seeds', '10', '--output-dir', 'out']);
  t.is(ended.exitCode, 1);
  t.regex(ended.stdout, /FAIL failing:3 {2}O1: expected block 3 to hold write 57/);
  t.true(ended.stdout.includes('cutover replay failing:3  (out/failing-3.json)'));
  t.deepEqual(ended.files, ['out', 'out/failing-3.json', 'out/failing-8.json', 'out/run.json', 'out/throwing-3.json']);

  const record = recordSchema.parse(JSON.parse(readFileSync(join(ended.folder, 'out/failing-3.json'), 'utf8')));
  t.is(record.checkpoints.length, 2);
  const again = await cutover(t, ['replay', 'out/failing-3.json', '--json'], { folder: ended.folder });
  t.is(again.exitCode, 1);
  t.is(replaySchema.parse(JSON.parse(again.stdout)).digest, record.digest);
  t.is(again.stderr, '');
});

test('cli: run: records of failures of the run before are gone, and nothing else', async (t) => {
  const first = await cutover(t, ['run', 'failing', 'throwing', '--seeds', '10', '--output-dir', 'out']);
  const { folder } = first;
  for (const name of ['mine.json', 'failing-4.json', 'failing-3.json.old'])
    writeFileSync(join(folder, 'out', name), '{}');
  const kept = ['out', 'out/failing-3.json.old', 'out/failing-4.json', 'out/mine.json', 'out/run.json'];
  const second = await cutover(t, ['run', 'failing', '--seed', '8', '--output-dir', 'out'], { folder });
  t.deepEqual(second.files, [...kept, 'out/failing-8.json'].sort());
  t.deepEqual((await cutover(t, ['run', 'steady', '--seeds', '3', '--output-dir', 'out'], { folder })).files, kept);

  // What it lists of another place is not of this folder.
  writeFileSync(join(folder, 'mine-1.json'), '{}');
  const path = join(folder, 'out/run.json');
  const record = runSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const failure = { scenario: '../mine', seed: 1, record: 'out/../mine-1.json' };
  const failed = { kind: 'failed', oracle: 'O1', sentence: 's', signature: '', digest: record.tool.engineDigest };
  const forged = { ...failed, ...failure, repeats: null, replay: 'r' };
  for (const text of [JSON.stringify(runSchema.parse({ ...record, failures: [forged] })), 'no run']) {
    writeFileSync(path, text);
    const { exitCode, files } = await cutover(t, ['run', 'steady', '--seeds', '3', '--output-dir', 'out'], { folder });
    t.is(exitCode, 0);
    t.deepEqual(files, ['mine-1.json', ...kept]);
  }
});

test('cli: run: --json is one document of the schema, whatever a run prints', async (t) => {
  const { exitCode, stdout } = await cutover(t, ['run', 'failing', 'chatty', '--seeds', '10', '-j', '2', '--json']);
  t.is(exitCode, 1);
  const record = runSchema.parse(JSON.parse(stdout));
  t.like(record.totals, { runs: 20, passed: 18, failed: 2, hung: 0, events: 6_000, crossChecked: 2 });
  t.is(record.failures[0]?.replay, 'cutover replay failing:3');
  t.deepEqual(record.gates, []);
  t.is(record.coverage.claims.A1.hits, 20);
  t.deepEqual(record.coverage.unseen.probes, ['commit.forced']);
  t.deepEqual(record.coverage.unseen.crashSteps.slice(0, 2), [
    'commit.target.flush during',
    'commit.target.flush after',
  ]);
});

test('cli: run: the whole suite must show every claim and hit every probe', async (t) => {
  const { exitCode, stdout } = await cutover(t, ['run', '--json'], { environment: clean });
  t.is(exitCode, 1);
  const { gates, totals } = runSchema.parse(JSON.parse(stdout));
  t.is(totals.failed + totals.hung, 0);
  t.is(gates.filter(({ gate }) => gate === 'claims').length, 21);
  t.deepEqual(
    gates.filter(({ gate }) => gate === 'probes').map(({ sentence }) => sentence),
    ['expected the rare path commit.forced to be taken, got no run that takes it, at any seed'],
  );
});

test('cli: run: a part of the suite is not held to the gates', async (t) => {
  for (const words of [
    ['-g', '.'],
    ['--seeds', '3'],
    ['steady', 'chatty'],
  ]) {
    const { exitCode } = await cutover(t, ['run', ...words], { environment: clean });
    t.is(exitCode, 0, words.join(' '));
  }
});

test('cli: run: placements that disagree are exit 3', async (t) => {
  const { exitCode, stdout } = await cutover(t, ['run', 'splitting', '--seeds', '2']);
  t.is(exitCode, 3);
  t.regex(stdout, /harness fault {2}expected one digest of splitting:1 in both placements/);
  t.regex(stdout, /\nHARNESS FAULT: 2 of 2 runs passed/);
});

test('cli: run: --bail stops, --seed runs one', async (t) => {
  const bailed = await cutover(t, ['run', 'failing', '--seeds', '50', '--bail=2', '--json']);
  t.is(runSchema.parse(JSON.parse(bailed.stdout)).totals.runs, 8);
  const one = await cutover(t, ['run', 'failing', '--seed', '9007199254740991', '--json']);
  t.like(runSchema.parse(JSON.parse(one.stdout)), { totals: { runs: 1 }, config: { seeds: { from: 2 ** 53 - 1 } } });
});

test('cli: run: -q says what failed and the verdict', async (t) => {
  const { stdout } = await cutover(t, ['run', 'steady', '--seeds', '3', '-q']);
  t.is(stdout, 'PASSED: 3 of 3 runs passed, 0 failed, 0 hung\n');
});

test('cli: colour: never into a pipe unless asked for', async (t) => {
  const words = ['run', 'failing', '--seeds', '5'];
  const expectations: [string[], Record<string, string>, boolean][] = [
    [[], {}, false],
    [[], { FORCE_COLOR: '1' }, true],
    [[], { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [['--no-color'], { FORCE_COLOR: '1' }, false],
    [['--color'], { NO_COLOR: '1' }, true],
  ];
  for (const [flags, environment, isColoured] of expectations) {
    const { stdout, stderr } = await cutover(t, [...words, ...flags], { environment });
    t.is(stdout.includes(ESCAPE), isColoured, JSON.stringify([flags, environment]));
    t.false(stderr.includes(ESCAPE));
  }
});

test('cli: pipes: a reader that goes away is no crash', async (t) => {
  const { exitCode, stderr } = await cutover(t, ['list'], { meet: (child) => child.stdout?.destroy() });
  t.is(stderr, '');
  t.is(exitCode, 0);
});

test('cli: signals: Ctrl-C keeps what was finished, exit 130', async (t) => {
  const ended = await cutover(t, ['run', 'steady', '--seeds', '900000000', '--json'], {
    // The folder is made once signals are watched for; one that comes earlier is answered by Node.
    meet: (child, folder) => {
      const watcher = watch(folder, () => {
        watcher.close();
        child.kill('SIGINT');
      });
    },
  });
  t.is(ended.exitCode, 130);
  t.is(runSchema.parse(JSON.parse(ended.stdout)).ended, 'interrupted');
  t.deepEqual(ended.files, ['cutover-results', 'cutover-results/run.json']);
});

test('cli: replay: tells the story, nodes in threads by default', async (t) => {
  const { exitCode, stdout, files } = await cutover(t, ['replay', 'steady:5']);
  t.is(exitCode, 0);
  t.snapshot(stdout);
  t.deepEqual(files, []);
});

test('cli: replay: --json is one document of the schema', async (t) => {
  for (const placement of ['inline', 'threads']) {
    const { exitCode, stdout } = await cutover(t, ['replay', 'failing:3', '--placement', placement, '--json']);
    t.is(exitCode, 1);
    t.like(replaySchema.parse(JSON.parse(stdout)), { scenario: 'failing', seed: 3, placement, events: 300 });
  }
});

test('cli: replay: a record with another digest is a note for other code, a harness fault for the same', async (t) => {
  const { folder } = await cutover(t, ['run', 'failing', '--seed', '3', '--output-dir', 'out']);
  const path = join(folder, 'out/failing-3.json');
  const record = recordSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  writeFileSync(path, JSON.stringify({ ...record, digest: 'feedfacefeedface' }));
  const same = await cutover(t, ['replay', path], { folder });
  t.is(same.exitCode, 3);
  t.regex(same.stderr, /^harness fault: expected digest feedfacefeedface of the record/);
  const tool = { ...record.tool, engineDigest: '0'.repeat(64) };
  writeFileSync(path, JSON.stringify({ ...record, digest: 'feedfacefeedface', tool }));
  const other = await cutover(t, ['replay', path], { folder });
  t.is(other.exitCode, 1);
  t.regex(other.stderr, /^note: .*: the code has changed since \(engineDigest\)\n$/);
});

test('cli: list: text and document name the same things', async (t) => {
  const [text, json] = await Promise.all([cutover(t, ['list']), cutover(t, ['list', '--json'])]);
  const list = listSchema.parse(JSON.parse(json.stdout));
  t.is(list.scenarios[0]?.name, 'steady');
  t.is(list.claims.length, 22);
  t.deepEqual(list.probes, ['write.waited-for-lock', 'commit.forced']);
  t.deepEqual(list.steps, ['commit.target.flush', 'commit.binding.write']);
  for (const name of [
    ...list.probes,
    ...list.steps,
    ...list.faults.map((fault) => fault.name),
    ...list.claims.map((claim) => claim.name),
  ]) {
    t.true(text.stdout.includes(name), name);
  }
  t.true(text.stdout.split('\n').every((line) => line.length <= 80));
});

test('cli: help and version are exit 0', async (t) => {
  const help = await cutover(t, ['run', '--help']);
  t.is(help.exitCode, 0);
  t.true(help.stdout.includes('--seeds <range>'));
  const version = await cutover(t, ['--version']);
  t.regex(version.stdout, /^\d+\.\d+\.\d+\n$/);
});
