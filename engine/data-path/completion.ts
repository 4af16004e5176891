/** Owns the end of a transfer: the application's answer, and who may run now that its range is free. */

import type { Effects } from '../contract/effects.js';
import type { ApplicationStatus } from '../contract/vocabulary.js';
import { fail } from '../state/assert.js';
import { diskAt, type EngineState, transferAt } from '../state/state.js';

export function completeApplication(state: EngineState, index: number, status: ApplicationStatus, out: Effects): void {
  const transfer = transferAt(state, index);
  if (transfer.kind !== 'application' || transfer.phase === 'free') fail(`transfer ${index} answered twice`);
  if (status === 'ok' && transfer.operation === 'read') out.deliver(transfer.io, index);
  out.applicationCompleted(transfer.io, status);
  freeTransfer(state, index);
}

/** Gives the table entry, its DMA slot and its range lock back; whoever waited for the range runs before the event is over. */
export function freeTransfer(state: EngineState, index: number): void {
  const transfer = transferAt(state, index);
  transfer.phase = 'free';
  diskAt(state, transfer.disk).rangesFreed = true;
  state.transfersFree.push(index);
}
