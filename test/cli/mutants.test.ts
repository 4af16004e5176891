// Owns `cutover mutants` as a user meets it: the document, the text at 80 columns, exit codes, the choice of bugs.

import test from 'ava';

import { mutantsSchema, type MutantsRecord } from '../../records/schema.js';
import { paletteFor } from '../../reports/colour.js';
import { mutantsText } from '../../reports/terminal/mutants-text.js';
import { cutover, realMain } from './spawn.js';

test('cli: mutants: --json is one document of the schema, exit 0 when all are killed', async (t) => {
  const { exitCode, stdout, files } = await cutover(t, ['mutants', '--only', 'P33,P01', '--json'], { main: realMain });
  t.is(exitCode, 0);
  const record = mutantsSchema.parse(JSON.parse(stdout));
  t.is(record.planted, 2);
  t.is(record.killed, 2);
  t.deepEqual(record.survived, []);
  t.deepEqual(
    record.mutants.map(({ id, killedBy }) => [id, killedBy?.oracle]),
    [
      ['P01', 'O11'],
      ['P33', 'O1'],
    ],
  );
  t.deepEqual(files, []);
});

test('cli: mutants: an unknown bug is exit 2 and a suggestion', async (t) => {
  const { exitCode, stdout, stderr } = await cutover(t, ['mutants', '--only', 'P33,comit'], { main: realMain });
  t.is(exitCode, 2);
  t.is(stdout, '');
  t.is(stderr, "expected the id or family of a planted bug, got 'comit', at --only: did you mean commit?\n");
});

const mutant: MutantsRecord['mutants'][number] = {
  id: 'P01',
  family: 'commit',
  title: 'access control is flipped before the roll-forward flag is set, which is rather early',
  rule: 'roll-forward flag durable, then access control flipped',
  note: null,
  killedBy: { oracle: 'O11', scenario: 'failover-before-commit', seed: 12, sentence: 'node 0 wrote' },
  seedsToKill: 12,
  invariantKills: 0,
};
const record: MutantsRecord = {
  schema: 'cutover.mutants/1',
  tool: { version: '1', engineDigest: '0'.repeat(64), harnessDigest: '0'.repeat(64), node: 'v20' },
  config: { scenarios: ['failover-before-commit'], seedsMax: 500, workers: 2 },
  ended: 'completed',
  planted: 2,
  killed: 1,
  survived: ['P02'],
  brokenOnly: [],
  seedsToKill: { median: 12, worst: 12 },
  control: { seeds: 12, failure: null },
  mutants: [mutant, { ...mutant, id: 'P02', killedBy: null, seedsToKill: null, invariantKills: 3 }],
  wallSeconds: 61.2,
};

test('reports: mutants: rows, survivors with their rule, figures, verdict; 80 columns', (t) => {
  const palette = paletteFor({ flag: false, environment: {}, isTerminal: false });
  const text = mutantsText(record, palette, false);
  t.deepEqual(
    text.split('\n').filter((line) => line.length > 80),
    [],
  );
  t.regex(text, /^P01 {2}access control .* O11 +failover-before-commit:12 +12$/m);
  t.regex(text, /^SURVIVED {2}P02 [^]*no oracle saw it, though 3 runs[^]*; the rule: roll-forward/m);
  t.regex(text, /\nseeds to kill: median 12, worst 12; control: 12 seeds; 1\.0 min\n/);
  t.true(text.endsWith('\nFAILED: 1 of 2 planted bugs killed, control survived\n'));
  const failure = { oracle: 'O1', scenario: 'steady-copy', seed: 3, sentence: 'lost' };
  t.regex(mutantsText({ ...record, control: { seeds: 12, failure } }, palette, true), /^CONTROL {2}.*steady-copy:3/m);
});
