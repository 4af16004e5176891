/**
 * Owns the gate in front of a disk: application I/O is admitted, held back, or refused. A procedure that changes where I/O goes holds,
 * drains, changes, releases; nothing that was held is ever forgotten.
 */

import type { Effects } from '../contract/effects.js';
import type { ApplicationStatus } from '../contract/vocabulary.js';
import { type DiskState, type EngineState, type Transfer, transferAt } from '../state/state.js';
import { isAllowed, isDeviceName } from './access-control.js';
import { completeApplication } from './completion.js';
import { withdrawWaitingCopies } from './copier.js';
import { startTransfer } from './dispatch.js';

/** Keeps new application I/O back, and what still waits for a range lock with it; copies that have not begun are withdrawn. */
export function holdGate(state: EngineState, disk: DiskState): void {
  if (disk.gate !== 'held') disk.localWhenHeld = disk.local;
  disk.gate = 'held';
  holdWaiting(state, disk);
}

function holdWaiting(state: EngineState, disk: DiskState): void {
  withdrawWaitingCopies(state, disk);
  for (const transfer of state.transfers) {
    if (transfer.disk === disk.index && transfer.phase === 'waiting') transfer.phase = 'held';
  }
}

/**
 * Lets what was held go on, in the order of arrival, to wherever the disk's state now sends it. What came by device name was admitted once
 * and for all; a device that was addressed itself may be denied by now.
 */
export function releaseGate(state: EngineState, disk: DiskState, out: Effects): void {
  disk.gate = 'open';
  for (const index of heldInOrder(state, disk)) {
    const { address, value } = transferAt(state, index);
    if (isDeviceName(state, address) || isAllowed(disk.local, address, value)) startTransfer(state, disk, index, out);
    else {
      out.probe('application.denied', true);
      completeApplication(state, index, 'denied', out);
    }
  }
}

/** Refuses application I/O from now on, and what was held with it. */
export function closeGate(state: EngineState, disk: DiskState, status: ApplicationStatus, out: Effects): void {
  disk.gate = 'closed';
  holdWaiting(state, disk);
  for (const index of heldInOrder(state, disk)) completeApplication(state, index, status, out);
}

/**
 * Nothing of the disk is on its way to a device: no application I/O (a write that only waits for the roll-forward flag counts as
 * drained), no copy, no question of the copier.
 */
export function isDrained(state: EngineState, disk: DiskState): boolean {
  const onItsWay = (transfer: Transfer): boolean =>
    transfer.disk === disk.index && (transfer.phase === 'running' || transfer.phase === 'waiting');
  return !disk.copier.extentPending && disk.log.sectorInFlight < 0 && !state.transfers.some(onItsWay);
}

function heldInOrder(state: EngineState, disk: DiskState): number[] {
  const held: number[] = [];
  state.transfers.forEach((transfer, index) => {
    if (transfer.disk === disk.index && transfer.phase === 'held') held.push(index);
  });
  return held.sort((a, b) => transferAt(state, a).order - transferAt(state, b).order);
}
