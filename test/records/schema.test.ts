// Owns the proof that a document survives its schema unchanged, that a broken one is refused at the right place, and that the JSON
// Schema says the same.

import fc from 'fast-check';
import test from 'ava';

import { readRecord } from '../../records/read.js';
import { jsonSchemaOf, recordSchema, replaySchema, runSchema, type SchemaName, schemas } from '../../records/schema.js';
import { fixedFailureRecord, fixedRun } from '../reports/fixed-run.js';

test('records: schema: a run and a record come back as they were', (t) => {
  t.deepEqual(runSchema.parse(JSON.parse(JSON.stringify(fixedRun))), fixedRun);
  t.deepEqual(readRecord(JSON.stringify(fixedFailureRecord), 'here'), { kind: 'read', record: fixedFailureRecord });
});

const seed = fc.maxSafeNat();
const hex = fc.stringMatching(/^[0-9a-f]{0,16}$/);
const word = fc.string({ minLength: 1 });
const violation = { oracle: word, sentence: word, signature: fc.string(), tick: fc.nat() };
const outcome = fc.oneof(
  fc.record({ kind: fc.constant('passed'), states: fc.array(fc.string()) }),
  fc.record({ kind: fc.constantFrom('failed', 'hung'), ...violation }),
);

test('records: schema: any record and any replay come back as they were', (t) => {
  const parts = {
    scenario: word,
    seed,
    placement: fc.constantFrom('inline', 'threads'),
    digest: hex,
    events: fc.nat(),
    outcome,
  };
  const checkpoints = fc.array(fc.tuple(fc.nat(), hex));
  fc.assert(
    fc.property(fc.record(parts), checkpoints, (fields, points) => {
      const replay = { schema: 'cutover.replay/1', ...fields };
      t.deepEqual<unknown, unknown>(replaySchema.parse(JSON.parse(JSON.stringify(replay))), replay);
      const record = { ...fixedFailureRecord, ...fields, checkpoints: points };
      t.deepEqual<unknown, unknown>(recordSchema.parse(JSON.parse(JSON.stringify(record))), record);
    }),
  );
});

test('records: read: a field that is missing or of another type is named by its pointer', (t) => {
  for (const field of Object.keys(fixedFailureRecord)) {
    const { [field as 'seed']: _, ...rest } = fixedFailureRecord;
    for (const broken of [rest, { ...rest, [field]: null }]) {
      const read = readRecord(JSON.stringify(broken), 'file.json');
      t.is(read.kind, 'malformed', field);
      if (read.kind === 'malformed') t.true(read.sentence.endsWith(`at file.json#/${field}`), read.sentence);
    }
  }
});

test('records: read: a deep fault has a deep pointer, and the sentence shows what came', (t) => {
  const broken = {
    ...fixedFailureRecord,
    checkpoints: [
      [128, '00'],
      [256, 7],
    ],
  };
  t.deepEqual(readRecord(JSON.stringify(broken), 'file.json'), {
    kind: 'malformed',
    sentence: 'expected a value of type string, got 7, at file.json#/checkpoints/1/1',
  });
});

test('records: read: a document of another version is refused by its name', (t) => {
  const read = readRecord(JSON.stringify({ ...fixedFailureRecord, schema: 'cutover.record/2' }), 'file.json');
  t.deepEqual(read, {
    kind: 'malformed',
    sentence: 'expected "cutover.record/1", got "cutover.record/2", at file.json#/schema',
  });
});

test('records: read: a field of a later version is no fault', (t) => {
  t.is(readRecord(JSON.stringify({ ...fixedFailureRecord, added: 1 }), 'file.json').kind, 'read');
});

test('records: JSON Schema: names the fields of each document, and allows others', (t) => {
  for (const name of Object.keys(schemas) as SchemaName[]) {
    const schema = jsonSchemaOf(name);
    t.like(schema.properties?.['schema'], { const: name });
    t.deepEqual([...(schema.required ?? [])].sort(), Object.keys(schemas[name].shape).sort());
    t.false('additionalProperties' in schema);
  }
});
