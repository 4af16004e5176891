/** Owns which regions a range lies in. */

import { fail } from '../state/assert.js';
import type { DiskState, EngineState } from '../state/state.js';

export function regionSectorsOf(state: EngineState, disk: DiskState): number {
  const configuration = state.configuration.disks[disk.index];
  if (configuration === undefined) fail(`disk ${disk.index} is not configured`);
  return configuration.regionSectors;
}

/** First and last region of a range of the application's sectors. */
export function regionsTouched(
  state: EngineState,
  disk: DiskState,
  sector: number,
  count: number,
): [first: number, last: number] {
  const regionSectors = regionSectorsOf(state, disk);
  return [Math.floor(sector / regionSectors), Math.floor((sector + count - 1) / regionSectors)];
}
