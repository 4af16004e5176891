/**
 * Owns the door of the data path: which application I/O enters, judged by binding and access control, and the one capture of a write's
 * payload. The binding says which device a device name means; access control says which devices the application may address.
 */

import type { Effects } from '../contract/effects.js';
import type { ApplicationEvent } from '../contract/events.js';
import type { Address, ApplicationStatus } from '../contract/vocabulary.js';
import { assert } from '../state/assert.js';
import { applicationSectors } from '../state/ports.js';
import {
  type DiskState,
  type EngineState,
  isWriteCloning,
  takeTransfer,
  transferAt,
  transfersLeft,
} from '../state/state.js';
import { isAllowed, judgingRecord } from './access-control.js';
import { startTransfer } from './dispatch.js';

export function admit(state: EngineState, event: ApplicationEvent, out: Effects): void {
  const disk = diskAddressed(state, event.address, event.value);
  const refusal = disk === undefined ? 'denied' : refusalOf(state, disk, event);
  if (disk === undefined || refusal !== undefined) {
    out.probe('application.denied', refusal === 'denied');
    out.applicationCompleted(event.io, refusal ?? 'denied');
    return;
  }
  const index = takeTransfer(state);
  assert(index !== undefined, 'a free transfer after one was counted');
  const transfer = transferAt(state, index);
  transfer.kind = 'application';
  transfer.disk = disk.index;
  transfer.io = event.io;
  transfer.operation = event.operation;
  transfer.address = event.address;
  transfer.value = event.value;
  transfer.sector = event.operation === 'flush' ? 0 : event.sector;
  transfer.count = event.operation === 'flush' ? 0 : event.count;
  transfer.fua = event.fua;
  transfer.exclusive = event.operation !== 'read' && event.operation !== 'flush';
  transfer.order = state.transferOrder++;
  transfer.phase = 'held';
  if (event.operation === 'write') out.capture(event.io, index);
  if (disk.gate === 'open') startTransfer(state, disk, index, out);
  else out.probe('gate.held-while-committing', disk.rollForwardIssued);
}

function refusalOf(state: EngineState, disk: DiskState, event: ApplicationEvent): ApplicationStatus | undefined {
  if (disk.lifecycle !== 'online' || disk.gate === 'closed') return 'offline';
  if (!isAllowed(judgingRecord(state, disk, event.address), event.address, event.value)) return 'denied';
  // While both sides are written the range is what is copied, whatever the source has grown to (`regions/growth.ts`).
  if (!isWriteCloning(disk.state)) disk.sizeSectors = applicationSectors(state, disk.local.bound) || disk.sizeSectors;
  // A device that was never seen has no known end: what is asked of it fails on its way, or waits for a commit that leads elsewhere.
  const isBeyond = disk.sizeSectors > 0 && event.sector + event.count > disk.sizeSectors;
  const inRange = event.sector >= 0 && event.count > 0 && !isBeyond;
  if (event.operation !== 'flush' && !inRange) return 'error';
  const movesData = event.operation === 'read' || event.operation === 'write';
  if (movesData && event.count > state.configuration.slotSectors) return 'error';
  const reservedForCopies = state.configuration.limits.copiesMax * state.disks.length;
  return transfersLeft(state) <= reservedForCopies ? 'busy' : undefined;
}

/** Which disk an application's address belongs to: its device name, or one of the devices its access control speaks of. */
function diskAddressed(state: EngineState, address: Address, value: number): DiskState | undefined {
  if (address === 'name') return state.disks[value];
  return state.disks.find(({ local }) => value === local.bound || value === local.source || value === local.target);
}
