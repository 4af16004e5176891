/** Owns learning what hangs on a port: inquiries, at boot and when something was attached or taken away. */

import type { Effects } from '../contract/effects.js';
import type { DeviceCompletedEvent } from '../contract/events.js';
import { assert } from './assert.js';
import { issueRequest } from './requests.js';
import type { EngineState, PortState, RequestState } from './state.js';

export function inquire(state: EngineState, port: number, out: Effects): void {
  // What hung there before may be gone: nothing is sent there until the answer says what it is.
  portAt(state, port).identity = 0;
  portAt(state, port).inquiryPending = true;
  issueRequest(state, { owner: 'inquiry', disk: 0, identity: 0, port, operation: 'inquiry', sector: 0, count: 0 }, out);
}

export function takeInquiry(state: EngineState, request: RequestState, ok: boolean, event: DeviceCompletedEvent): void {
  const port = portAt(state, request.port);
  port.inquiryPending = false;
  port.identity = ok ? event.valueA : 0;
  port.sizeSectors = ok ? event.valueB : 0;
}

export const inquiriesPending = (state: EngineState): boolean => state.ports.some((port) => port.inquiryPending);

function portAt(state: EngineState, index: number): PortState {
  const port = state.ports[index];
  assert(port !== undefined, `port ${index} of ${state.ports.length}`);
  return port;
}
