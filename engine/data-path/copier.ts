/**
 * Owns copying: dirty regions go from source to target, or in target-selected from target to source, a few at a time, beside the
 * application's writes. A copy shares its region with reads and excludes writes; its dirty bit is cleared before the copy reads, and set
 * again if the copy fails.
 *
 *   dirty region → (extent query) → waits for its range → bit cleared → read piece → write piece → … → done
 */

import type { Effects } from '../contract/effects.js';
import type { DeviceCompletedEvent } from '../contract/events.js';
import { LABEL_SECTORS } from '../records/layout.js';
import { regionSectorsOf } from '../regions/region-size.js';
import { copiedFrom } from '../regions/source-behind.js';
import { isLost } from '../regions/unflushed.js';
import { fail } from '../state/assert.js';
import { isVisible } from '../state/ports.js';
import { issueForTransfer, issueRequest } from '../state/requests.js';
import {
  type DiskState,
  type EngineState,
  isWriteCloning,
  type RequestState,
  type Side,
  takeTransfer,
  type Transfer,
  transferAt,
} from '../state/state.js';
import { copierArgument, TIMER_COPIER, timerOf } from '../state/timers.js';
import { freeTransfer } from './completion.js';
import { noteSourceFault, noteTargetFault } from './faults.js';
import { blockerOf } from './locks.js';
import { isDirty, nextDirty, setClean, setDirty } from './region-map.js';

export const mayCopy = (disk: DiskState): boolean =>
  disk.map.dirtyCount > 0 &&
  !disk.copier.throttled &&
  (disk.copier.bringsBack ||
    (disk.lifecycle === 'online' &&
      disk.gate === 'open' &&
      isWriteCloning(disk.state) &&
      !disk.copier.paused &&
      !disk.targetFault &&
      !disk.sourceFault &&
      disk.unreadableRegion < 0));

/** Starts as many copies as bounds, throttle and dirty regions allow. */
export function startCopies(state: EngineState, disk: DiskState, out: Effects): void {
  while (
    mayCopy(disk) &&
    disk.copier.inFlightCount < state.configuration.limits.copiesMax &&
    !disk.copier.extentPending
  ) {
    // A source that is not seen, or not yet again, has no size to copy by.
    if (!isVisible(state, disk.local.source)) return;
    const region = nextFreeRegion(state, disk);
    if (region < 0) return;
    if (needsExtent(state, disk, region)) {
      askExtent(state, disk, region, out);
      return;
    }
    if (isUnallocated(state, disk, region)) skipUnallocated(state, disk, region, out);
    else if (!startCopy(state, disk, region, out)) return;
  }
}

/** What the source never held and the blank target lacks as well counts as copied, up to where the source's data begin. */
function skipUnallocated(state: EngineState, disk: DiskState, from: number, out: Effects): void {
  let region = from;
  for (; region < disk.map.regionsCount && isUnallocated(state, disk, region); region += 1) {
    if (!isDirty(disk.map, region)) continue;
    setClean(disk.map, region);
    disk.copier.copiedCount += 1;
  }
  disk.copier.cursor = region;
  out.probe('copy.skipped-unallocated', true);
}

/** The next dirty region that no copy waits for or works on. */
function nextFreeRegion(state: EngineState, disk: DiskState): number {
  let region = nextDirty(disk.map, disk.copier.cursor % disk.map.regionsCount);
  for (let tries = 0; tries < state.configuration.limits.copiesMax && region >= 0; tries += 1) {
    const taken = state.transfers.some((transfer) => isCopyOf(transfer, disk, region));
    if (!taken) return region;
    region = nextDirty(disk.map, (region + 1) % disk.map.regionsCount);
  }
  const takenAtLast = state.transfers.some((transfer) => isCopyOf(transfer, disk, region));
  return takenAtLast ? -1 : region;
}

const isCopyOf = (transfer: Transfer, disk: DiskState, region: number): boolean =>
  transfer.phase !== 'free' && transfer.kind === 'copy' && transfer.disk === disk.index && transfer.region === region;

/** False: no slot is free; the end of another transfer brings the next chance. */
function startCopy(state: EngineState, disk: DiskState, region: number, out: Effects): boolean {
  const index = takeTransfer(state);
  if (index === undefined) return false;
  const regionSectors = regionSectorsOf(state, disk);
  const transfer = transferAt(state, index);
  transfer.kind = 'copy';
  transfer.disk = disk.index;
  transfer.io = -1;
  transfer.operation = 'read';
  transfer.fua = false;
  transfer.exclusive = false;
  transfer.route = 'bound';
  transfer.order = state.transferOrder++;
  transfer.region = region;
  transfer.sector = region * regionSectors;
  transfer.count = Math.min(regionSectors, disk.sizeSectors - transfer.sector);
  out.probe('copy.short-last-region', transfer.count < regionSectors);
  if (transfer.count <= 0) fail(`region ${region} lies outside the source`);
  transfer.phase = 'waiting';
  disk.copier.inFlightCount += 1;
  disk.copier.cursor = region + 1;
  throttle(disk, out);
  if (blockerOf(state, transfer) === undefined) beginCopying(state, disk, index, out);
  return true;
}

