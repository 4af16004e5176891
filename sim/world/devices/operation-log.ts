/**
 * Owns what every operation of a run was: the other end of a sector's lineage. One row an operation, by its id, in columns that
 * are kept from run to run. Ids 1 and 2 are what devices held before the run; a power loss is an operation too, since it decides what survives.
 */

import { MAPPED_BYTES } from '../../devices/memory.js';
import { Operation, Status } from './operations.js';

export const OPERATION_ID_NONE = 0;
/** Filled the sources before the run began. */
export const OPERATION_ID_INITIAL = 1;
/** Filled a used target with somebody else's data before the run began. */
export const OPERATION_ID_FOREIGN = 2;
const OPERATION_ID_FIRST = 3;
/** In the column of operations: a power loss of the device. */
export const OPERATION_POWER_LOSS = 255;
/** In the column of operations: a bit flipped on the medium. */
export const OPERATION_ROT = 254;

/** Two columns of 8 bytes, four of 4, two of 2 and five of 1. */
const ROW_BYTES = 41;
/** Enough for the memory to be mapped by itself; hardly any run needs as many. */
const ROWS_START = MAPPED_BYTES / 32;
/** Rows whose memory stays from run to run: 999 of 1,000 runs need no more. */
const ROWS_KEPT = 16_384;

export class OperationLog {
  /** The next operation's id. */
  idNext = OPERATION_ID_FIRST;
  node = new Int8Array(0);
  generation = new Uint16Array(0);
  device = new Int16Array(0);
  path = new Uint8Array(0);
  /** When its path was lost under way, or -1. */
  lostTick = new Float64Array(0);
  operation = new Uint8Array(0);
  status = new Uint8Array(0);
  fua = new Uint8Array(0);
  sector = new Uint32Array(0);
  count = new Uint32Array(0);
  /** The application's I/O whose bytes it carried, or 0: a copy, or the engine's own record. */
  io = new Uint32Array(0);
  /** Number of the event that serviced it; 0 before. Orders operations of one tick. */
  order = new Uint32Array(0);
  tick = new Float64Array(0);

  constructor() {
    this.lay(ROWS_START, 0);
  }

  reset(): void {
    if (this.idNext > ROWS_KEPT) this.lay(ROWS_START, 0);
    this.idNext = OPERATION_ID_FIRST;
  }

  /** @returns the id of a new operation, not yet serviced. */
  open(): number {
    const id = this.idNext;
    if (id === this.node.length) this.lay(id * 2, id);
    this.idNext = id + 1;
    this.order[id] = 0;
    this.lostTick[id] = -1;
    return id;
  }

  /** Of the request that was asked for last. */
  get lastId(): number {
    return this.idNext - 1;
  }

  /** Notes that a device lost power, so that what it kept can be told from what was flushed. */
  notePowerLoss(device: number, order: number, tick: number): void {
    const id = this.open();
    this.device[id] = device;
    this.operation[id] = OPERATION_POWER_LOSS;
    this.status[id] = Status.OK;
    this.order[id] = order;
    this.tick[id] = tick;
  }

  /** @returns what made durable what operation `id` left in `sector`: the id of a flush, a FUA request or a power loss; or 0. */
  durableBy(id: number, sector: number): number {
    const device = this.device[id]!;
    const order = this.order[id]!;
    if (this.fua[id] === 1) return id;
    let found = 0;
    for (let other = 1; other < this.idNext; other += 1) {
      if (this.device[other] !== device || this.status[other] !== Status.OK || other === id) continue;
      const otherOrder = this.order[other]!;
      if (otherOrder <= order || (found !== 0 && otherOrder >= this.order[found]!)) continue;
      const isWhole = this.operation[other] === Operation.FLUSH || this.operation[other] === OPERATION_POWER_LOSS;
      const first = this.sector[other]!;
      const covers = this.fua[other] === 1 && sector >= first && sector < first + this.count[other]!;
      if (isWhole || covers) found = other;
    }
    return found;
  }

  /** New columns, in one piece of memory, the widest first; the first rows go along. */
  private lay(rows: number, rowsKept: number): void {
    const memory = new ArrayBuffer(rows * ROW_BYTES);
    let end = 0;
    const column = <T extends Column>(kind: ColumnKind<T>, from: T): T => {
      const made = new kind(memory, end, rows);
      made.set(from.subarray(0, rowsKept));
      end += made.byteLength;
      return made;
    };
    this.lostTick = column(Float64Array, this.lostTick);
    this.tick = column(Float64Array, this.tick);
    this.sector = column(Uint32Array, this.sector);
    this.count = column(Uint32Array, this.count);
    this.io = column(Uint32Array, this.io);
    this.order = column(Uint32Array, this.order);
    this.generation = column(Uint16Array, this.generation);
    this.device = column(Int16Array, this.device);
    this.node = column(Int8Array, this.node);
    this.path = column(Uint8Array, this.path);
    this.operation = column(Uint8Array, this.operation);
    this.status = column(Uint8Array, this.status);
    this.fua = column(Uint8Array, this.fua);
  }
}

type Column = Int8Array | Uint8Array | Uint16Array | Uint32Array | Int16Array | Float64Array;
type ColumnKind<T> = new (memory: ArrayBuffer, offsetBytes: number, rows: number) => T;
