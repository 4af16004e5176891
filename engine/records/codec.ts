/**
 * Owns the bytes of the durable records. A record is refused, with a reason, unless magic, version, subject and checksum fit, so
 * that torn, stale or foreign bytes never pass for a record.
 *
 *   byte  0      4        8        12        20        24 …            1020
 *         | magic | version | subject | sequence | kind's own fields …  | CRC-32 of bytes 0–1019 |
 *
 * All fields are little-endian; a sequence is 8 bytes. The subject says whose record it is (disk and node), so that a record read from
 * the wrong place is foreign.
 */

import { assert } from '../state/assert.js';
import { STATES } from '../contract/vocabulary.js';
import { crc32 } from './crc32.js';
import { RECORD_BYTES, RETIREMENTS_MAX } from './layout.js';
import type { AcknowledgementRecord, LabelRecord, LocalRecord, SharedRecord } from './types.js';

export type RecordKind = 'shared' | 'local' | 'acknowledgement' | 'label';
export type RecordOf = {
  shared: SharedRecord;
  local: LocalRecord;
  acknowledgement: AcknowledgementRecord;
  label: LabelRecord;
};

/** Why bytes are not a record. `blank`: never written. */
export type RecordDefect = 'blank' | 'magic' | 'version' | 'subject' | 'checksum' | 'content';
export type Decoded<R> = { kind: 'valid'; record: R } | { kind: 'invalid'; defect: RecordDefect };

const VERSION = 1;
const MAGIC: Readonly<Record<RecordKind, number>> = {
  shared: 0x53525543,
  local: 0x4c525543,
  acknowledgement: 0x41525543,
  label: 0x42525543,
};
const BODY_OFFSET = 20;
const CRC_OFFSET = RECORD_BYTES - 4;

/** Who a record speaks of: `node` is 0 for records that are not a node's own. */
export const subjectOf = (disk: number, node: number): number => disk * 256 + node;

const flags = (...bits: boolean[]): number => bits.reduce((word, bit, index) => (bit ? word | (1 << index) : word), 0);

/** Bytes of a record (`RECORD_BYTES` long). */
export function encodeRecord<K extends RecordKind>(kind: K, subject: number, record: RecordOf[K]): Uint8Array {
  const bytes = new Uint8Array(RECORD_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC[kind], true);
  view.setUint32(4, VERSION, true);
  view.setUint32(8, subject, true);
  setUint53(view, 12, record.sequence);
  bodyWords(kind, record).forEach((word, index) => view.setUint32(BODY_OFFSET + 4 * index, word, true));
  view.setUint32(CRC_OFFSET, crc32(bytes, 0, CRC_OFFSET), true);
  return bytes;
}

/** Reads a record back; never throws. `bytes` starts at the record. */
export function decodeRecord<K extends RecordKind>(kind: K, subject: number, bytes: Uint8Array): Decoded<RecordOf[K]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, RECORD_BYTES);
  const magic = view.getUint32(0, true);
  if (magic === 0 && isBlank(view)) return { kind: 'invalid', defect: 'blank' };
  if (magic !== MAGIC[kind]) return { kind: 'invalid', defect: 'magic' };
  if (view.getUint32(4, true) !== VERSION) return { kind: 'invalid', defect: 'version' };
  if (view.getUint32(CRC_OFFSET, true) !== crc32(bytes, 0, CRC_OFFSET)) return { kind: 'invalid', defect: 'checksum' };
  if (view.getUint32(8, true) !== subject) return { kind: 'invalid', defect: 'subject' };
  const record = recordFromWords(kind, getUint53(view, 12), (index) => view.getUint32(BODY_OFFSET + 4 * index, true));
  return record === undefined ? { kind: 'invalid', defect: 'content' } : { kind: 'valid', record };
}

function bodyWords(kind: RecordKind, record: RecordOf[RecordKind]): number[] {
  switch (kind) {
    case 'shared':
      return sharedWords(record as SharedRecord);
    case 'local':
      return localWords(record as LocalRecord);
    case 'acknowledgement': {
      const slot = record as AcknowledgementRecord;
      return [slot.migration, slot.target, flags(slot.accessControl, slot.targetConfigured, slot.rolledForward)];
    }
    case 'label': {
      const label = record as LabelRecord;
      return [label.generation, flags(label.tombstone)];
    }
  }
}

