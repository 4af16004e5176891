/**
 * Owns a source that grows during a migration: it is never truncated. What the application may address stays as it was until the growth is
 * followed; it is, in syncing and source-selected, where the target has room for it. In target-selected, or where there is no room, the
 * migration is not committed.
 *
 *   size heard (inquiry, after a reset, asked again before a commit) ─► map longer, what is new is dirty ─► range longer
 */

import type { Effects } from '../contract/effects.js';
import { withdrawWaitingCopies } from '../data-path/copier.js';
import { longerMap, setDirty } from '../data-path/region-map.js';
import { REGIONS_MAX } from '../records/layout.js';
import { applicationSectors, noteSize } from '../state/ports.js';
import { issueRequest } from '../state/requests.js';
import type { DiskState, EngineState } from '../state/state.js';
import { dropLog } from './dirty-log.js';
import { regionSectorsOf } from './region-size.js';
import { extendBook } from './unflushed.js';

/** The source has more than the migration knows of. */
export const isGrown = (state: EngineState, disk: DiskState): boolean =>
  applicationSectors(state, disk.local.source) > disk.sizeSectors;

/** A device was reset: it may have come back larger. */
export function askSize(state: EngineState, identity: number, out: Effects): void {
  issueRequest(state, { owner: 'size', disk: 0, identity, operation: 'inquiry', sector: 0, count: 0 }, out);
}

/** A device has said how large it is. */
export function takeSize(state: EngineState, identity: number, sizeSectors: number, out: Effects): void {
  noteSize(state, identity, sizeSectors);
  for (const disk of state.disks) if (disk.local.source === identity) followGrowth(state, disk, out);
}

export function followGrowth(state: EngineState, disk: DiskState, out: Effects): void {
  const isCopied = disk.state === 'syncing' || disk.state === 'source-selected';
  if (!isCopied || disk.rollForwardIssued || disk.map.regionsCount === 0 || !isGrown(state, disk)) return;
  const sectors = applicationSectors(state, disk.local.source);
  const regionsCount = Math.ceil(sectors / regionSectorsOf(state, disk));
  const hasRoom = applicationSectors(state, disk.local.target) >= sectors && regionsCount <= REGIONS_MAX;
  out.probe('growth.followed', hasRoom);
  out.probe('growth.without-room', !hasRoom);
  if (!hasRoom) return;
  // A copy that waits for its range would copy the last region as short as it was.
  withdrawWaitingCopies(state, disk);
  const regionsBefore = disk.map.regionsCount;
  disk.map = longerMap(disk.map, regionsCount);
  extendBook(disk.unflushed.source, regionsCount);
  extendBook(disk.unflushed.target, regionsCount);
  // The last region was short, and is not any more.
  for (let region = regionsBefore - 1; region < regionsCount; region += 1) setDirty(disk.map, region);
  disk.copier.targetBlank = false;
  disk.sizeSectors = sectors;
  // It is of the size on record: nobody will trust it again.
  dropLog(disk);
}
