/** Owns finding devices: by identity, as their inquiry answered, never by the port they hang on. */

import type { Effects } from '../contract/effects.js';
import type { DeviceCompletedEvent } from '../contract/events.js';
import { LABEL_SECTORS } from '../records/layout.js';
import { assert } from './assert.js';
import { issueRequest } from './requests.js';
import type { EngineState, PortState, RequestState } from './state.js';

/** Port of a device, or -1 where it is not visible: a request to port -1 is answered `missing`. */
export function portOf(state: EngineState, identity: number): number {
  return identity === 0 ? -1 : state.ports.findIndex((port) => port.identity === identity);
}

export const isVisible = (state: EngineState, identity: number): boolean => portOf(state, identity) >= 0;

/** Application's range of a data device in sectors: all but the label; 0 where it is not visible. */
export function applicationSectors(state: EngineState, identity: number): number {
  const port = state.ports[portOf(state, identity)];
  return port === undefined ? 0 : Math.max(0, port.sizeSectors - LABEL_SECTORS);
}

export function inquire(state: EngineState, port: number, out: Effects): void {
  portAt(state, port).inquiryPending = true;
  issueRequest(state, { owner: 'inquiry', disk: 0, port, operation: 'inquiry', sector: 0, count: 0 }, out);
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
