/** Owns who runs when a range becomes free: waiting transfers, in the order of their places in the queue. */

import type { Effects } from '../contract/effects.js';
import { type DiskState, type EngineState, transferAt } from '../state/state.js';
import { beginCopying } from './copier.js';
import { mayRun, runTransfer } from './dispatch.js';
import { blockerOf } from './locks.js';

/** Runs every waiting transfer of the disk that no earlier one blocks any more. */
export function runUnblocked(state: EngineState, disk: DiskState, out: Effects): void {
  disk.rangesFreed = false;
  for (;;) {
    const index = firstUnblocked(state, disk);
    if (index < 0) return;
    if (transferAt(state, index).kind === 'copy') beginCopying(state, disk, index, out);
    else runTransfer(state, disk, index, out);
  }
}

function firstUnblocked(state: EngineState, disk: DiskState): number {
  let found = -1;
  let order = Number.POSITIVE_INFINITY;
  for (let index = 0; index < state.transfers.length; index += 1) {
    const transfer = transferAt(state, index);
    if (transfer.phase !== 'waiting' || transfer.disk !== disk.index || transfer.order >= order) continue;
    if (blockerOf(state, transfer) !== undefined || !mayRun(state, disk, transfer)) continue;
    found = index;
    order = transfer.order;
  }
  return found;
}
