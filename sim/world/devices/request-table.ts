/**
 * Owns the requests that engines have made and that are not answered yet, as a table of columns: nothing is allocated for one more
 * request. A row is named by its slot and, since slots are used again, checked by its operation id.
 *
 *   free ──take──► queued ──service──► serviced ──complete──► free
 *                    └──stuck──► stuck, lost ──cancel, release──┤
 *                                      abandoned ◄──path lost───┘    it can be aborted still
 */

import { assert, fail } from '../../devices/assert.js';

export const REQUEST_FREE = 0;
/** Its service is pending in the queue. */
export const REQUEST_QUEUED = 1;
/** The device holds it and does not answer until it is cancelled, or the fault ends. */
export const REQUEST_STUCK = 2;
/** The device is done with it; its completion is pending in the queue. */
export const REQUEST_SERVICED = 3;
/** Nobody holds it any more: it is answered when it is cancelled, and never before. */
export const REQUEST_LOST = 4;
/** Its node was told that its path is lost; what becomes of it says `loss`. */
export const REQUEST_ABANDONED = 5;

/** Its path, as far as is known, carries it. */
export const LOSS_NONE = 0;
/** Its path was lost, and it will not land any more: it never arrived, or was served already. */
export const LOSS_SETTLED = 1;
/** Its path was lost, and it is travelling still: its service is pending in the queue. */
export const LOSS_TRAVELS = 2;

const ROWS_START = 256;
/** Far above what the DMA slots and retries of eight nodes can keep in flight. */
const ROWS_MAX = 1 << 14;

export class RequestTable {
  /** Every row at or above this one is free. */
  rowsEnd = 0;
  node = new Uint8Array(ROWS_START);
  generation = new Uint32Array(ROWS_START);
  /** The engine's own number for the request. */
  request = new Float64Array(ROWS_START);
  /** Device number, or -1 where the port is empty. */
  device = new Int16Array(ROWS_START);
  /** Number of the path that it took to the device. */
  path = new Uint8Array(ROWS_START);
  /** LOSS_…; what a write that travels still carries is in `payload`. */
  loss = new Uint8Array(ROWS_START);
  readonly payload: (Uint8Array | undefined)[] = [];
  operation = new Uint8Array(ROWS_START);
  sector = new Float64Array(ROWS_START);
  count = new Float64Array(ROWS_START);
  slot = new Int16Array(ROWS_START);
  slotSector = new Uint16Array(ROWS_START);
  fua = new Uint8Array(ROWS_START);
  /** Index of the durable step, or -1. */
  step = new Int16Array(ROWS_START);
  /** The application's I/O that filled the DMA slot, or 0. */
  io = new Uint32Array(ROWS_START);
  state = new Uint8Array(ROWS_START);
  /** A verdict was given already: what comes back after a delay is not judged again. */
  isJudged = new Uint8Array(ROWS_START);
  /** Its node was evicted from the device while it was on its way: it is rejected, whoever is registered when it gets there. */
  isEvicted = new Uint8Array(ROWS_START);
  status = new Uint8Array(ROWS_START);
  valueA = new Float64Array(ROWS_START);
  valueB = new Float64Array(ROWS_START);
  operationId = new Uint32Array(ROWS_START);
  issuedTick = new Float64Array(ROWS_START);

  private free = new Int32Array(ROWS_START);
  private freeCount = 0;

  reset(): void {
    for (let row = 0; row < this.rowsEnd; row += 1) this.state[row] = REQUEST_FREE;
    this.rowsEnd = 0;
    this.freeCount = 0;
  }

  /** @returns a row in state `queued`; the caller fills the other columns. Rows are taken in a fixed order: last freed, first used. */
  take(): number {
    let row: number;
    if (this.freeCount > 0) {
      this.freeCount -= 1;
      row = this.free[this.freeCount]!;
    } else {
      row = this.rowsEnd;
      if (row === this.state.length) this.grow();
      this.rowsEnd += 1;
    }
    this.state[row] = REQUEST_QUEUED;
    this.loss[row] = LOSS_NONE;
    return row;
  }

