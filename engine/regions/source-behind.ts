/**
 * Owns the question whether the source lacks what the target holds. In target-selected the region map says so (`resets.ts`); in every other state
 * the source holds everything.
 */

import { isDirty } from '../data-path/region-map.js';
import type { DiskState, EngineState, Side, Transfer } from '../state/state.js';
import { regionsTouched } from './region-size.js';

/** The side that regions are copied from: the one that is read. */
export const copiedFrom = (disk: DiskState): Side => (disk.state === 'target-selected' ? 'target' : 'source');

export const isSourceBehind = (disk: DiskState): boolean =>
  disk.state === 'target-selected' && (disk.map.dirtyCount > 0 || disk.copier.inFlightCount > 0);

/** Whether the source holds a range: no region of it is dirty, or on its way back. */
export function isOnSource(state: EngineState, disk: DiskState, sector: number, count: number): boolean {
  if (!isSourceBehind(disk)) return true;
  const [first, last] = regionsTouched(state, disk, sector, count);
  const isOnItsWay = ({ phase, kind, disk: index, region }: Transfer): boolean =>
    phase === 'running' && kind === 'copy' && index === disk.index && region >= first && region <= last;
  for (let region = first; region <= last; region += 1) if (isDirty(disk.map, region)) return false;
  return !state.transfers.some(isOnItsWay);
}
