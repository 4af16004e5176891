/**
 * Owns the first moments of a fault: what is noted at once, before anything is durable. What follows from it is a procedure's work
 * (`procedures/abort.ts`, `procedures/commit.ts`).
 */

import type { Effects } from '../contract/effects.js';
import { type DiskState, type EngineState, isWriteCloning } from '../state/state.js';
import { completeApplication } from './completion.js';

/**
 * A fault of the target. Until the roll-forward flag's write is issued it wins over a fault of the source: writes that wait for the flag
 * fail, and the source, which they may or may not have reached, stays live. After that the target is all there is.
 */
export function noteTargetFault(state: EngineState, disk: DiskState, out: Effects): void {
  if (disk.rollForwardIssued || !isWriteCloning(disk.state)) return;
  disk.targetFault = true;
  disk.sourceFault = false;
  answerWaitingForRollForward(state, disk, 'error', out);
}

/** A fault of the source in target-selected: the engine commits by itself. */
export function noteSourceFault(disk: DiskState): void {
  if (!disk.targetFault) disk.sourceFault = true;
}

export function answerWaitingForRollForward(
  state: EngineState,
  disk: DiskState,
  status: 'ok' | 'error' | 'offline',
  out: Effects,
): void {
  state.transfers.forEach((transfer, index) => {
    if (transfer.disk === disk.index && transfer.phase === 'rollForward')
      completeApplication(state, index, status, out);
  });
}