/** The range is free: nothing writes it until the copy is over. */
export function beginCopying(state: EngineState, disk: DiskState, index: number, out: Effects): void {
  const transfer = transferAt(state, index);
  if (!isDirty(disk.map, transfer.region)) {
    endCopy(state, disk, index);
    return;
  }
  transfer.phase = 'running';
  setClean(disk.map, transfer.region);
  transfer.pieceSector = transfer.sector;
  transfer.dataEnd = transfer.sector;
  nextPiece(state, disk, index, out);
}

/** A large region is copied piece by piece; to a blank target only those pieces that the source holds. */
function nextPiece(state: EngineState, disk: DiskState, index: number, out: Effects): void {
  const transfer = transferAt(state, index);
  const end = transfer.sector + transfer.count;
  if (transfer.pieceSector >= end) {
    disk.copier.copiedCount += 1;
    endCopy(state, disk, index);
    return;
  }
  const isSparse = disk.copier.targetBlank && transfer.count > state.configuration.slotSectors;
  if (transfer.pieceSector === transfer.dataEnd && isSparse) {
    askExtentOfRegion(state, disk, index, end, out);
    return;
  }
  if (transfer.pieceSector === transfer.dataEnd) transfer.dataEnd = end;
  issuePiece(state, disk, index, 'read', out);
}

/** Nobody writes the region meanwhile, so the answer stays true until it is copied. */
function askExtentOfRegion(state: EngineState, disk: DiskState, index: number, end: number, out: Effects): void {
  const { pieceSector } = transferAt(state, index);
  issueRequest(
    state,
    {
      owner: 'transfer',
      disk: disk.index,
      transfer: index,
      side: 'source',
      identity: disk.local.source,
      operation: 'nextExtent',
      sector: LABEL_SECTORS + pieceSector,
      count: end - pieceSector,
    },
    out,
  );
}

function takeExtentOfRegion(transfer: Transfer, ok: boolean, event: DeviceCompletedEvent): void {
  const end = transfer.sector + transfer.count;
  if (!ok) {
    // Without an answer all of it is copied.
    transfer.dataEnd = end;
  } else if (event.valueB === 0) {
    transfer.pieceSector = end;
  } else {
    transfer.pieceSector = event.valueA - LABEL_SECTORS;
    transfer.dataEnd = Math.min(end, transfer.pieceSector + event.valueB);
  }
}

function issuePiece(
  state: EngineState,
  disk: DiskState,
  index: number,
  operation: 'read' | 'write',
  out: Effects,
): void {
  const transfer = transferAt(state, index);
  transfer.operation = operation;
  transfer.pieceCount = Math.min(state.configuration.slotSectors, transfer.dataEnd - transfer.pieceSector);
  const from = copiedFrom(disk);
  const side = operation === 'read' ? from : from === 'source' ? 'target' : 'source';
  const identity = side === 'source' ? disk.local.source : disk.local.target;
  issueForTransfer(state, index, side, identity, LABEL_SECTORS + transfer.pieceSector, transfer.pieceCount, out);
}

/** Takes the answer to a piece in. */
export function continueCopy(
  state: EngineState,
  disk: DiskState,
  request: RequestState,
  ok: boolean,
  event: DeviceCompletedEvent,
  out: Effects,
): void {
  const index = request.transfer;
  const transfer = transferAt(state, index);
  if (disk.ownershipLost) {
    endCopy(state, disk, index);
    return;
  }
  if (request.operation === 'nextExtent') {
    takeExtentOfRegion(transfer, ok, event);
    nextPiece(state, disk, index, out);
    return;
  }
  if (!ok) {
    setDirty(disk.map, transfer.region);
    out.probe('copy.region-redirtied', true);
    out.probe('copy.read-failed', request.operation === 'read');
    out.probe('copy.write-failed', request.operation === 'write');
    noteFailedCopy(state, disk, transfer.region, request.side, out);
    endCopy(state, disk, index);
    return;
  }
  if (transfer.operation === 'read') {
    takeRead(state, disk, index, out);
    return;
  }
  transfer.pieceSector += transfer.pieceCount;
  nextPiece(state, disk, index, out);
}

