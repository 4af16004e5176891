/**
 * Owns what an engine does by itself after each event: waiting transfers run, procedures go on, the next thing that is wanted begins, copies
 * start. What is more urgent comes first; nothing is begun while a procedure of the disk is in progress.
 */

import type { Effects } from '../contract/effects.js';
import { mayCopy, startCopies } from '../data-path/copier.js';
import { runUnblocked } from '../data-path/queue.js';
import { isSynchronised } from '../procedures/sync.js';
import { writeDirtyLog } from '../regions/dirty-log.js';
import { inquiriesPending } from '../state/inquiries.js';
import { type DiskState, type EngineState, isCluster, isWriteCloning } from '../state/state.js';
import { pollProcedure, startProcedure } from './procedures.js';
import { surrender } from './surrender.js';

export function advance(state: EngineState, out: Effects): void {
  if (state.phase === 'booting') join(state);
  for (const disk of state.disks) advanceDisk(state, disk, out);
  if (state.phase === 'joining' && state.disks.every(isIdle)) {
    state.phase = 'ready';
    out.ready();
  }
  if (
    state.phase === 'stopping' &&
    state.disks.every((disk) => disk.lifecycle === 'standby' && disk.procedure === undefined)
  ) {
    state.phase = 'stopped';
    out.shutdownDone();
  }
}

const isIdle = (disk: DiskState): boolean => disk.procedure === undefined && !disk.wants.reread;

/** When every device is known, a node of a cluster sets its own records right before it may be given a disk. */
function join(state: EngineState): void {
  if (inquiriesPending(state)) return;
  state.phase = 'joining';
  if (isCluster(state)) for (const disk of state.disks) disk.wants.reread = true;
}

function advanceDisk(state: EngineState, disk: DiskState, out: Effects): void {
  for (;;) {
    if (disk.rangesFreed) runUnblocked(state, disk, out);
    if (disk.ownershipLost) surrender(state, disk, out);
    if (disk.procedure !== undefined) pollProcedure(state, disk, out);
    beginProcedures(state, disk, out);
    if (mayCopy(disk)) startCopies(state, disk, out);
    writeDirtyLog(state, disk, out);
    // What was released may have freed ranges, and regions that needed no copy may have been the last ones.
    const goesOn = disk.rangesFreed || (disk.procedure === undefined && nextProcedure(state, disk) !== undefined);
    if (!goesOn) return;
  }
}

function beginProcedures(state: EngineState, disk: DiskState, out: Effects): void {
  while (disk.procedure === undefined) {
    const next = nextProcedure(state, disk);
    if (next === undefined) return;
    startProcedure(state, disk, next, -1, 0, out);
  }
}

function nextProcedure(state: EngineState, disk: DiskState): string | undefined {
  const { wants } = disk;
  if (wants.giveUp) return 'giveUp';
  if (disk.lifecycle === 'online' || disk.lifecycle === 'stopping') return nextWhileServing(state, disk);
  if (state.phase === 'ready' && wants.online) return 'online';
  if (state.phase !== 'joining' && state.phase !== 'ready') return undefined;
  if (wants.configureMigration > 0) return 'standbyConfigure';
  return wants.reread ? 'standbyReread' : undefined;
}

function nextWhileServing(state: EngineState, disk: DiskState): string | undefined {
  if (disk.state === 'target-selected' && disk.sourceFault) return 'forcedCommit';
  if (disk.wants.stop) return 'stop';
  if (isWriteCloning(disk.state) && (disk.targetFault || disk.unreadableRegion >= 0)) return 'errorTransition';
  if (disk.state === 'syncing' && isSynchronised(state, disk)) return 'synchronised';
  return undefined;
}
