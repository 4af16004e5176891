/** Owns finding devices: by identity, as their inquiry answered, never by the port they hang on. */

import { LABEL_SECTORS } from '../records/layout.js';
import type { EngineState } from './state.js';

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
