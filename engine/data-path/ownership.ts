/**
 * Owns the loss of ownership. A reservation that shuts this node out, or is gone, means that the disk may be somebody else's: the node serves nothing
 * more and writes nothing more. What is still on its way to a device is waited for (it fails there); recovery decides by the records,
 * wherever the disk comes online next.
 */

import type { Effects } from '../contract/effects.js';
import type { DeviceCompletedEvent } from '../contract/events.js';
import { freeRequest, issueRequest } from '../state/requests.js';
import { type DiskState, diskAt, type EngineState, isCluster, type RequestState } from '../state/state.js';
import { answerWaitingForRollForward } from './faults.js';
import { closeGate } from './gate.js';

/** Stops the application at once; the procedure in progress, and what then gives the disk up, see `control/surrender.ts`. */
export function loseOwnership(state: EngineState, disk: DiskState, out: Effects): void {
  if (!isCluster(state) || disk.lifecycle === 'standby' || disk.ownershipLost) return;
  disk.ownershipLost = true;
  out.probe('ownership.lost', true);
  out.probe('ownership.lost-in-commit', disk.rollForwardIssued);
  disk.copier.paused = true;
  for (const request of state.requests) {
    if (request.owner === 'procedure' && request.disk === disk.index && request.phase === 'retrying')
      freeRequest(state, request);
  }
  answerWaitingForRollForward(state, disk, 'offline', out);
  closeGate(state, disk, 'offline', out);
}

/** A device was reset. Registrations survive that; whether they did is asked. */
export function verifyReservation(state: EngineState, { disk: index, identity }: RequestState, out: Effects): void {
  const disk = diskAt(state, index);
  if (!disk.reserved.includes(identity)) return;
  const isAsked = (request: RequestState): boolean =>
    request.owner === 'verification' && request.disk === index && request.identity === identity;
  if (state.requests.some(isAsked)) return;
  issueRequest(
    state,
    { owner: 'verification', disk: index, identity, operation: 'readReservation', sector: 0, count: 0 },
    out,
  );
}

/** Without an answer nothing is known, and nothing follows: the device's next conflict, or reset, tells. */
export function takeVerification(
  state: EngineState,
  disk: DiskState,
  { identity }: RequestState,
  ok: boolean,
  event: DeviceCompletedEvent,
  out: Effects,
): void {
  if (!ok || event.valueA === state.configuration.node + 1 || !disk.reserved.includes(identity)) return;
  out.probe('ownership.reservation-gone', true);
  loseOwnership(state, disk, out);
}
