/**
 * Owns the durable records as they stand: decoded from the durable plane whenever it changes, with the project's own codec; of the two
 * copies the valid one with the highest sequence counts. Tells its listeners what changed. A record that is there and then is not (no
 * valid copy is left) is told too: no crash may do that.
 */

import { Buffer } from 'node:buffer';

import type { RecordKind, RecordOf } from '../../../engine/records/codec.js';
import type { AcknowledgementRecord, LocalRecord, SharedRecord } from '../../../engine/records/types.js';
import type { OracleContext } from '../context.js';
import type { WorldView } from '../observation.js';

export interface RecordListener {
  localChanged?(node: number, disk: number, before: LocalRecord | undefined, after: LocalRecord): void;
  sharedChanged?(disk: number, before: SharedRecord | undefined, after: SharedRecord): void;
  recordLost?(kind: RecordKind, node: number, disk: number): void;
}

/** One record's place, and what was last found there. */
interface Place<K extends RecordKind> {
  readonly kind: K;
  readonly device: number;
  readonly sector: number;
  readonly subject: number;
  readonly node: number;
  readonly disk: number;
  readonly bytes: [Uint8Array, Uint8Array];
  record: RecordOf[K] | undefined;
}

type AnyPlace = Place<'shared'> | Place<'local'> | Place<'acknowledgement'>;

export class RecordBook {
  readonly #context: OracleContext;
  readonly #listeners: RecordListener[] = [];
  #view: WorldView | undefined;
  #byDevice: AnyPlace[][] = [];
  #shared: Place<'shared'>[] = [];
  #local: Place<'local'>[] = [];
  #acknowledgements: Place<'acknowledgement'>[] = [];

  constructor(context: OracleContext) {
    this.#context = context;
  }

  listen(listener: RecordListener): void {
    this.#listeners.push(listener);
  }

  begin(view: WorldView): void {
    this.#view = view;
    this.#byDevice = view.devices.map(() => []);
    const { layout, codec } = this.#context;
    for (const { device, role, disk, node } of view.devices) {
      if (role === 'shared') {
        this.#shared[disk] = this.#place(
          'shared',
          device,
          layout.sharedRecordSector(),
          codec.subjectOf(disk, 0),
          0,
          disk,
        );
      }
      for (let each = 0; each < view.disksCount; each += 1) {
        if (role === 'local') {
          const sector = layout.localRecordSector(each);
          const place = this.#place('local', device, sector, codec.subjectOf(each, node), node, each);
          this.#local[node * view.disksCount + each] = place;
        }
        for (let owner = 0; role === 'acknowledgement' && owner < view.nodesCount; owner += 1) {
          const sector = layout.acknowledgementSector(each, owner, view.nodesCount);
          const subject = codec.subjectOf(each, owner);
          const place = this.#place('acknowledgement', device, sector, subject, owner, each);
          this.#acknowledgements[owner * view.disksCount + each] = place;
        }
      }
    }
    for (const { device } of view.devices) this.durableChanged(device);
  }

  /** What the shared record of a disk's migration says; undefined: none was ever durable. */
  shared(disk: number): SharedRecord | undefined {
    return this.#shared[disk]?.record;
  }

  local(node: number, disk: number): LocalRecord | undefined {
    return this.#local[node * (this.#view?.disksCount ?? 0) + disk]?.record;
  }

  /** What a node that reads its local record now would find: the newest valid copy of the volatile plane. */
  localNow(node: number, disk: number): LocalRecord | undefined {
    const place = this.#local[node * (this.#view?.disksCount ?? 0) + disk];
    if (place === undefined) return undefined;
    return this.#newest(place, [this.#bytes(place, 'volatile', 0), this.#bytes(place, 'volatile', 1)]) as
      | LocalRecord
      | undefined;
  }

  acknowledgement(node: number, disk: number): AcknowledgementRecord | undefined {
    return this.#acknowledgements[node * (this.#view?.disksCount ?? 0) + disk]?.record;
  }

  durableChanged(device: number): void {
    const places = this.#byDevice[device];
    if (places === undefined) return;
    for (const place of places) this.#look(place);
  }

  #place<K extends RecordKind>(
    kind: K,
    device: number,
    sector: number,
    subject: number,
    node: number,
    disk: number,
  ): Place<K> {
    const bytes: [Uint8Array, Uint8Array] = [new Uint8Array(0), new Uint8Array(0)];
    const place: Place<K> = { kind, device, sector, subject, node, disk, bytes, record: undefined };
    this.#byDevice[device]!.push(place as unknown as AnyPlace);
    return place;
  }

  #bytes(place: AnyPlace, plane: 'volatile' | 'durable', copy: 0 | 1): Uint8Array {
    const { COPY_STRIDE_SECTORS, RECORD_SECTORS } = this.#context.layout;
    return this.#view!.bytesAt(place.device, plane, place.sector + copy * COPY_STRIDE_SECTORS, RECORD_SECTORS);
  }

  #look(place: AnyPlace): void {
    let changed = false;
    for (const copy of [0, 1] as const) {
      const bytes = this.#bytes(place, 'durable', copy);
      if (Buffer.compare(bytes, place.bytes[copy]) === 0) continue;
      place.bytes[copy] = Uint8Array.from(bytes);
      changed = true;
    }
    if (changed) this.#decode(place);
  }

  #newest(place: AnyPlace, copies: readonly Uint8Array[]): RecordOf[AnyPlace['kind']] | undefined {
    let newest: RecordOf[AnyPlace['kind']] | undefined;
    for (const bytes of copies) {
      const decoded = this.#context.codec.decodeRecord(place.kind, place.subject, bytes);
      if (decoded.kind !== 'valid') continue;
      if (newest === undefined || decoded.record.sequence > newest.sequence) newest = decoded.record;
    }
    return newest;
  }

  #decode(place: AnyPlace): void {
    const newest = this.#newest(place, place.bytes);
    const before = place.record;
    place.record = newest as never;
    if (newest === undefined) {
      if (before !== undefined)
        for (const each of this.#listeners) each.recordLost?.(place.kind, place.node, place.disk);
      return;
    }
    if (before?.sequence === newest.sequence) return;
    for (const each of this.#listeners) {
      if (place.kind === 'shared')
        each.sharedChanged?.(place.disk, before as SharedRecord | undefined, newest as SharedRecord);
      if (place.kind === 'local') {
        each.localChanged?.(place.node, place.disk, before as LocalRecord | undefined, newest as LocalRecord);
      }
    }
  }
}

/** What a node's access control says of a device: `unknown` when the record does not speak of it. */
export function accessOf(record: LocalRecord | undefined, identity: number): 'allowed' | 'denied' | 'unknown' {
  if (record === undefined || record.migration === 0) return 'unknown';
  if (record.source === identity) return record.sourceAllowed ? 'allowed' : 'denied';
  if (record.target === identity) return record.targetAllowed ? 'allowed' : 'denied';
  return 'unknown';
}
