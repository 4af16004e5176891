/**
 * Owns what is known of one device's cache: which regions were written since the device was last flushed, so that what a reset may have taken
 * back is known to the region. A flush covers what had completed when it was issued, and nothing that completes while it is on its way.
 *
 *   epoch     1 1 1 ──flush issued──► 2 2 2 ──flush issued──► 3 …      a write that completes notes the epoch on its region
 *   flushed   1 ─────────────────flush answered──► 2                   unflushed: noted epoch ≥ flushed
 */

import type { DiskState, EngineState, RequestState, Side } from '../state/state.js';
import { LABEL_SECTORS } from '../records/layout.js';
import { regionsTouched } from './region-size.js';

export interface Unflushed {
  /** Raised when a flush is issued. */
  epoch: number;
  /** Epoch of the newest flush that was answered. */
  flushedEpoch: number;
  /** Per region: epoch in which it was last written; 0: never. */
  writtenEpoch: Uint32Array;
}

/** Above every epoch. */
const EPOCH_LOST = 0xffffffff;

export const emptyUnflushed = (): Unflushed => ({ epoch: 1, flushedEpoch: 1, writtenEpoch: new Uint32Array(0) });

/**
 * Begins a new book on a device of which nothing is unflushed, or of which nothing is known to be flushed. Epochs go on: a flush that is still
 * on its way says nothing about what is written from now on.
 */
export function beginBook({ epoch }: Unflushed, regionsCount: number, isAllUnflushed: boolean): Unflushed {
  const next = epoch + 1;
  return {
    epoch: next,
    flushedEpoch: next,
    writtenEpoch: new Uint32Array(regionsCount).fill(isAllUnflushed ? next : 0),
  };
}

export const isUnflushed = ({ writtenEpoch, flushedEpoch }: Unflushed, region: number): boolean =>
  (writtenEpoch[region] ?? 0) >= flushedEpoch;

/** The device has grown: of what is new nothing is unflushed that was not written since. */
export function extendBook(book: Unflushed, regionsCount: number): void {
  const longer = new Uint32Array(regionsCount);
  longer.set(book.writtenEpoch);
  book.writtenEpoch = longer;
}

/** A faulted target has lost the region, or never had all of it, whatever it is flushed of later. */
export function markLost({ writtenEpoch }: Unflushed, region: number): void {
  writtenEpoch[region] = EPOCH_LOST;
}

export const isLost = ({ writtenEpoch }: Unflushed, region: number): boolean => writtenEpoch[region] === EPOCH_LOST;

/** Which of the disk's devices an identity is; undefined: neither, as of a metadata device. */
export function sideOf({ local }: DiskState, identity: number): Side | undefined {
  if (identity === local.source) return 'source';
  return identity === local.target ? 'target' : undefined;
}

const bookOf = ({ unflushed }: DiskState, side: Side): Unflushed =>
  side === 'source' ? unflushed.source : unflushed.target;

/** A flush is about to be sent. @returns the epoch it ends, for `noteServed`. */
export function beginFlush(disk: DiskState, identity: number): number {
  const side = sideOf(disk, identity);
  if (side === undefined) return 0;
  const book = bookOf(disk, side);
  book.epoch += 1;
  return book.epoch;
}

/** A request was answered: a flush covers what completed before it, a write that may have landed is unflushed. */
export function noteServed(state: EngineState, disk: DiskState, request: RequestState, ok: boolean): void {
  switch (request.operation) {
    case 'flush': {
      const side = sideOf(disk, request.identity);
      if (ok && side !== undefined) takeFlush(disk, side, request.flushEpoch);
      return;
    }
    case 'write':
    case 'discard':
    case 'writeZeroes': {
      const side = sideOf(disk, request.identity);
      if (side !== undefined && !(ok && request.fua)) noteWritten(state, disk, request, side);
      return;
    }
    default:
      return;
  }
}

function takeFlush(disk: DiskState, side: Side, epoch: number): void {
  const book = bookOf(disk, side);
  book.flushedEpoch = Math.max(book.flushedEpoch, epoch);
  disk.log.mayClear = true;
}

function noteWritten(state: EngineState, disk: DiskState, request: RequestState, side: Side): void {
  const { writtenEpoch, epoch } = bookOf(disk, side);
  const [first, last] = regionsTouched(state, disk, request.sector - LABEL_SECTORS, request.count);
  // A write to the label, in front of all regions, is a record's business.
  for (let region = Math.max(0, first); region <= last && region < writtenEpoch.length; region += 1)
    if ((writtenEpoch[region] ?? 0) < epoch) writtenEpoch[region] = epoch;
}

/**
 * The device reported a reset: visits every region that it may have lost something of, a write that is on its way there included, since
 * that may have been served before the reset. What is left on the device now is durable.
 */
export function takeLosses(
  state: EngineState,
  disk: DiskState,
  side: Side,
  reporter: RequestState,
  visit: (region: number) => void,
): void {
  const unflushed = bookOf(disk, side);
  for (const request of state.requests) {
    if (request === reporter && request.attempts + request.detours === 0) continue;
    const isWrite = request.operation !== 'read' && request.operation !== 'flush' && request.operation !== 'nextExtent';
    if (request.owner !== 'transfer' || request.disk !== disk.index || !isWrite) continue;
    if (sideOf(disk, request.identity) === side) noteWritten(state, disk, request, side);
  }
  for (let region = 0; region < unflushed.writtenEpoch.length; region += 1) {
    if (isUnflushed(unflushed, region)) visit(region);
  }
  unflushed.epoch += 1;
  unflushed.flushedEpoch = unflushed.epoch;
}
