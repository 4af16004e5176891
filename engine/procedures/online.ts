/**
 * Owns recovery: what a node does when a migrated disk comes online on it, before any application I/O. The records decide, never
 * memory (US 8,775,861: abort or roll forward by the flag; US 8,977,896: the error flag at startup; claims A9–A12, B5–B9).
 *
 *   roll-forward flag set                      complete the commit; it beats error flag and fault record
 *   clear, migration in progress, cluster      abort: back to the source
 *   clear, in progress, standalone             error flag set: fault record, setup · fault record: setup · else resume
 *   no migration                               binding and access control stand, or follow the retirements
 *
 * In a cluster it first fences, then reads: shared record, then the devices that the record speaks of, then the epoch. Whoever owned the disk before
 * can do nothing any more that these records do not say.
 */

import type { Cause, DeviceStatus, MigrationState } from '../contract/vocabulary.js';
import { allDirtyMap, emptyRegionMap } from '../data-path/region-map.js';
import { dropLog } from '../regions/dirty-log.js';
import { noDirtyLog } from '../state/dirty-log-state.js';
import { followGrowth } from '../regions/growth.js';
import { regionSectorsOf } from '../regions/region-size.js';
import { beginBook } from '../regions/unflushed.js';
import type { LocalRecord, Retirement } from '../records/types.js';
import { tellOthers } from '../stages/acknowledgements.js';
import { readRegionMap } from '../stages/devices.js';
import { readDirtyLog } from '../stages/dirty-log.js';
import { readAcknowledgement, readLocal, readShared, writeLocal, writeShared } from '../stages/records.js';
import { requireOwnership, takeReservation } from '../stages/reservations.js';
import { abandon, act, become, type Context, type Stage, type Verdict } from '../stages/stage.js';
import { applicationSectors } from '../state/ports.js';
import { createCopier } from '../state/copier-state.js';
import { type DiskState, isCluster, isWriteCloning } from '../state/state.js';
import { COMMITTED, flippedAccess, initialRecord, UNMIGRATED } from './local-records.js';
import {
  claimSource,
  distrusted,
  isLogTrusted,
  isOwnGeneration,
  keepsLog,
  readGeneration,
  readUnlessKnown,
} from './trust.js';
import { enterState } from './transition.js';

export const online: readonly Stage[] = [
  act(({ disk }) => {
    disk.lifecycle = 'starting';
    disk.wants.online = false;
  }),
  takeReservation({
    step: 'recovery.shared.preempt',
    identity: ({ state, disk }) => state.configuration.disks[disk.index]?.sharedIdentity ?? 0,
    onFailure: abandon,
  }),
  readShared(),
  readLocal(),
  act((context) => (isCluster(context.state) ? 'next' : become(context, 'decideRecovery'))),
  readAcknowledgement(),
  requireOwnership(abandon),
  takeReservation({
    step: 'recovery.source.preempt',
    identity: ({ disk }) => (isMigrating(disk) ? disk.shared.source : 0),
    onFailure: skipSource,
  }),
  takeReservation({
    step: 'recovery.target.preempt',
    identity: ({ disk }) => (isMigrating(disk) ? disk.shared.target : 0),
    onFailure: skipTarget,
  }),
  takeReservation({
    step: 'recovery.bound.preempt',
    identity: ({ disk }) => (isMigrating(disk) ? 0 : boundOf(disk)),
    onFailure: abandon,
  }),
  writeShared('recovery.epoch', ({ state, disk }) => ({
    epoch: disk.shared.epoch + 1,
    owner: state.configuration.node,
  })),
  act((context) => become(context, 'decideRecovery')),
];

const isMigrating = ({ shared }: DiskState): boolean => shared.inProgress || shared.rollForward;

/** Without a migration: what the device name means here, retirements followed. */
const boundOf = ({ local, shared }: DiskState): number => followed(local, shared.retirements)?.bound ?? local.bound;

/** With the flag set nobody needs the source any more: whether it can be reached does not matter. */
function skipSource(context: Context): Verdict {
  if (!context.disk.shared.rollForward) return abandon(context);
  context.out.probe('recovery.source-skipped', true);
  return 'next';
}

/**
 * With the flag set the target is what the application is served from: nobody may be let near it before it is fenced. Else a target that answers,
 * but with errors, is dead for everybody; one that is out of reach from here may still serve reads to a zombie, if it was ever selected, which
 * it was not while this node had not reported that it sees it.
 */
function skipTarget(context: Context, status: DeviceStatus): Verdict {
  const { shared, acknowledgement } = context.disk;
  const mayBeRead = acknowledgement.migration === shared.migration && acknowledgement.targetConfigured;
  if (shared.rollForward || (mayBeRead && status !== 'error')) return abandon(context);
  context.out.probe('recovery.target-skipped', true);
  return 'next';
}

export const decideRecovery: readonly Stage[] = [
  act((context) => {
    const { state, disk, out } = context;
    disk.targetFault = false;
    disk.sourceFault = false;
    disk.unreadableRegion = -1;
    disk.rollForwardIssued = false;
    disk.map = emptyRegionMap();
    disk.copier = createCopier();
    disk.log = noDirtyLog();
    // What the disk was here when it was last seen: where a report of the recovery's transition starts from.
    disk.state = disk.local.state;
    if (disk.shared.rollForward) {
      out.probe('recovery.interrupted-roll-forward', disk.local.targetAllowed && disk.local.state !== 'committed');
      return become(context, 'recoverForward');
    }
    if (!disk.shared.inProgress) return become(context, 'recoverNone');
    return become(context, isCluster(state) ? 'recoverAbort' : 'decideStartup');
  }),
];

