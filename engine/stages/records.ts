/**
 * Owns the stages that read and write durable records. A write goes to the copy that is not the newest (`settled-write.ts`). Records are read
 * with FUA, so that what was read cannot be taken back by a power loss.
 */

import type { DeviceCompletedEvent } from '../contract/events.js';
import {
  type Decoded,
  decodeRecord,
  encodeRecord,
  type RecordKind,
  type RecordOf,
  subjectOf,
} from '../records/codec.js';
import { emptyLabel } from '../records/defaults.js';
import {
  acknowledgementSector,
  COPY_STRIDE_SECTORS,
  labelSector,
  localRecordSector,
  RECORD_PAIR_SECTORS,
  SECTOR_BYTES,
  sharedRecordSector,
} from '../records/layout.js';
import { assert } from '../state/assert.js';
import { isVisible } from '../state/ports.js';
import { issueRequest } from '../state/requests.js';
import { type DiskState, type EngineState, recordSlot } from '../state/state.js';
import { type RecordStep, settledWrite } from './settled-write.js';
import { abandon, type Context, pause, type Stage, type Verdict } from './stage.js';

/** What a stage does when it cannot be done within the bound. */
type OnFailure = (context: Context) => Verdict;

interface Place {
  identity: number;
  sector: number;
  subject: number;
}

export const writeShared = (step: RecordStep, change: (context: Context) => Partial<RecordOf['shared']>): Stage =>
  writeRecord('shared', step, change, abandon);
export const writeLocal = (
  step: RecordStep,
  change: (context: Context) => Partial<RecordOf['local']>,
  onFailure: OnFailure = abandon,
): Stage => writeRecord('local', step, change, onFailure);
export const writeAcknowledgement = (
  step: RecordStep,
  change: (context: Context) => Partial<RecordOf['acknowledgement']>,
): Stage => writeRecord('acknowledgement', step, change, abandon);
export const writeLabel = (
  step: RecordStep,
  change: (context: Context) => Partial<RecordOf['label']>,
  onFailure: OnFailure,
): Stage => writeRecord('label', step, change, onFailure);

function writeRecord<K extends RecordKind>(
  kind: K,
  step: RecordStep,
  change: (context: Context) => Partial<RecordOf[K]>,
  onFailure: OnFailure,
): Stage {
  return settledWrite({
    step,
    bytes(context) {
      const { state, disk, procedure } = context;
      const old = recordIn(disk, kind);
      const record = { ...old, ...change(context), sequence: old.sequence + 1 };
      return encodeRecord(kind, placeOf(state, disk, kind, procedure.argument).subject, record);
    },
    place({ state, disk, procedure }) {
      const { identity, sector } = placeOf(state, disk, kind, procedure.argument);
      return { identity, sector: sector + (1 - copyOf(disk, kind)) * COPY_STRIDE_SECTORS };
    },
    onFailure,
    settled({ state, disk, procedure, out }) {
      out.probe('commit.settled-by-rewrite', procedure.attempts > 0 && step === 'commit.roll-forward-flag');
      const decoded = decodeRecord(kind, placeOf(state, disk, kind, procedure.argument).subject, procedure.bytes);
      assert(decoded.kind === 'valid', `${kind} record that was just encoded`);
      keep(disk, kind, decoded.record, 1 - copyOf(disk, kind));
    },
  });
}

export const readShared = (): Stage => readRecord('shared', abandon);
export const readLocal = (): Stage => readRecord('local', abandon);
export const readAcknowledgement = (): Stage => readRecord('acknowledgement', abandon);
/** Reads the label of a device (for setup: of the command's target). */
export const readLabel = (onFailure: OnFailure): Stage => readRecord('label', onFailure);

