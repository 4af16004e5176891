/**
 * Owns where a transfer goes: its place in the queue of range locks, its route by the migration's state, the device requests of each side.
 * Leaves out what the answers mean (`settle.ts`).
 */

import type { Effects } from '../contract/effects.js';
import { LABEL_SECTORS } from '../records/layout.js';
import { hasIntent } from '../regions/dirty-log.js';
import { regionsTouched } from '../regions/region-size.js';
import { isOnSource, isSourceBehind } from '../regions/source-behind.js';
import { issueForTransfer } from '../state/requests.js';
import { type DiskState, type EngineState, type Route, type Side, type Transfer, transferAt } from '../state/state.js';
import { blockerOf } from './locks.js';

/** Queues an admitted application transfer for its range, and runs it when the range is free. */
export function startTransfer(state: EngineState, disk: DiskState, index: number, out: Effects): void {
  const transfer = transferAt(state, index);
  transfer.order = state.transferOrder++;
  transfer.phase = 'waiting';
  const blocker = blockerOf(state, transfer);
  if (blocker === undefined && mayRun(state, disk, transfer)) runTransfer(state, disk, index, out);
  else if (blocker !== undefined) {
    out.probe('write.waited-for-lock', transfer.exclusive && blocker.kind === 'application');
    out.probe('write.waited-for-copy', transfer.exclusive && blocker.kind === 'copy');
    out.probe('read.waited-for-write', transfer.operation === 'read');
  }
}

/**
 * In target-selected a crash leads back to the source: no flush is answered before it holds all that the target holds. And while regions are to be
 * brought back from a target that has failed, no write may come to the source alone, and what the source lacks is not read.
 */
export function mayRun(state: EngineState, disk: DiskState, transfer: Transfer): boolean {
  if (!hasIntent(state, disk, transfer)) return false;
  const { operation, sector, count } = transfer;
  if (!isSourceBehind(disk)) return true;
  if (operation === 'flush' || !disk.targetFault) return operation !== 'flush';
  return operation === 'read' && isOnSource(state, disk, sector, count);
}

export function runTransfer(state: EngineState, disk: DiskState, index: number, out: Effects): void {
  const transfer = transferAt(state, index);
  transfer.phase = 'running';
  transfer.route = routeOf(disk);
  transfer.sourceStatus = 'unused';
  transfer.targetStatus = 'unused';
  if (transfer.operation === 'read') {
    issueSide(state, disk, index, transfer.route === 'clone-read-target' ? 'target' : 'source', out);
    return;
  }
  const [first, last] = regionsTouched(state, disk, transfer.sector, transfer.count);
  out.probe('write.spans-regions', transfer.exclusive && first !== last && transfer.route !== 'bound');
  issueSide(state, disk, index, 'source', out);
  if (transfer.route !== 'bound') issueSide(state, disk, index, 'target', out);
}

/**
 * Where application I/O goes in the disk's state. While a fault of the target is known and not yet acted on, everything goes to
 * the source alone: it holds whatever was acknowledged.
 */
export function routeOf(disk: DiskState): Route {
  if (disk.targetFault) return 'bound';
  switch (disk.state) {
    case 'syncing':
    case 'source-selected':
      return 'clone-read-source';
    case 'target-selected':
      return 'clone-read-target';
    default:
      return 'bound';
  }
}

/** Sends one side of a transfer to its device. On route `bound` the only side is called source, whatever device is bound. */
export function issueSide(state: EngineState, disk: DiskState, index: number, side: Side, out: Effects): void {
  const transfer = transferAt(state, index);
  if (side === 'source') transfer.sourceStatus = 'pending';
  else transfer.targetStatus = 'pending';
  const sector = transfer.operation === 'flush' ? 0 : LABEL_SECTORS + transfer.sector;
  issueForTransfer(state, index, side, identityOf(disk, transfer.route, side), sector, transfer.count, out);
}

function identityOf(disk: DiskState, route: Route, side: Side): number {
  if (route === 'bound') return disk.local.bound;
  return side === 'source' ? disk.local.source : disk.local.target;
}