/** The flag may have been read from a volatile cache: in a cluster the epoch's write has made it durable, standalone it is written again. */
export const recoverForward: readonly Stage[] = [
  act((context) => (isCluster(context.state) ? become(context, 'recoverForwardLocally') : 'next')),
  writeShared('recovery.roll-forward-flag', () => ({ rollForward: true })),
  act((context) => become(context, 'recoverForwardLocally')),
];

export const recoverForwardLocally: readonly Stage[] = [
  writeLocal('recovery.access-control', ({ disk: { shared } }) => flippedAccess(shared)),
  writeLocal('recovery.binding', ({ disk: { shared } }) => ({ bound: shared.target })),
  writeLocal('recovery.error-flag', () => COMMITTED),
  act((context) => goOnline(context, 'committed', 'recovery')),
];

export const recoverAbort: readonly Stage[] = [
  writeLocal('recovery.abort', ({ disk: { shared } }) => initialRecord(shared.migration, shared.source, shared.target)),
  act((context) => goOnline(context, 'setup', 'recovery')),
];

export const recoverNone: readonly Stage[] = [
  act((context) => {
    const { disk } = context;
    const stands =
      disk.local.state === 'none' &&
      !disk.local.errorFlag &&
      followed(disk.local, disk.shared.retirements) === undefined;
    return stands ? goOnline(context, 'none', 'recovery') : 'next';
  }),
  writeLocal('recovery.local-record', ({ disk }) => {
    const retired = followed(disk.local, disk.shared.retirements);
    return { ...retired, ...UNMIGRATED };
  }),
  act((context) => goOnline(context, 'none', 'recovery')),
];

/** What a local record becomes when its device was retired while the node was away; undefined: it stands. */
export function followed(local: LocalRecord, retirements: readonly Retirement[]): Partial<LocalRecord> | undefined {
  let bound = local.bound;
  let source = local.source;
  for (const retirement of retirements) {
    if (retirement.source !== bound) continue;
    source = bound;
    bound = retirement.target;
  }
  return bound === local.bound
    ? undefined
    : { bound, source, target: bound, sourceAllowed: false, targetAllowed: true };
}

/** Standalone, roll-forward flag clear: the error flag is tested before any application I/O can reach the target. */
export const decideStartup: readonly Stage[] = [
  act((context) => {
    const { local } = context.disk;
    const hasMap = local.logSectors > 0 || isWriteCloning(local.state);
    return keepsLog(context.state) && hasMap ? 'next' : become(context, 'decideByRecord');
  }),
  ...readGeneration(),
  readDirtyLog(),
  act((context) => {
    const { state, disk } = context;
    const stands = isOwnGeneration(disk) && (disk.local.logSectors === 0 || isLogTrusted(state, disk));
    context.out.probe('resync.untrusted', !stands);
    return stands ? become(context, 'decideByRecord') : 'next';
  }),
  claimSource('recovery.label'),
  readUnlessKnown(),
  writeLocal('recovery.dirty-log', ({ disk }) => {
    dropLog(disk);
    return distrusted(disk);
  }),
  act((context) => become(context, 'decideByRecord')),
];

export const decideByRecord: readonly Stage[] = [
  act((context) => {
    const { local } = context.disk;
    if (local.errorFlag) return become(context, 'startupAfterCrash');
    if (!isWriteCloning(local.state)) return goOnline(context, 'setup', 'startup');
    return become(context, local.targetFault ? 'startupWithFault' : 'startupResume');
  }),
];

export const startupAfterCrash: readonly Stage[] = [
  writeLocal('recovery.fault-record', ({ out }) => {
    out.probe('recovery.fault-recorded', true);
    return { targetFault: true };
  }),
  act((context) => become(context, 'startupWithFault')),
];

export const startupWithFault: readonly Stage[] = [
  writeLocal('recovery.error-transition', ({ disk: { local } }) => ({
    ...initialRecord(local.migration, local.source, local.target),
    targetFault: true,
    logSectors: local.logSectors,
  })),
  act((context) => {
    context.disk.targetFault = true;
    return goOnline(context, 'setup', 'startup');
  }),
];

/** After a clean shutdown the migration goes on where it was; the error flag is armed again first. A map that is not whole is no map. */
export const startupResume: readonly Stage[] = [
  readRegionMap(),
  act((context) => {
    const { disk } = context;
    const whole = disk.map.regionsCount > 0;
    if (!whole && disk.local.state !== 'syncing') return become(context, 'startupAfterCrash');
    if (!whole) disk.map = allDirtyMap(Math.ceil(disk.local.mapSectors / regionSectorsOf(context.state, disk)));
    disk.sizeSectors = disk.local.mapSectors;
    const { regionsCount } = disk.map;
    const { source, target } = disk.unflushed;
    disk.unflushed = {
      source: beginBook(source, regionsCount, false),
      target: beginBook(target, regionsCount, false),
    };
    return 'next';
  }),
  writeLocal('recovery.resume', ({ out }) => {
    out.probe('recovery.resumed', true);
    return { errorFlag: true, mapCrc: 0, mapRegionsCount: 0, mapSectors: 0 };
  }),
  act((context) => goOnline(context, context.disk.local.state, 'startup')),
];

function goOnline(context: Context, to: MigrationState, cause: Cause): 'end' {
  const { state, disk, out } = context;
  enterState(disk, to, cause, out);
  disk.lifecycle = 'online';
  disk.gate = 'open';
  if (isWriteCloning(to)) followGrowth(state, disk, out);
  else disk.sizeSectors = applicationSectors(state, disk.local.bound);
  const native = state.configuration.naming === 'change';
  out.deviceName(disk.index, native ? 'native' : 'name', native ? disk.local.bound : disk.index);
  tellOthers(context);
  out.diskOnline(disk.index, 'online');
  return 'end';
}