function readRecord(kind: RecordKind, onFailure: OnFailure): Stage {
  const read = (context: Context): Verdict => {
    const { state, disk, procedure, out } = context;
    const place = placeOf(state, disk, kind, procedure.argument);
    issueRequest(
      state,
      {
        owner: 'procedure',
        disk: disk.index,
        identity: place.identity,
        operation: 'read',
        sector: place.sector,
        count: RECORD_PAIR_SECTORS,
        slot: recordSlot(state, disk),
        fua: true,
      },
      out,
    );
    return 'wait';
  };
  return {
    begin(context) {
      context.procedure.attempts = 0;
      return read(context);
    },
    answer(context, ok, event) {
      const { state, disk, procedure } = context;
      const { limits } = state.configuration;
      if (ok && takeRecord(context, kind, event)) return 'next';
      procedure.attempts += 1;
      return ok ||
        procedure.attempts > limits.settleAttemptsMax ||
        !isVisible(state, placeOf(state, disk, kind, procedure.argument).identity)
        ? onFailure(context)
        : pause(context, limits.pollDelayTicks);
    },
    wake: read,
  };
}

/** Takes the newer valid copy. False: neither is valid and neither blank, which no crash can leave behind. */
function takeRecord(context: Context, kind: RecordKind, event: DeviceCompletedEvent): boolean {
  const { state, disk, procedure, out } = context;
  const { subject } = placeOf(state, disk, kind, procedure.argument);
  const copies = [0, 1].map((copy) =>
    decodeRecord(kind, subject, event.bytes.subarray(copy * COPY_STRIDE_SECTORS * SECTOR_BYTES)),
  );
  const newest = newestOf(copies);
  out.probe(
    'record.torn-copy-refused',
    copies.some((copy) => copy.kind === 'invalid' && copy.defect === 'checksum'),
  );
  if (newest !== undefined) {
    keep(disk, kind, newest.record, newest.copy);
    return true;
  }
  // A label is read of one device after another: what the last one said must not stick to this one. Where somebody else's data
  // lie, no label was ever written.
  if (kind === 'label') keep(disk, 'label', emptyLabel(), 1);
  const isUnwritten = (copy: Decoded<RecordOf[RecordKind]>): boolean =>
    copy.kind === 'invalid' && (copy.defect === 'blank' || (kind === 'label' && copy.defect === 'magic'));
  return copies.some(isUnwritten);
}

/** The valid copy with the highest sequence, or undefined. */
export function newestOf<K extends RecordKind>(
  copies: readonly Decoded<RecordOf[K]>[],
): { record: RecordOf[K]; copy: number } | undefined {
  let newest: { record: RecordOf[K]; copy: number } | undefined;
  copies.forEach((copy, index) => {
    if (copy.kind === 'valid' && (newest === undefined || copy.record.sequence > newest.record.sequence)) {
      newest = { record: copy.record, copy: index };
    }
  });
  return newest;
}

/** Where a record lies. A label lies on the device that is the command's argument, or (cleanup) on the source. */
function placeOf(state: EngineState, disk: DiskState, kind: RecordKind, argument: number): Place {
  const { configuration } = state;
  switch (kind) {
    case 'shared':
      return {
        identity: configuration.disks[disk.index]?.sharedIdentity ?? 0,
        sector: sharedRecordSector(),
        subject: subjectOf(disk.index, 0),
      };
    case 'local':
      return {
        identity: configuration.localIdentity,
        sector: localRecordSector(disk.index),
        subject: subjectOf(disk.index, configuration.node),
      };
    case 'acknowledgement':
      return {
        identity: configuration.acknowledgementIdentity,
        sector: acknowledgementSector(disk.index, configuration.node, configuration.nodesMax),
        subject: subjectOf(disk.index, configuration.node),
      };
    case 'label':
      return { identity: argument, sector: labelSector(), subject: 0 };
  }
}

function recordIn<K extends RecordKind>(disk: DiskState, kind: K): RecordOf[K] {
  return disk[kind] as RecordOf[K];
}

const COPY_FIELDS = {
  shared: 'sharedCopy',
  local: 'localCopy',
  acknowledgement: 'acknowledgementCopy',
  label: 'labelCopy',
} as const;

const copyOf = (disk: DiskState, kind: RecordKind): number => disk[COPY_FIELDS[kind]];

function keep<K extends RecordKind>(disk: DiskState, kind: K, record: RecordOf[K], copy: number): void {
  const records: { [kind in RecordKind]: RecordOf[kind] } = disk;
  records[kind] = record;
  disk[COPY_FIELDS[kind]] = copy;
}
