/**
 * Owns what the devices' answers to an application transfer mean: when it is acknowledged, which side is faulted, which regions become
 * dirty.
 *
 * A write is acknowledged when both sides hold it; or when the target failed and the fault is held against the target; or, in
 * target-selected, when the source failed and the roll-forward flag is durable. Before commit no fault of the target reaches the
 * application.
 */

import type { Effects } from '../contract/effects.js';
import {
  type DiskState,
  type EngineState,
  isWriteCloning,
  type RequestState,
  type Transfer,
  transferAt,
} from '../state/state.js';
import { completeApplication } from './completion.js';
import { issueSide, regionSectorsOf } from './dispatch.js';
import { noteSourceFault, noteTargetFault } from './faults.js';
import { setAllDirty, setDirty } from './region-map.js';

/** Takes the answer of one side in; settles the transfer when no side is left. */
export function settleSide(
  state: EngineState,
  disk: DiskState,
  request: RequestState,
  ok: boolean,
  out: Effects,
): void {
  const transfer = transferAt(state, request.transfer);
  if (request.side === 'source') transfer.sourceStatus = ok ? 'ok' : 'failed';
  else transfer.targetStatus = ok ? 'ok' : 'failed';
  if (transfer.sourceStatus === 'pending' || transfer.targetStatus === 'pending') return;
  const failed = transfer.sourceStatus === 'failed' || transfer.targetStatus === 'failed';
  // Who has lost the disk concludes nothing from a failure, and holds nothing against a device.
  if (failed && disk.ownershipLost) completeApplication(state, request.transfer, 'offline', out);
  else if (transfer.operation === 'read') settleRead(state, disk, request.transfer, transfer, out);
  else if (transfer.route === 'bound') completeApplication(state, request.transfer, ok ? 'ok' : 'error', out);
  else settleClone(state, disk, request.transfer, transfer, out);
}

/** A read that the target failed is served by the source, which holds whatever was acknowledged. */
function settleRead(state: EngineState, disk: DiskState, index: number, transfer: Transfer, out: Effects): void {
  const failed =
    transfer.sourceStatus === 'failed' || (transfer.targetStatus === 'failed' && transfer.sourceStatus === 'unused');
  if (transfer.targetStatus === 'failed' && transfer.sourceStatus === 'unused') {
    noteTargetFault(state, disk, out);
    out.probe('read.redirected-to-source', true);
    issueSide(state, disk, index, 'source', out);
    return;
  }
  completeApplication(state, index, failed ? 'error' : 'ok', out);
}

function settleClone(state: EngineState, disk: DiskState, index: number, transfer: Transfer, out: Effects): void {
  const sourceOk = transfer.sourceStatus === 'ok';
  const targetOk = transfer.targetStatus === 'ok';
  out.probe('write.target-failed', sourceOk && !targetOk && transfer.exclusive);
  out.probe('write.source-failed', !sourceOk && targetOk && transfer.exclusive);
  out.probe('write.both-failed', !sourceOk && !targetOk && transfer.exclusive);
  out.probe('flush.source-failed', !sourceOk && transfer.operation === 'flush');
  if (!targetOk) noteTargetFault(state, disk, out);
  if (sourceOk) {
    completeApplication(state, index, 'ok', out);
    return;
  }
  if (targetOk && disk.state === 'target-selected' && !disk.targetFault) {
    // Only the target holds it now: it is acknowledged when a crash can no longer lead back to the source.
    transfer.phase = 'rollForward';
    out.probe('write.waits-for-roll-forward', true);
    noteSourceFault(disk);
    return;
  }
  // The sides may differ from here on, so the region is copied again before the target counts as whole.
  if (isWriteCloning(disk.state)) markDirty(state, disk, transfer);
  completeApplication(state, index, 'error', out);
}

/** A flush, FUA or discard that failed counts as a reset of the source: anything written since its last flush may be lost. */
function markDirty(state: EngineState, disk: DiskState, transfer: Transfer): void {
  disk.copier.targetBlank = false;
  if (transfer.operation !== 'write' || transfer.fua) {
    setAllDirty(disk.map);
    return;
  }
  const regionSectors = regionSectorsOf(state, disk);
  const last = Math.floor((transfer.sector + transfer.count - 1) / regionSectors);
  for (let region = Math.floor(transfer.sector / regionSectors); region <= last; region += 1)
    setDirty(disk.map, region);
}
