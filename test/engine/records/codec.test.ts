/** Holds the record codec: what is written comes back; torn, flipped, foreign and outdated bytes are refused; the newer valid copy counts. */

import fc from 'fast-check';
import test from 'ava';

import { STATES } from '../../../engine/contract/vocabulary.js';
import {
  type Decoded,
  decodeRecord,
  encodeRecord,
  type RecordKind,
  type RecordOf,
} from '../../../engine/records/codec.js';
import { crc32 } from '../../../engine/records/crc32.js';
import {
  defaultLocalRecord,
  emptyAcknowledgement,
  emptyLabel,
  emptySharedRecord,
} from '../../../engine/records/defaults.js';
import { RECORD_BYTES, RETIREMENTS_MAX } from '../../../engine/records/layout.js';
import { newestOf } from '../../../engine/stages/records.js';

const word = fc.integer({ min: 0, max: 0xffffffff });
const sequence = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const bit = fc.boolean();

const ARBITRARY: { readonly [K in RecordKind]: fc.Arbitrary<RecordOf[K]> } = {
  shared: fc.record({
    sequence,
    migration: word,
    inProgress: bit,
    rollForward: bit,
    epoch: word,
    owner: word,
    source: word,
    target: word,
    retirements: fc.array(fc.record({ source: word, target: word, generation: word }), { maxLength: RETIREMENTS_MAX }),
  }),
  local: fc.record({
    sequence,
    migration: word,
    state: fc.constantFrom(...STATES),
    bound: word,
    source: word,
    target: word,
    sourceAllowed: bit,
    targetAllowed: bit,
    errorFlag: bit,
    sourceFault: bit,
    targetFault: bit,
    mapCrc: word,
    mapRegionsCount: word,
    mapSectors: word,
    logSectors: word,
    logSession: word,
    sourceGeneration: word,
  }),
  acknowledgement: fc.record({
    sequence,
    migration: word,
    target: word,
    accessControl: bit,
    targetConfigured: bit,
    rolledForward: bit,
  }),
  label: fc.record({ sequence, generation: word, tombstone: bit }),
};
const KINDS = ['shared', 'local', 'acknowledgement', 'label'] as const;
const SUBJECT = 259;

const OLD: { readonly [K in RecordKind]: RecordOf[K] } = {
  shared: { ...emptySharedRecord(), sequence: 7, migration: 1, inProgress: true, epoch: 3, source: 100, target: 101 },
  local: { ...defaultLocalRecord(100), sequence: 7, migration: 1, state: 'syncing', target: 101, errorFlag: true },
  acknowledgement: { ...emptyAcknowledgement(), sequence: 7, migration: 1, target: 101, accessControl: true },
  label: { ...emptyLabel(), sequence: 7, generation: 1 },
};
const NEW: { readonly [K in RecordKind]: RecordOf[K] } = {
  shared: {
    ...OLD.shared,
    sequence: 9,
    rollForward: true,
    epoch: 4,
    retirements: [{ source: 1, target: 2, generation: 3 }],
  },
  local: { ...OLD.local, sequence: 9, state: 'committed', errorFlag: false, sourceAllowed: false, targetAllowed: true },
  acknowledgement: { ...OLD.acknowledgement, sequence: 9, targetConfigured: true, rolledForward: true },
  label: { ...OLD.label, sequence: 9, generation: 2, tombstone: true },
};

test('engine: codec: CRC-32 of known bytes', (t) => {
  const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  t.is(crc32(ascii('123456789'), 0, 9), 0xcbf43926);
  t.is(crc32(ascii(''), 0, 0), 0);
  t.is(crc32(ascii('a'), 0, 1), 0xe8b7be43);
  t.is(crc32(ascii('x123456789y'), 1, 10), 0xcbf43926);
  t.is(crc32(new Uint8Array(32).fill(0xff), 0, 32), 0xff6cab0b);
});