/** What a faulted target has lost, or never had, is not brought back: the source's own content stands. */
function takeRead(state: EngineState, disk: DiskState, index: number, out: Effects): void {
  const { region } = transferAt(state, index);
  const isLostThere = copiedFrom(disk) === 'target' && isLost(disk.unflushed.target, region);
  out.probe('resync.region-lost', isLostThere);
  if (isLostThere) endCopy(state, disk, index);
  else issuePiece(state, disk, index, 'write', out);
}

/** On the way back to the source a region that a faulted target does not give is lost: it is reported, and the source's own content stands. */
function noteFailedCopy(state: EngineState, disk: DiskState, region: number, side: Side, out: Effects): void {
  const isLost = disk.targetFault && copiedFrom(disk) === 'target';
  out.probe('resync.region-lost', isLost);
  if (isLost) setClean(disk.map, region);
  if (isLost || (side === 'source' && copiedFrom(disk) === 'source')) disk.unreadableRegion = region;
  else if (side === 'source') noteSourceFault(disk);
  else noteTargetFault(state, disk, out);
}

function endCopy(state: EngineState, disk: DiskState, index: number): void {
  freeTransfer(state, index);
  disk.copier.inFlightCount -= 1;
}

/** Takes copies back that have not begun; their regions are dirty still. */
export function withdrawWaitingCopies(state: EngineState, disk: DiskState): void {
  state.transfers.forEach((transfer, index) => {
    if (transfer.kind === 'copy' && transfer.disk === disk.index && transfer.phase === 'waiting') {
      freeTransfer(state, index);
      disk.copier.inFlightCount -= 1;
    }
  });
}

function throttle(disk: DiskState, out: Effects): void {
  const { throttleTicks, throttleRound } = disk.copier;
  if (throttleTicks === 0) return;
  disk.copier.throttled = true;
  out.timer(timerOf(TIMER_COPIER, copierArgument(disk.index, throttleRound)), throttleTicks);
}

/** The pause between two copies is over. One that began at another pace is not waited for, and ends nothing: else each order would bring copies of its own. */
export function endThrottle(disk: DiskState, argument: number): void {
  if (argument === copierArgument(disk.index, disk.copier.throttleRound)) disk.copier.throttled = false;
}

/**
 * A blank target needs no copy of what the source never held. The answer of an extent query stays true as long as every write is
 * cloned: so none is asked while a write is on its way that the target will not get.
 */
function needsExtent(state: EngineState, disk: DiskState, region: number): boolean {
  if (!disk.copier.targetBlank) return false;
  const from = region * regionSectorsOf(state, disk);
  const known = from >= disk.copier.extentFrom && from < disk.copier.extentTo;
  return !known && !state.transfers.some((transfer) => isUncloned(transfer, disk));
}

/** A clone is on its way to its target, from a synchronisation that may be over. */
export const isCloneRunning = (state: EngineState, disk: DiskState): boolean =>
  state.transfers.some(
    (transfer) => transfer.disk === disk.index && transfer.phase === 'running' && transfer.route !== 'bound',
  );

/** A write that was on its way to the source alone when cloning began. */
export const isUncloned = (transfer: Transfer, disk: DiskState): boolean =>
  transfer.disk === disk.index && transfer.phase === 'running' && transfer.exclusive && transfer.route === 'bound';

function askExtent(state: EngineState, disk: DiskState, region: number, out: Effects): void {
  disk.copier.extentPending = true;
  const from = region * regionSectorsOf(state, disk);
  issueRequest(
    state,
    {
      owner: 'copier',
      disk: disk.index,
      identity: disk.local.source,
      operation: 'nextExtent',
      sector: LABEL_SECTORS + from,
      count: disk.sizeSectors - from,
    },
    out,
  );
}

/** Takes the answer to an extent query in: everything between the asked sector and the extent's start was never written. */
export function takeExtent(disk: DiskState, request: RequestState, ok: boolean, event: DeviceCompletedEvent): void {
  const { copier } = disk;
  copier.extentPending = false;
  if (!ok || !copier.targetBlank) {
    // Without an answer everything is copied.
    copier.targetBlank = false;
    return;
  }
  const asked = request.sector - LABEL_SECTORS;
  const end = asked + request.count;
  copier.extentFrom = asked;
  copier.extentTo = event.valueB === 0 ? end : event.valueA - LABEL_SECTORS + event.valueB;
  copier.allocatedFrom = event.valueB === 0 ? end : event.valueA - LABEL_SECTORS;
}

function isUnallocated(state: EngineState, disk: DiskState, region: number): boolean {
  const { copier } = disk;
  if (!copier.targetBlank) return false;
  const regionSectors = regionSectorsOf(state, disk);
  const from = region * regionSectors;
  const to = Math.min(from + regionSectors, disk.sizeSectors);
  return from >= copier.extentFrom && to <= copier.allocatedFrom;
}
