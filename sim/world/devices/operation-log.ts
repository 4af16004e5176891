/**
 * Owns what every operation of a run was: the other end of a sector's lineage. One row an operation, by its id, in columns that
 * are kept from run to run. Ids 1 and 2 are what devices held before the run; a power loss is an operation too, since it decides what survives.
 */

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

const ROWS_START = 1 << 12;

export class OperationLog {
  /** The next operation's id. */
  idNext = OPERATION_ID_FIRST;
  node = new Int8Array(ROWS_START);
  generation = new Uint16Array(ROWS_START);
  device = new Int16Array(ROWS_START);
  path = new Uint8Array(ROWS_START);
  /** When its path was lost under way, or -1. */
  lostTick = new Float64Array(ROWS_START);
  operation = new Uint8Array(ROWS_START);
  status = new Uint8Array(ROWS_START);
  fua = new Uint8Array(ROWS_START);
  sector = new Uint32Array(ROWS_START);
  count = new Uint32Array(ROWS_START);
  /** The application's I/O whose bytes it carried, or 0: a copy, or the engine's own record. */
  io = new Uint32Array(ROWS_START);
  /** Number of the event that serviced it; 0 before. Orders operations of one tick. */
  order = new Uint32Array(ROWS_START);
  tick = new Float64Array(ROWS_START);

  reset(): void {
    this.idNext = OPERATION_ID_FIRST;
  }

  /** @returns the id of a new operation, not yet serviced. */
  open(): number {
    const id = this.idNext;
    if (id === this.node.length) this.grow();
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

  private grow(): void {
    const rows = this.node.length * 2;
    this.node = widened(this.node, new Int8Array(rows));
    this.generation = widened(this.generation, new Uint16Array(rows));
    this.device = widened(this.device, new Int16Array(rows));
    this.path = widened(this.path, new Uint8Array(rows));
    this.lostTick = widened(this.lostTick, new Float64Array(rows));
    this.operation = widened(this.operation, new Uint8Array(rows));
    this.status = widened(this.status, new Uint8Array(rows));
    this.fua = widened(this.fua, new Uint8Array(rows));
    this.sector = widened(this.sector, new Uint32Array(rows));
    this.count = widened(this.count, new Uint32Array(rows));
    this.io = widened(this.io, new Uint32Array(rows));
    this.order = widened(this.order, new Uint32Array(rows));
    this.tick = widened(this.tick, new Float64Array(rows));
  }
}

type Column = Int8Array | Uint8Array | Uint16Array | Uint32Array | Int16Array | Float64Array;

/** @returns `wider`, which starts with what `narrow` holds. */
function widened<T extends Column>(narrow: T, wider: T): T {
  wider.set(narrow);
  return wider;
}
