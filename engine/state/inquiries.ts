/** Owns learning what hangs on a port: inquiries, at boot, when something was attached or taken away, and when a path was lost. */

import type { Effects } from '../contract/effects.js';
import type { DeviceCompletedEvent } from '../contract/events.js';
import { attach, detach, isKnown, isVisible, portAt } from './ports.js';
import { abortWaiting, issueRequest } from './requests.js';
import type { EngineState, RequestState } from './state.js';

export function inquire(state: EngineState, index: number, out: Effects): void {
  const port = portAt(state, index);
  detach(state, index);
  port.isSuspect = false;
  port.inquiryPending = true;
  issueRequest(
    state,
    { owner: 'inquiry', disk: 0, identity: 0, port: index, operation: 'inquiry', sector: 0, count: 0 },
    out,
  );
}

/** A path that lost a request, or did not answer one, may be back already: it is used again when it says so itself. */
export function inquireSuspects(state: EngineState, out: Effects): void {
  state.ports.forEach((port, index) => {
    if (port.isSuspect) inquire(state, index, out);
  });
}

/** @returns whether a device has come into sight: by the first of its paths. */
export function takeInquiry(
  state: EngineState,
  request: RequestState,
  ok: boolean,
  event: DeviceCompletedEvent,
  out: Effects,
): boolean {
  portAt(state, request.port).inquiryPending = false;
  if (!ok) {
    detach(state, request.port);
    return false;
  }
  const isNew = !isVisible(state, event.valueA);
  out.probe('path.back-in-use', state.phase !== 'booting' && isKnown(state, event.valueA));
  attach(state, request.port, event.valueA, event.valueB);
  abortWaiting(state, event.valueA, out);
  return isNew;
}

export const inquiriesPending = (state: EngineState): boolean => state.ports.some((port) => port.inquiryPending);
