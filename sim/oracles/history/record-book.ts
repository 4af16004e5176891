/**
 * Owns the durable records as they stand: decoded from the durable plane whenever it changes, with the project's own codec; of the two
 * copies the valid one with the highest sequence counts. Tells its listeners what changed. A record that is there and then is not (no
 * valid copy is left) is told too: no crash may do that.
 */

import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';

import type { RecordKind, RecordOf } from '../../../engine/records/codec.js';
import type { AcknowledgementRecord, LabelRecord, LocalRecord, SharedRecord } from '../../../engine/records/types.js';

import type { OracleContext } from '../context.js';
import type { WorldView } from '../observation.js';
import { Size } from '../../devices/geometry.js';

export interface RecordListener {
  localChanged?(node: number, disk: number, before: LocalRecord | undefined, after: LocalRecord): void;
  sharedChanged?(disk: number, before: SharedRecord | undefined, after: SharedRecord): void;
  acknowledged?(node: number, disk: number, slot: AcknowledgementRecord): void;
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
  /** The two copies as last found: bytes, and what they say, if they are valid. */
  readonly copies: readonly [Copy<K>, Copy<K>];
  record: RecordOf[K] | undefined;
}

interface Copy<K extends RecordKind> {
  readonly bytes: Uint8Array;
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
  /** A copy as it is now, to be compared with the one kept. */
  readonly #found: Uint8Array;

  constructor(context: OracleContext) {
    this.#context = context;
    this.#found = new Uint8Array(context.layout.RECORD_BYTES);
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
          this.#local[this.#ofNode(node, each)] = place;
        }
        for (let owner = 0; role === 'acknowledgement' && owner < view.nodesCount; owner += 1) {
          const sector = layout.acknowledgementSector(each, owner, view.nodesCount);
          const subject = codec.subjectOf(each, owner);
          const place = this.#place('acknowledgement', device, sector, subject, owner, each);
          this.#acknowledgements[this.#ofNode(owner, each)] = place;
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
    return this.#local[this.#ofNode(node, disk)]?.record;
  }

  /** What a node that reads its local record now would find: the newest valid copy of the volatile plane. */
  localNow(node: number, disk: number): LocalRecord | undefined {
    const place = this.#local[this.#ofNode(node, disk)];
    if (place === undefined) return undefined;
    let newest: LocalRecord | undefined;
    for (const copy of [0, 1] as const) {
      this.#read(place, 'volatile', copy);
      newest = newerOf(newest, this.#decode(place, this.#found));
    }
    return newest;
  }

  /** Whether a node that reads its region map now would find the one that this record vouches for. */
  isMapWhole(node: number, disk: number, { mapRegionsCount, mapCrc }: LocalRecord): boolean {
    const { device } = this.#local[this.#ofNode(node, disk)]!;
    const sectorsCount = Math.ceil(mapRegionsCount / 8 / Size.SECTOR_BYTES);
    const bytes = new Uint8Array(sectorsCount * Size.SECTOR_BYTES);
    this.#view!.bytesAt(device, 'volatile', this.#context.layout.regionMapSector(disk), sectorsCount, bytes);
    return crc32(bytes) === mapCrc;
  }

  acknowledgement(node: number, disk: number): AcknowledgementRecord | undefined {
    return this.#acknowledgements[this.#ofNode(node, disk)]?.record;
  }

  /** What the label of a data device says by now, durably. */
  label(device: number): LabelRecord | undefined {
    const { layout, codec } = this.#context;
    const place = {
      kind: 'label',
      device,
      sector: layout.labelSector(),
      subject: codec.subjectOf(0, 0),
    } as Place<'label'>;
    const [first, second] = ([0, 1] as const).map((copy) => {
      this.#read(place as unknown as Place<RecordKind>, 'durable', copy);
      return this.#decode(place, this.#found);
    });
    return newerOf(first, second);
  }

  durableChanged(device: number): void {
    const places = this.#byDevice[device];
    if (places === undefined) return;
    for (const place of places) this.#look<RecordKind>(place as Place<RecordKind>);
  }

  /** Where the places of a node's record of a disk stand. */
  #ofNode(node: number, disk: number): number {
    return node * (this.#view?.disksCount ?? 0) + disk;
  }

  #place<K extends RecordKind>(
    kind: K,
    device: number,
    sector: number,
    subject: number,
    node: number,
    disk: number,
  ): Place<K> {
    const blank = (): Copy<K> => ({ bytes: new Uint8Array(this.#found.length), record: undefined });
    const place: Place<K> = {
      kind,
      device,
      sector,
      subject,
      node,
      disk,
      copies: [blank(), blank()],
      record: undefined,
    };
    this.#byDevice[device]!.push(place as unknown as AnyPlace);
    return place;
  }

  /** Puts a copy, as the plane holds it, into `#found`. */
  #read(place: Place<RecordKind>, plane: 'volatile' | 'durable', copy: 0 | 1): void {
    const { COPY_STRIDE_SECTORS, RECORD_SECTORS } = this.#context.layout;
    const sector = place.sector + copy * COPY_STRIDE_SECTORS;
    this.#view!.bytesAt(place.device, plane, sector, RECORD_SECTORS, this.#found);
  }

  #decode<K extends RecordKind>(place: Place<K>, bytes: Uint8Array): RecordOf[K] | undefined {
    const decoded = this.#context.codec.decodeRecord(place.kind, place.subject, bytes);
    return decoded.kind === 'valid' ? decoded.record : undefined;
  }

  #look<K extends RecordKind>(place: Place<K>): void {
    let isChanged = false;
    for (const each of [0, 1] as const) {
      const copy = place.copies[each];
      this.#read(place, 'durable', each);
      if (Buffer.compare(this.#found, copy.bytes) === 0) continue;
      copy.bytes.set(this.#found);
      copy.record = this.#decode(place, copy.bytes);
      isChanged = true;
    }
    if (isChanged) this.#tell(place);
  }

  #tell<K extends RecordKind>(place: Place<K>): void {
    const newest = newerOf(place.copies[0].record, place.copies[1].record);
    const before = place.record;
    place.record = newest;
    if (newest === undefined) {
      if (before !== undefined)
        for (const each of this.#listeners) each.recordLost?.(place.kind, place.node, place.disk);
      return;
    }
    if (before?.sequence === newest.sequence) return;
    for (const each of this.#listeners) {
      if (place.kind === 'acknowledgement')
        each.acknowledged?.(place.node, place.disk, newest as AcknowledgementRecord);
      if (place.kind === 'shared')
        each.sharedChanged?.(place.disk, before as SharedRecord | undefined, newest as SharedRecord);
      if (place.kind === 'local') {
        each.localChanged?.(place.node, place.disk, before as LocalRecord | undefined, newest as LocalRecord);
      }
    }
  }
}

/** Of two copies of a record the one with the higher sequence; a valid one before none. */
function newerOf<R extends { readonly sequence: number }>(first: R | undefined, second: R | undefined): R | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return second.sequence > first.sequence ? second : first;
}

/** What a node's access control says of a device: `unknown` when the record does not speak of it. */
export function accessOf(record: LocalRecord | undefined, identity: number): 'allowed' | 'denied' | 'unknown' {
  if (record === undefined || record.migration === 0) return 'unknown';
  if (record.source === identity) return record.sourceAllowed ? 'allowed' : 'denied';
  if (record.target === identity) return record.targetAllowed ? 'allowed' : 'denied';
  return 'unknown';
}
