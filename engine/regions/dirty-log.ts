/**
 * Owns the dirty-region log (standalone): which regions may differ, as the local device says. The intent is durable before the data: a
 * write waits until its regions are set there. A bit is cleared only after both devices were flushed since the region's last write or copy, and
 * never while something is being written there. The log is kept in the write-cloning states and, after an abort or a fault, in setup, where every
 * write leaves its mark for good.
 *
 *   write ─► set? ──yes──► runs                    wanted ──one write of a sector──► set
 *              └──no──► wanted, waits              set, and both sides flushed ──same write──► clear
 *
 * Leaves out when the log is trusted (`procedures/trust.ts`).
 */

import type { Effects } from '../contract/effects.js';
import { allCleanMap, emptyRegionMap, isDirty, nextDirty, setClean, setDirty } from '../data-path/region-map.js';
import { dirtyLogSector } from '../records/layout.js';
import { encodeLogSector, REGIONS_PER_LOG_SECTOR } from '../records/log-sector.js';
import { issueRequest } from '../state/requests.js';
import { type DiskState, type EngineState, isWriteCloning, logSlot, type Transfer } from '../state/state.js';
import { regionsTouched } from './region-size.js';
import { isUnflushed } from './unflushed.js';

/** Fewer bits are not worth a write of their own. */
const CLEARED_MIN = 4;

export const isLogKept = ({ log }: DiskState): boolean => log.set.regionsCount > 0;

/** No log is kept any more; whoever waited for an intent may run. A write that is on its way is still waited for. */
export function dropLog(disk: DiskState): void {
  disk.log.set = emptyRegionMap();
  disk.log.wanted = emptyRegionMap();
  disk.rangesFreed = true;
}

/** Whether a transfer may go ahead as far as the log goes; if not, what it waits for is wanted. */
export function hasIntent(state: EngineState, disk: DiskState, transfer: Transfer): boolean {
  const { log } = disk;
  if (!transfer.exclusive || !isLogKept(disk)) return true;
  const [first, last] = regionsTouched(state, disk, transfer.sector, transfer.count);
  let isLogged = true;
  // What the source has grown by is in no log: its size tells that no log is about it.
  for (let region = first; region <= last && region < log.set.regionsCount; region += 1) {
    if (isDirty(log.set, region)) continue;
    setDirty(log.wanted, region);
    isLogged = false;
  }
  return isLogged;
}

/** Writes the sector that somebody waits for, or one in which enough can be cleared. */
export function writeDirtyLog(state: EngineState, disk: DiskState, out: Effects): void {
  const { log } = disk;
  if (!isLogKept(disk) || log.sectorInFlight >= 0 || disk.wants.giveUp || disk.lifecycle === 'standby') return;
  const wanted = nextDirty(log.wanted, 0);
  if (wanted >= 0) {
    writeSector(state, disk, Math.floor(wanted / REGIONS_PER_LOG_SECTOR), out);
    return;
  }
  if (!log.mayClear) return;
  log.mayClear = false;
  const sector = sectorToClear(state, disk);
  if (sector >= 0) writeSector(state, disk, sector, out);
}

function sectorToClear(state: EngineState, disk: DiskState): number {
  const isClear = clearableOf(state, disk);
  let cleared = 0;
  let sector = -1;
  for (let region = nextDirty(disk.log.set, 0); region >= 0; ) {
    const at = Math.floor(region / REGIONS_PER_LOG_SECTOR);
    if (at !== sector) cleared = 0;
    sector = at;
    if (isClear(region)) cleared += 1;
    if (cleared >= CLEARED_MIN) return sector;
    const next = region + 1 < disk.log.set.regionsCount ? nextDirty(disk.log.set, region + 1) : -1;
    region = next > region ? next : -1;
  }
  return -1;
}

/** What is in both caches, on its way to either, or lacking on one of them stays set. */
function clearableOf(state: EngineState, disk: DiskState): (region: number) => boolean {
  if (!isWriteCloning(disk.state) || disk.targetFault) return () => false;
  const busy = allCleanMap(disk.log.set.regionsCount);
  for (const transfer of state.transfers) {
    const isWriting = transfer.exclusive || transfer.kind === 'copy';
    if (transfer.disk !== disk.index || transfer.phase === 'free' || !isWriting) continue;
    const [first, last] = regionsTouched(state, disk, transfer.sector, transfer.count);
    for (let region = first; region <= last && region < busy.regionsCount; region += 1) setDirty(busy, region);
  }
  const { source, target } = disk.unflushed;
  return (region) =>
    !isDirty(disk.map, region) &&
    !isDirty(busy, region) &&
    !isUnflushed(source, region) &&
    !isUnflushed(target, region);
}

/** What is cleared counts as clear from now on, what is set only when it is answered. */
function writeSector(state: EngineState, disk: DiskState, index: number, out: Effects): void {
  const { log } = disk;
  const isClear = clearableOf(state, disk);
  const first = index * REGIONS_PER_LOG_SECTOR;
  const hasWanted = log.wanted.dirtyCount > 0;
  log.sectorInFlight = index;
  const { migration } = disk.local;
  const { regionsCount } = log.set;
  const bytes = encodeLogSector({ disk: disk.index, migration, session: log.session, index, regionsCount }, (nth) => {
    const region = first + nth;
    const isSet = isDirty(log.wanted, region) || (isDirty(log.set, region) && !isClear(region));
    setClean(log.written, region);
    if (isSet) setDirty(log.written, region);
    else setClean(log.set, region);
    return isSet;
  });
  out.probe('dirty-log.intent', hasWanted);
  out.probe('dirty-log.cleared', log.set.dirtyCount < regionsCount);
  out.fill(logSlot(state, disk), bytes);
  issueRequest(
    state,
    {
      owner: 'log',
      disk: disk.index,
      identity: state.configuration.localIdentity,
      operation: 'write',
      sector: dirtyLogSector(disk.index) + index,
      count: 1,
      slot: logSlot(state, disk),
      fua: true,
      step: hasWanted ? 'dirty-log.intent.write' : 'dirty-log.clear.write',
    },
    out,
  );
}

/** A sector was written, or could not be: then what it says is not known, and it is written again within a bound. */
export function takeLogAnswer(state: EngineState, disk: DiskState, ok: boolean): void {
  const { log } = disk;
  const index = log.sectorInFlight;
  log.sectorInFlight = -1;
  if (!ok) {
    log.attempts += 1;
    log.mayClear = true;
    if (log.attempts > state.configuration.limits.settleAttemptsMax) disk.wants.giveUp = true;
    return;
  }
  log.attempts = 0;
  const end = Math.min((index + 1) * REGIONS_PER_LOG_SECTOR, log.set.regionsCount);
  for (let region = index * REGIONS_PER_LOG_SECTOR; region < end; region += 1) {
    if (!isDirty(log.written, region)) continue;
    setDirty(log.set, region);
    setClean(log.wanted, region);
  }
  // Whoever waited for the intent may run.
  disk.rangesFreed = true;
}
