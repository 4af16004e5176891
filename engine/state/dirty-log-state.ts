/** Owns what is remembered of a dirty-region log. What it means is in `regions/dirty-log.ts`. */

import { allCleanMap, emptyRegionMap, type RegionMap } from '../data-path/region-map.js';

export interface DirtyLog {
  /** The log's session, part of each of its sectors. */
  session: number;
  /** Regions that the device says may differ; of no regions: no log is kept. */
  set: RegionMap;
  /** Regions that writes wait for. */
  wanted: RegionMap;
  /** The sector being written, or -1; its bits as they will be; attempts that failed. */
  sectorInFlight: number;
  written: RegionMap;
  attempts: number;
  /** A flush was answered: there may be something to clear. */
  mayClear: boolean;
}

export function createDirtyLog(session: number, set: RegionMap): DirtyLog {
  return {
    session,
    set,
    wanted: allCleanMap(set.regionsCount),
    sectorInFlight: -1,
    written: allCleanMap(set.regionsCount),
    attempts: 0,
    mayClear: false,
  };
}

export const noDirtyLog = (session = 0): DirtyLog => createDirtyLog(session, emptyRegionMap());