for (const kind of KINDS) {
  test(`engine: codec: ${kind}: what is written comes back`, (t) => {
    fc.assert(
      fc.property(ARBITRARY[kind] as fc.Arbitrary<RecordOf[typeof kind]>, word, (record, subject) => {
        const bytes = encodeRecord(kind, subject, record);
        t.is(bytes.length, RECORD_BYTES);
        t.deepEqual(decodeRecord(kind, subject, bytes), { kind: 'valid', record } as Decoded<RecordOf[typeof kind]>);
      }),
    );
    t.pass();
  });

  test(`engine: codec: ${kind}: torn at any byte it is refused, or is the old or the new record whole`, (t) => {
    const bytesNew = encodeRecord(kind, SUBJECT, NEW[kind]);
    for (const under of [new Uint8Array(RECORD_BYTES), encodeRecord(kind, SUBJECT, OLD[kind])]) {
      for (let length = 0; length <= RECORD_BYTES; length += 1) {
        for (const [first, second] of [
          [bytesNew, under],
          [under, bytesNew],
        ] as const) {
          const torn = second.slice();
          torn.set(first.subarray(0, length));
          const decoded = decodeRecord(kind, SUBJECT, torn);
          const whole = [under, bytesNew].some((bytes) => Buffer.compare(bytes, torn) === 0);
          if (!whole) t.is(decoded.kind, 'invalid', `${length} bytes`);
        }
      }
    }
  });

  test(`engine: codec: ${kind}: any flipped bit is refused`, (t) => {
    const bytes = encodeRecord(kind, SUBJECT, NEW[kind]);
    for (let position = 0; position < RECORD_BYTES * 8; position += 1) {
      const flipped = bytes.slice();
      flipped[position >>> 3] = (flipped[position >>> 3] ?? 0) ^ (1 << (position & 7));
      if (decodeRecord(kind, SUBJECT, flipped).kind === 'valid') t.fail(`bit ${position} was not missed`);
    }
    t.pass();
  });

  test(`engine: codec: ${kind}: refused with a reason: blank, foreign subject, other kind, other version`, (t) => {
    const bytes = encodeRecord(kind, SUBJECT, NEW[kind]);
    t.deepEqual(decodeRecord(kind, SUBJECT, new Uint8Array(RECORD_BYTES)), { kind: 'invalid', defect: 'blank' });
    t.deepEqual(decodeRecord(kind, SUBJECT + 1, bytes), { kind: 'invalid', defect: 'subject' });
    for (const other of KINDS.filter((each) => each !== kind))
      t.deepEqual(decodeRecord(other, SUBJECT, bytes), { kind: 'invalid', defect: 'magic' });
    const view = new DataView(bytes.buffer);
    view.setUint32(4, 2, true);
    view.setUint32(RECORD_BYTES - 4, crc32(bytes, 0, RECORD_BYTES - 4), true);
    t.deepEqual(decodeRecord(kind, SUBJECT, bytes), { kind: 'invalid', defect: 'version' });
  });
}

test('engine: codec: contents that no engine writes are refused, checksum or not', (t) => {
  for (const [kind, offset] of [
    ['shared', 20 + 4 * 4],
    ['local', 20 + 4],
  ] as const) {
    const bytes = encodeRecord(kind, SUBJECT, NEW[kind]);
    const view = new DataView(bytes.buffer);
    view.setUint32(offset, 4711, true);
    view.setUint32(RECORD_BYTES - 4, crc32(bytes, 0, RECORD_BYTES - 4), true);
    t.deepEqual(decodeRecord(kind, SUBJECT, bytes), { kind: 'invalid', defect: 'content' });
  }
});

test('engine: codec: the valid copy with the highest sequence counts', (t) => {
  const old = { kind: 'valid', record: OLD.local } as const;
  const young = { kind: 'valid', record: NEW.local } as const;
  const torn = { kind: 'invalid', defect: 'checksum' } as const;
  t.deepEqual(newestOf<'local'>([old, young]), { record: NEW.local, copy: 1 });
  t.deepEqual(newestOf<'local'>([young, old]), { record: NEW.local, copy: 0 });
  t.deepEqual(newestOf<'local'>([torn, old]), { record: OLD.local, copy: 1 });
  t.deepEqual(newestOf<'local'>([old, torn]), { record: OLD.local, copy: 0 });
  t.is(newestOf<'local'>([torn, torn]), undefined);
});
