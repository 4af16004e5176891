/**
 * Owns the requests that engines have made and that are not answered yet, as a table of rows that are used again: nothing is allocated for
 * one more request. A row is named by its slot and, since slots are used again, checked by its operation id.
 *
 *   free ──take──► queued ──service──► serviced ──complete──► free
 *                    └──stuck──► stuck, lost ──cancel, release──┤
 *                                      abandoned ◄──path lost───┘    it can be aborted still
 */

import { assert, fail } from '../../devices/assert.js';

export const enum RequestStage {
  FREE = 0,
  /** Its service is pending in the queue. */
  QUEUED = 1,
  /** The device holds it and does not answer until it is cancelled, or the fault ends. */
  STUCK = 2,
  /** The device is done with it; its completion is pending in the queue. */
  SERVICED = 3,
  /** Nobody holds it any more: it is answered when it is cancelled, and never before. */
  LOST = 4,
  /** Its node was told that its path is lost; what becomes of it says `loss`. */
  ABANDONED = 5,
}

export const enum Loss {
  /** Its path, as far as is known, carries it. */
  NONE = 0,
  /** Its path was lost, and it will not land any more: it never arrived, or was served already. */
  SETTLED = 1,
  /** Its path was lost, and it is travelling still: its service is pending in the queue. */
  TRAVELS = 2,
}

/** Far above what the DMA slots and retries of eight nodes can keep in flight. */
const ROWS_MAX = 1 << 14;

/** A request on its way, or a row that is free. */
export interface RequestRow {
  node: number;
  generation: number;
  /** The engine's own number for the request. */
  request: number;
  /** Device number, or -1 where the port is empty. */
  device: number;
  /** Number of the path that it took to the device. */
  path: number;
  /** A `Loss`; what a write that travels still carries is in `payload`. */
  loss: number;
  payload: Uint8Array | undefined;
  operation: number;
  sector: number;
  count: number;
  slot: number;
  slotSector: number;
  fua: number;
  /** Index of the durable step, or -1. */
  step: number;
  /** The application's I/O that filled the DMA slot, or 0. */
  io: number;
  state: number;
  /** A verdict was given already: what comes back after a delay is not judged again. */
  isJudged: number;
  /** Its node was evicted from the device while it was on its way: it is rejected, whoever is registered when it gets there. */
  isEvicted: number;
  status: number;
  valueA: number;
  valueB: number;
  operationId: number;
  issuedTick: number;
}

const blankRow = (): RequestRow => ({
  node: 0,
  generation: 0,
  request: 0,
  device: -1,
  path: 0,
  loss: Loss.NONE,
  payload: undefined,
  operation: 0,
  sector: 0,
  count: 0,
  slot: -1,
  slotSector: 0,
  fua: 0,
  step: -1,
  io: 0,
  state: RequestStage.FREE,
  isJudged: 0,
  isEvicted: 0,
  status: 0,
  valueA: 0,
  valueB: 0,
  operationId: 0,
  issuedTick: 0,
});

export class RequestTable {
  /** Every row at or above this one is free. */
  rowsEnd = 0;
  /** Kept from run to run. */
  readonly rows: RequestRow[] = [];

  private readonly free = new Int32Array(ROWS_MAX);
  private freeCount = 0;

  reset(): void {
    for (let row = 0; row < this.rowsEnd; row += 1) this.rows[row]!.state = RequestStage.FREE;
    this.rowsEnd = 0;
    this.freeCount = 0;
  }

  /** @returns a row in state `queued`; the caller fills in the rest. Rows are taken in a fixed order: last freed, first used. */
  take(): number {
    let row: number;
    if (this.freeCount > 0) {
      this.freeCount -= 1;
      row = this.free[this.freeCount]!;
    } else {
      row = this.rowsEnd;
      assert(row < ROWS_MAX, 'expected at most 16,384 requests in flight, got more: an engine asks without end');
      if (row === this.rows.length) this.rows.push(blankRow());
      this.rowsEnd += 1;
    }
    const request = this.rows[row]!;
    request.state = RequestStage.QUEUED;
    request.loss = Loss.NONE;
    return row;
  }

  release(row: number): void {
    const request = this.rows[row]!;
    if (request.state === RequestStage.FREE) fail(`request row ${row} released twice`);
    request.state = RequestStage.FREE;
    this.free[this.freeCount] = row;
    this.freeCount += 1;
  }

  /** @returns whether `row` still is the request of `operationId`. */
  holds(row: number, operationId: number): boolean {
    const request = this.rows[row]!;
    return request.state !== RequestStage.FREE && request.operationId === operationId;
  }

  /** @returns whether the row's request has not been at its device yet, as far as its node knows. */
  isOutstanding(row: number): boolean {
    const state = this.rows[row]!.state;
    return state === RequestStage.QUEUED || state === RequestStage.STUCK || state === RequestStage.LOST;
  }

  /** @returns the row of an engine's request, or -1 when it is not outstanding. */
  find(node: number, request: number): number {
    for (let row = 0; row < this.rowsEnd; row += 1) {
      const each = this.rows[row]!;
      if (each.state !== RequestStage.FREE && each.node === node && each.request === request) return row;
    }
    return -1;
  }

  /** Marks what every other node still has on its way to a device. */
  evictOthers(device: number, node: number): void {
    for (let row = 0; row < this.rowsEnd; row += 1) {
      const request = this.rows[row]!;
      if (request.state === RequestStage.FREE || request.device !== device || request.node === node) continue;
      request.isEvicted = 1;
    }
  }

  /** @returns the outstanding rows of a node, oldest request first: a fresh array. */
  ofNode(node: number): number[] {
    const rows: number[] = [];
    for (let row = 0; row < this.rowsEnd; row += 1) {
      const request = this.rows[row]!;
      if (request.state !== RequestStage.FREE && request.node === node) rows.push(row);
    }
    return rows.sort((a, b) => this.rows[a]!.operationId - this.rows[b]!.operationId);
  }
}