/** The epoch stands in the record's second sector, so that half a record is never mistaken for a whole one by its fields. */
const SHARED_EPOCH_WORD = 128;

function sharedWords(record: SharedRecord): number[] {
  assert(
    record.retirements.length <= RETIREMENTS_MAX,
    `${record.retirements.length} retirements, at most ${RETIREMENTS_MAX}`,
  );
  const words = [
    record.migration,
    flags(record.inProgress, record.rollForward),
    record.source,
    record.target,
    record.retirements.length,
  ];
  for (const { source, target, generation } of record.retirements) words.push(source, target, generation);
  while (words.length < SHARED_EPOCH_WORD) words.push(0);
  words.push(record.epoch, record.owner);
  return words;
}

function localWords(record: LocalRecord): number[] {
  return [
    record.migration,
    STATES.indexOf(record.state),
    record.bound,
    record.source,
    record.target,
    flags(record.sourceAllowed, record.targetAllowed, record.errorFlag, record.sourceFault, record.targetFault),
    record.mapCrc,
    record.mapRegionsCount,
    record.mapSectors,
    record.logSectors,
    record.logSession,
    record.sourceGeneration,
  ];
}

function recordFromWords<K extends RecordKind>(
  kind: K,
  sequence: number,
  word: (index: number) => number,
): RecordOf[K] | undefined {
  const bit = (index: number, position: number): boolean => (word(index) & (1 << position)) !== 0;
  const record = ((): RecordOf[RecordKind] | undefined => {
    switch (kind as RecordKind) {
      case 'shared':
        return sharedFromWords(sequence, word, bit);
      case 'local':
        return localFromWords(sequence, word, bit);
      case 'acknowledgement':
        return {
          sequence,
          migration: word(0),
          target: word(1),
          accessControl: bit(2, 0),
          targetConfigured: bit(2, 1),
          rolledForward: bit(2, 2),
        };
      case 'label':
        return { sequence, generation: word(0), tombstone: bit(1, 0) };
    }
  })();
  return record as RecordOf[K] | undefined;
}

type Word = (index: number) => number;
type Bit = (index: number, position: number) => boolean;

function sharedFromWords(sequence: number, word: Word, bit: Bit): SharedRecord | undefined {
  const retirementsCount = word(4);
  if (retirementsCount > RETIREMENTS_MAX) return undefined;
  const retirements = Array.from({ length: retirementsCount }, (_, index) => ({
    source: word(5 + 3 * index),
    target: word(6 + 3 * index),
    generation: word(7 + 3 * index),
  }));
  return {
    sequence,
    migration: word(0),
    inProgress: bit(1, 0),
    rollForward: bit(1, 1),
    epoch: word(SHARED_EPOCH_WORD),
    owner: word(SHARED_EPOCH_WORD + 1),
    source: word(2),
    target: word(3),
    retirements,
  };
}

function localFromWords(sequence: number, word: Word, bit: Bit): LocalRecord | undefined {
  const state = STATES[word(1)];
  if (state === undefined) return undefined;
  return {
    sequence,
    migration: word(0),
    state,
    bound: word(2),
    source: word(3),
    target: word(4),
    sourceAllowed: bit(5, 0),
    targetAllowed: bit(5, 1),
    errorFlag: bit(5, 2),
    sourceFault: bit(5, 3),
    targetFault: bit(5, 4),
    mapCrc: word(6),
    mapRegionsCount: word(7),
    mapSectors: word(8),
    logSectors: word(9),
    logSession: word(10),
    sourceGeneration: word(11),
  };
}

function isBlank(view: DataView): boolean {
  for (let offset = 0; offset < RECORD_BYTES; offset += 4) if (view.getUint32(offset, true) !== 0) return false;
  return true;
}

function setUint53(view: DataView, offset: number, value: number): void {
  view.setUint32(offset, value % 0x1_0000_0000, true);
  view.setUint32(offset + 4, Math.floor(value / 0x1_0000_0000), true);
}

function getUint53(view: DataView, offset: number): number {
  return view.getUint32(offset, true) + view.getUint32(offset + 4, true) * 0x1_0000_0000;
}
