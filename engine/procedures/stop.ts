/**
 * Owns stopping a disk in good order, for a clean shutdown or a planned move, and giving a disk up.
 *
 *   refuse I/O → drain → (forced commit, if the source failed) → flush both → region map → state and fault record → error flag cleared
 *
 * A crash between two of these leaves the error flag set, and so does a source that cannot be flushed (US 8,977,896; claim B5).
 */

import { answerWaitingForRollForward, noteSourceFault } from '../data-path/faults.js';
import { closeGate } from '../data-path/gate.js';
import { isLogKept } from '../regions/dirty-log.js';
import { mapBytes } from '../data-path/region-map.js';
import { crc32 } from '../records/crc32.js';
import { flushDevice, mapBytesCount, wholeSource, writeRegionMap } from '../stages/devices.js';
import { writeLocal } from '../stages/records.js';
import { act, become, becomeStandby, type Context, type Stage, type Verdict } from '../stages/stage.js';
import { isWriteCloning } from '../state/state.js';
import { drain } from './select.js';

export const stop: readonly Stage[] = [
  act(({ state, disk, out }) => {
    disk.lifecycle = 'stopping';
    closeGate(state, disk, 'offline', out);
  }),
  drain(),
  commitFirst(),
  act((context) => (isWriteCloning(context.disk.state) ? 'next' : become(context, 'stopUnmigrated'))),
  wholeSource('shutdown.source.flush', (context, ok) => {
    if (ok) return 'next';
    context.out.probe('shutdown.source-flush-failed', true);
    if (context.disk.state !== 'target-selected' || context.disk.targetFault) return leave(context);
    noteSourceFault(context.disk);
    return 'next';
  }),
  commitFirst(),
  flushDevice('target', 'shutdown.target.flush', ({ disk }, ok) => {
    if (!ok) disk.targetFault = true;
    return 'next';
  }),
  writeRegionMap(),
  writeLocal('shutdown.fault-record', ({ disk, out }) => {
    out.probe('shutdown.with-target-fault', disk.targetFault);
    const { map } = disk;
    const bytes = mapBytes(map, mapBytesCount(map.regionsCount));
    return {
      state: disk.state,
      targetFault: disk.targetFault,
      mapCrc: crc32(bytes, 0, bytes.length),
      mapRegionsCount: map.regionsCount,
      mapSectors: disk.sizeSectors,
      logSectors: isLogKept(disk) ? disk.local.logSectors : 0,
    };
  }),
  writeLocal('shutdown.error-flag', () => ({ errorFlag: false })),
  act(leave),
];

/** A fault of the source in target-selected commits before the disk goes down; then it is stopped as a committed one. */
function commitFirst(): Stage {
  return act((context) => {
    const { disk } = context;
    return disk.sourceFault && disk.state === 'target-selected' ? become(context, 'forcedCommit') : 'next';
  });
}

/** Without cloning there is one device, and nothing to record. */
export const stopUnmigrated: readonly Stage[] = [
  flushDevice('bound', 'shutdown.source.flush', () => 'next'),
  act(leave),
];

function leave({ disk, out }: Context): Verdict {
  becomeStandby(disk);
  disk.wants.stop = false;
  out.diskOffline(disk.index, false);
  return 'end';
}

/**
 * A record that cannot be settled, or ownership that is lost: the node stops serving the disk. What is on its way to a device is waited for, what is held fails, and
 * recovery, here or elsewhere, decides by the records.
 */
export const giveUp: readonly Stage[] = [
  act(({ state, disk, out }) => {
    disk.lifecycle = 'stopping';
    disk.wants.giveUp = false;
    answerWaitingForRollForward(state, disk, 'error', out);
    closeGate(state, disk, 'offline', out);
  }),
  drain(),
  act(({ disk, out }) => {
    becomeStandby(disk);
    disk.wants.stop = false;
    out.diskOffline(disk.index, true);
    return 'end';
  }),
];