  release(row: number): void {
    if (this.state[row] === REQUEST_FREE) fail(`request row ${row} released twice`);
    this.state[row] = REQUEST_FREE;
    this.free[this.freeCount] = row;
    this.freeCount += 1;
  }

  /** @returns whether `row` still is the request of `operationId`. */
  holds(row: number, operationId: number): boolean {
    return this.state[row] !== REQUEST_FREE && this.operationId[row] === operationId;
  }

  /** @returns whether the row's request has not been at its device yet, as far as its node knows. */
  isOutstanding(row: number): boolean {
    const state = this.state[row];
    return state === REQUEST_QUEUED || state === REQUEST_STUCK || state === REQUEST_LOST;
  }

  /** @returns the row of an engine's request, or -1 when it is not outstanding. */
  find(node: number, request: number): number {
    for (let row = 0; row < this.rowsEnd; row += 1) {
      if (this.state[row] !== REQUEST_FREE && this.node[row] === node && this.request[row] === request) return row;
    }
    return -1;
  }

  /** Marks what every other node still has on its way to a device. */
  evictOthers(device: number, node: number): void {
    for (let row = 0; row < this.rowsEnd; row += 1) {
      if (this.state[row] === REQUEST_FREE || this.device[row] !== device || this.node[row] === node) continue;
      this.isEvicted[row] = 1;
    }
  }

  /** @returns the outstanding rows of a node, oldest request first: a fresh array. */
  ofNode(node: number): number[] {
    const rows: number[] = [];
    for (let row = 0; row < this.rowsEnd; row += 1) {
      if (this.state[row] !== REQUEST_FREE && this.node[row] === node) rows.push(row);
    }
    return rows.sort((a, b) => this.operationId[a]! - this.operationId[b]!);
  }

  private grow(): void {
    const rows = this.state.length * 2;
    assert(rows <= ROWS_MAX, `expected at most ${ROWS_MAX} requests in flight, got more: an engine asks without end`);
    this.node = widened(this.node, new Uint8Array(rows));
    this.generation = widened(this.generation, new Uint32Array(rows));
    this.request = widened(this.request, new Float64Array(rows));
    this.device = widened(this.device, new Int16Array(rows));
    this.path = widened(this.path, new Uint8Array(rows));
    this.loss = widened(this.loss, new Uint8Array(rows));
    this.operation = widened(this.operation, new Uint8Array(rows));
    this.sector = widened(this.sector, new Float64Array(rows));
    this.count = widened(this.count, new Float64Array(rows));
    this.slot = widened(this.slot, new Int16Array(rows));
    this.slotSector = widened(this.slotSector, new Uint16Array(rows));
    this.fua = widened(this.fua, new Uint8Array(rows));
    this.step = widened(this.step, new Int16Array(rows));
    this.io = widened(this.io, new Uint32Array(rows));
    this.state = widened(this.state, new Uint8Array(rows));
    this.isJudged = widened(this.isJudged, new Uint8Array(rows));
    this.isEvicted = widened(this.isEvicted, new Uint8Array(rows));
    this.status = widened(this.status, new Uint8Array(rows));
    this.valueA = widened(this.valueA, new Float64Array(rows));
    this.valueB = widened(this.valueB, new Float64Array(rows));
    this.operationId = widened(this.operationId, new Uint32Array(rows));
    this.issuedTick = widened(this.issuedTick, new Float64Array(rows));
    this.free = widened(this.free, new Int32Array(rows));
  }
}

type Column = Uint8Array | Uint16Array | Uint32Array | Int16Array | Int32Array | Float64Array;

/** @returns `wider`, which starts with what `narrow` holds. */
function widened<T extends Column>(narrow: T, wider: T): T {
  wider.set(narrow);
  return wider;
}
