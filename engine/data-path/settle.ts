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
  type Side,
  type Transfer,
  transferAt,
} from '../state/state.js';
import { completeApplication } from './completion.js';
import { issueSide, mayRun } from './dispatch.js';
import { noteSourceFault, noteTargetFault } from './faults.js';
import { isDirty, setAllDirty, setClean, setDirty } from './region-map.js';
import { regionsTouched } from '../regions/region-size.js';
import { isSourceBehind } from '../regions/source-behind.js';
import { markLost } from '../regions/unflushed.js';

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
  else if (transfer.operation === 'read') settleRead(state, disk, request.transfer, transfer, request.side, out);
  else if (transfer.route === 'bound') settleBound(state, disk, request.transfer, transfer, out);
  else settleClone(state, disk, request.transfer, transfer, out);
}

/**
 * A read that the target failed is served by the source, which holds whatever was acknowledged; so is one that it served, as a fault was
 * noted meanwhile: a target that was reset may have answered with what it had before. What the source lacks is brought back first.
 */
function settleRead(
  state: EngineState,
  disk: DiskState,
  index: number,
  transfer: Transfer,
  side: Side,
  out: Effects,
): void {
  const ok = (side === 'source' ? transfer.sourceStatus : transfer.targetStatus) === 'ok';
  if (side === 'target' && !ok) noteTargetFault(state, disk, out);
  if (!mayRun(state, disk, transfer)) {
    runAgain(state, disk, index, transfer, out);
  } else if (side === 'target' && disk.targetFault) {
    out.probe('read.redirected-to-source', true);
    issueSide(state, disk, index, 'source', out);
  } else completeApplication(state, index, ok ? 'ok' : 'error', out);
}

/** One device has it. In target-selected that is the source, as a fault of the target is known and not yet acted on. */
function settleBound(state: EngineState, disk: DiskState, index: number, transfer: Transfer, out: Effects): void {
  if (disk.state === 'target-selected') keepSource(state, disk, transfer, out);
  completeApplication(state, index, transfer.sourceStatus === 'ok' ? 'ok' : 'error', out);
}

function settleClone(state: EngineState, disk: DiskState, index: number, transfer: Transfer, out: Effects): void {
  const sourceOk = transfer.sourceStatus === 'ok';
  const targetOk = transfer.targetStatus === 'ok';
  out.probe('write.target-failed', sourceOk && !targetOk && transfer.exclusive);
  out.probe('write.source-failed', !sourceOk && targetOk && transfer.exclusive);
  out.probe('write.both-failed', !sourceOk && !targetOk && transfer.exclusive);
  out.probe('flush.source-failed', !sourceOk && transfer.operation === 'flush');
  if (!targetOk) noteTargetFault(state, disk, out);
  if (sourceOk && !targetOk && disk.state === 'target-selected') keepSource(state, disk, transfer, out);
  if (sourceOk && transfer.operation === 'flush' && isSourceBehind(disk)) {
    runAgain(state, disk, index, transfer, out);
    return;
  }
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

/** The source alone holds this write: nothing of these regions may be brought back over it, now or after a reset of the source. */
function keepSource(state: EngineState, disk: DiskState, transfer: Transfer, out: Effects): void {
  if (!transfer.exclusive) return;
  const [first, last] = regionsTouched(state, disk, transfer.sector, transfer.count);
  for (let region = first; region <= last; region += 1) {
    out.probe('resync.region-lost', isDirty(disk.map, region));
    setClean(disk.map, region);
    markLost(disk.unflushed.target, region);
  }
}

/** While it was on its way, the source turned out to lack something: it goes again when that is brought back. */
function runAgain(state: EngineState, disk: DiskState, index: number, transfer: Transfer, out: Effects): void {
  out.probe('flush.waited-for-resync', transfer.operation === 'flush');
  out.probe('read.waited-for-resync', transfer.operation === 'read');
  if (disk.gate === 'closed') completeApplication(state, index, 'offline', out);
  else transfer.phase = disk.gate === 'open' ? 'waiting' : 'held';
}

/** A flush, FUA or discard that failed counts as a reset of the source: anything written since its last flush may be lost. */
function markDirty(state: EngineState, disk: DiskState, transfer: Transfer): void {
  disk.copier.targetBlank = false;
  if (transfer.operation !== 'write' || transfer.fua) {
    setAllDirty(disk.map);
    return;
  }
  const [first, last] = regionsTouched(state, disk, transfer.sector, transfer.count);
  for (let region = first; region <= last; region += 1) setDirty(disk.map, region);
}
