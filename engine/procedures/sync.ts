/**
 * Owns the start of write cloning and copying, and the automatic transition to source-selected. The error flag is durable before the first
 * cloned or copied write (US 8,977,896: set on entering the write-cloning states; claim B3).
 */

import type { DeviceCompletedEvent } from '../contract/events.js';
import { isCloneRunning, isUncloned } from '../data-path/copier.js';
import { regionSectorsOf } from '../regions/region-size.js';
import { noteTargetFault } from '../data-path/faults.js';
import { allDirtyMap, copyOfMap } from '../data-path/region-map.js';
import { dropLog } from '../regions/dirty-log.js';
import { createDirtyLog } from '../state/dirty-log-state.js';
import type { LocalRecord } from '../records/types.js';
import { beginBook } from '../regions/unflushed.js';
import { LABEL_SECTORS } from '../records/layout.js';
import { askSourceSize, flushDevice } from '../stages/devices.js';
import { writeLocal } from '../stages/records.js';
import { requireOwnership, takeReservation } from '../stages/reservations.js';
import { act, become, type Context, done, refuse, type Stage, until } from '../stages/stage.js';
import { applicationSectors, isVisible } from '../state/ports.js';
import { issueRequest } from '../state/requests.js';
import { createCopier } from '../state/copier-state.js';
import { type DiskState, type EngineState } from '../state/state.js';
import { keepsLog, LOG_FRESH, LOG_NONE, LOG_TRUSTED, trustOrClaim, withoutLog } from './trust.js';
import { enterState } from './transition.js';

/** Writes of an earlier synchronisation may still be on their way to its target: nothing new begins, and no target is let go, before they end. */
export const noCloneRunning = (): Stage => until(({ state, disk }) => !isCloneRunning(state, disk));

/** A recovery that found the target dead, or out of reach, has not fenced it. */
function reserveTarget(): readonly Stage[] {
  const unlessReserved = (stage: Stage): Stage => ({
    ...stage,
    begin: (context) => (context.disk.reserved.includes(context.disk.local.target) ? 'next' : stage.begin(context)),
  });
  return [
    unlessReserved(requireOwnership((context) => refuse(context, 'gave-up'))),
    unlessReserved(
      takeReservation({
        step: 'sync.target.preempt',
        identity: ({ disk }) => disk.local.target,
        onFailure: (context) => refuse(context, 'target-not-reserved'),
      }),
    ),
  ];
}

/** Learns whether the target holds anything at all. Without an answer it is taken to. */
function askWhetherBlank(): Stage {
  return {
    begin({ state, disk, procedure, out }) {
      const identity = disk.local.target;
      const count = applicationSectors(state, disk.local.target);
      procedure.argument = 0;
      issueRequest(
        state,
        { owner: 'procedure', disk: disk.index, identity, operation: 'nextExtent', sector: LABEL_SECTORS, count },
        out,
      );
      return 'wait';
    },
    answer({ procedure }, ok: boolean, event: DeviceCompletedEvent) {
      procedure.argument = ok && event.valueB === 0 ? 1 : 0;
      return 'next';
    },
  };
}

/** Until cloning begins the range goes with the source: it is fixed when the map is made. */
const hasRoom = (state: EngineState, { local }: DiskState): boolean =>
  applicationSectors(state, local.target) >= applicationSectors(state, local.source);

/** A device that the node does not see has no regions: nothing would be dirty, and nothing copied. */
const seesBoth = (): Stage =>
  act((context) => {
    const { state, disk } = context;
    if (!isVisible(state, disk.local.source)) return refuse(context, 'source-not-visible');
    if (!isVisible(state, disk.local.target)) return refuse(context, 'target-not-visible');
    return hasRoom(state, disk) ? 'next' : refuse(context, 'target-too-small');
  });

