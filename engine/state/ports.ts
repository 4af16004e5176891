/**
 * Owns finding devices: by identity, as their inquiry answered, never by the port they hang on. Several ports with one identity are paths of
 * one device: its requests take turns on them.
 */

import { LABEL_SECTORS } from '../records/layout.js';
import { assert } from './assert.js';
import type { DeviceState, EngineState, PortState } from './state.js';

export const PORT_NONE = -1;

/**
 * The next path of a device, another than `avoided` where there is one; -1 where it is not visible: a request to port -1 is answered
 * `missing`.
 */
export function portOf(state: EngineState, identity: number, avoided = PORT_NONE): number {
  const device = deviceOf(state, identity);
  if (device === undefined || device.ports.length === 0) return PORT_NONE;
  const { ports } = device;
  if (ports.length === 1) return ports[0] ?? PORT_NONE;
  device.turn = (device.turn + 1) % ports.length;
  if (ports[device.turn] === avoided) device.turn = (device.turn + 1) % ports.length;
  return ports[device.turn] ?? PORT_NONE;
}

export const isVisible = (state: EngineState, identity: number): boolean =>
  (deviceOf(state, identity)?.ports.length ?? 0) > 0;

/** Whether the device was ever visible: it may come back. */
export const isKnown = (state: EngineState, identity: number): boolean => deviceOf(state, identity) !== undefined;

/** Application's range of a data device in sectors: all but the label; 0 where it was never visible. */
export function applicationSectors(state: EngineState, identity: number): number {
  const device = deviceOf(state, identity);
  return device === undefined ? 0 : Math.max(0, device.sizeSectors - LABEL_SECTORS);
}

/** A port has answered who hangs there. */
export function attach(state: EngineState, index: number, identity: number, sizeSectors: number): void {
  detach(state, index);
  portAt(state, index).identity = identity;
  const device = deviceOf(state, identity);
  if (device === undefined) {
    state.devices.push({ identity, sizeSectors, ports: [index], turn: 0 });
    return;
  }
  device.sizeSectors = sizeSectors;
  device.ports.push(index);
}

/** A device that is known has said how large it is now. */
export function noteSize(state: EngineState, identity: number, sizeSectors: number): void {
  const device = deviceOf(state, identity);
  if (device !== undefined) device.sizeSectors = sizeSectors;
}

/** What hung on a port may be gone: nothing is sent there until an inquiry says what it is. */
export function detach(state: EngineState, index: number): void {
  const port = portAt(state, index);
  const device = deviceOf(state, port.identity);
  if (device !== undefined) device.ports = device.ports.filter((other) => other !== index);
  port.identity = 0;
}

export function portAt(state: EngineState, index: number): PortState {
  const port = state.ports[index];
  assert(port !== undefined, `port ${index} of ${state.ports.length}`);
  return port;
}

function deviceOf(state: EngineState, identity: number): DeviceState | undefined {
  for (const device of state.devices) if (device.identity === identity) return device;
  return undefined;
}