export const sync: readonly Stage[] = [
  noCloneRunning(),
  askSourceSize(),
  seesBoth(),
  ...reserveTarget(),
  ...trustOrClaim(),
  askWhetherBlank(),
  writeLocal('sync.error-flag', (context) => ({
    state: 'syncing',
    errorFlag: true,
    sourceFault: false,
    targetFault: false,
    ...logOnRecord(context),
  })),
  // A sector of the old log must not land on the new one.
  until(({ disk }) => disk.log.sectorInFlight < 0),
  act((context) => {
    const { state, disk, procedure, out } = context;
    // The source may have grown since it was asked.
    if (!hasRoom(state, disk)) return become(context, 'syncWithoutRoom');
    beginCopying(context, procedure.argument === 1);
    const uncloned = state.transfers.some((transfer) => isUncloned(transfer, disk));
    out.probe('write.uncloned-while-syncing', uncloned);
    enterState(disk, 'syncing', 'command', out);
    return done(context);
  }),
];

export const syncWithoutRoom: readonly Stage[] = [
  writeLocal('error.setup', () => ({ state: 'setup', errorFlag: false })),
  act((context) => refuse(context, 'target-too-small')),
];

function logOnRecord({ state, disk, procedure }: Context): Partial<LocalRecord> {
  const { label, local } = disk;
  if (procedure.cursor === LOG_TRUSTED) return {};
  if (procedure.cursor === LOG_NONE) return keepsLog(state) ? withoutLog(disk) : { logSectors: 0 };
  return {
    logSectors: applicationSectors(state, local.source),
    logSession: local.logSession + 1,
    sourceGeneration: label.generation,
  };
}

/**
 * Everything is dirty, or all that may differ by a log that is trusted: a write that is still on its way to the source alone is among that, and
 * copied when it gives its range back.
 */
function beginCopying({ state, disk, procedure, out }: Context, targetBlank: boolean): void {
  disk.targetFault = false;
  disk.sourceFault = false;
  disk.unreadableRegion = -1;
  disk.sizeSectors = applicationSectors(state, disk.local.source);
  const regionsCount = Math.ceil(disk.sizeSectors / regionSectorsOf(state, disk));
  disk.map = allDirtyMap(regionsCount);
  const isSameSize = disk.local.logSectors === disk.sizeSectors;
  if (procedure.cursor === LOG_TRUSTED && isSameSize) disk.map = copyOfMap(disk.log.set);
  else if (procedure.cursor === LOG_FRESH && isSameSize)
    disk.log = createDirtyLog(disk.local.logSession, allDirtyMap(regionsCount));
  else dropLog(disk);
  out.probe('resync.partial', disk.map.dirtyCount < regionsCount);
  // Nobody kept book of what the source was flushed of while it was alone; the target holds nothing that counts.
  const { source, target } = disk.unflushed;
  disk.unflushed = { source: beginBook(source, regionsCount, true), target: beginBook(target, regionsCount, false) };
  disk.copier = { ...createCopier(), targetBlank };
}

/** Nothing dirty, no copy in flight, no application write older than the cloning, no fault. */
export function isSynchronised(state: EngineState, disk: DiskState): boolean {
  const whole =
    disk.map.dirtyCount === 0 && disk.copier.inFlightCount === 0 && !disk.targetFault && disk.unreadableRegion < 0;
  return whole && !disk.copier.extentPending && !state.transfers.some((transfer) => isUncloned(transfer, disk));
}

export const synchronised: readonly Stage[] = [
  act(({ disk, procedure }) => {
    procedure.cursor = disk.copier.copiedCount;
  }),
  flushDevice('target', 'sync.target.flush', ({ state, disk, out }, ok) => {
    if (!ok) noteTargetFault(state, disk, out);
    return 'next';
  }),
  act(({ state, disk, procedure, out }: Context) => {
    // What was copied while the flush was on its way is not flushed: it is flushed again.
    if (!isSynchronised(state, disk) || disk.copier.copiedCount !== procedure.cursor) return 'end';
    disk.copier.paused = false;
    enterState(disk, 'source-selected', 'synchronised', out);
    return 'end';
  }),
];
