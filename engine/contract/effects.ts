/**
 * Owns everything an engine can want done. `handle` calls these while it runs; an adapter records or performs them, in order, and
 * must not call back into the engine from inside. Nothing here returns a value: answers come as events.
 */

import type {
  Address,
  ApplicationStatus,
  Cause,
  CommandOutcome,
  DeviceOperation,
  MessageKind,
  MigrationState,
  OnlineOutcome,
  Refusal,
  Step,
} from './vocabulary.js';

export interface DeviceRequest {
  /** Unique in the life of the engine. */
  request: number;
  port: number;
  operation: DeviceOperation;
  /** First sector on the device (label area included) and number of sectors. `preempt`: `count` is the type, as in `RESERVATION_TYPES`. */
  sector: number;
  count: number;
  /** DMA slot that the payload comes from or goes to, and where in it, in sectors; slot -1 where there is none. */
  slot: number;
  slotSector: number;
  /** Write: durable when it completes. Read: what is read is durable when it completes. */
  fua: boolean;
  /** The durable step this request carries out, if it is one. */
  step: Step | undefined;
}

export interface Progress {
  disk: number;
  state: MigrationState;
  regionsCount: number;
  regionsDirtyCount: number;
  regionsCopiedCount: number;
  paused: boolean;
  /** Since the first query of the synchronisation, by the node's clock; 0 while it cannot be told. */
  regionsPerSecond: number;
  /** Until nothing is dirty, at that rate; -1 while it cannot be told. */
  remainingTicks: number;
  /** Region of the source that could not be read and ended the last synchronisation; -1: none. */
  unreadableRegion: number;
}

export interface Effects {
  /** Ask a device for something. The argument is reused: copy what is kept. */
  request(request: DeviceRequest): void;
  /**
   * Abort a request at its device, by way of a port. It completes as `aborted`, or as what it had become before; as `pathLost` where the abort did
   * not get through. A request that has completed as `pathLost` can be aborted still, and completes once more.
   */
  cancel(request: number, port: number): void;
  /** Copy the application's buffer into a DMA slot, now and once: what both devices get. */
  capture(io: number, slot: number): void;
  /** Copy a DMA slot into the application's buffer. */
  deliver(io: number, slot: number): void;
  /** Put the engine's own bytes (a record, a region map) into a DMA slot, now. */
  fill(slot: number, bytes: Uint8Array): void;
  applicationCompleted(io: number, status: ApplicationStatus): void;
  commandCompleted(id: number, outcome: CommandOutcome, refusal: Refusal): void;
  /** Answer to `query`, before its `commandCompleted`. */
  progress(progress: Progress): void;
  /** The application is to use this name for the disk from now on. */
  deviceName(disk: number, address: Address, value: number): void;
  /** End of a clusterOnline: the application may start (or not). */
  diskOnline(disk: number, outcome: OnlineOutcome): void;
  /**
   * The disk is not served here any more: end of a clusterOffline, or (`gaveUp`) by the engine's own decision. After that the adapter
   * has the disk brought online again, here or elsewhere: recovery decides.
   */
  diskOffline(disk: number, gaveUp: boolean): void;
  /** End of boot: this node may be given disks. */
  ready(): void;
  /** End of a clean shutdown: the node may be switched off. */
  shutdownDone(): void;
  message(to: number, message: MessageKind, disk: number, migration: number, source: number, target: number): void;
  /** Ask for a timer event after a delay; asking again for a timer that is pending adds another. */
  timer(timer: number, delayTicks: number): void;
  stateChanged(disk: number, from: MigrationState, to: MigrationState, cause: Cause): void;
  /** A *sometimes* mark: this rare path was taken (when `condition` holds). */
  probe(name: Probe, condition: boolean): void;
}

/** Rare paths that a full suite must reach. */
export const PROBES = [
  'write.waited-for-lock',
  'write.waited-for-copy',
  'write.spans-regions',
  'write.target-failed',
  'write.source-failed',
  'write.both-failed',
  'write.waits-for-roll-forward',
  'write.uncloned-while-syncing',
  'read.waited-for-write',
  'read.redirected-to-source',
  'flush.source-failed',
  'copy.read-failed',
  'copy.write-failed',
  'copy.region-redirtied',
  'copy.skipped-unallocated',
  'copy.short-last-region',
  'request.retried',
  'request.cancelled',
  'gate.held-while-committing',
  'commit.from-target-selected',
  'commit.forced',
  'commit.refused-at-check',
  'commit.settled-by-rewrite',
  'metadata.gave-up',
  'record.torn-copy-refused',
  'recovery.interrupted-roll-forward',
  'standby.followed-retirement',
  'recovery.resumed',
  'recovery.fault-recorded',
  'standby.rolled-forward',
  'standby.target-missing',
  'cleanup.label-unwritable',
  'shutdown.source-flush-failed',
  'shutdown.with-target-fault',
  'application.denied',
  'ownership.lost',
  'ownership.lost-in-commit',
  'ownership.lost-in-recovery',
  'ownership.reservation-gone',
  'recovery.source-skipped',
  'recovery.target-skipped',
  'path.request-lost',
  'path.aborted-before-retry',
  'path.waited-for-path',
  'path.retried-on-another',
  'path.back-in-use',
  'reset.nothing-lost',
  'reset.of-source',
  'reset.of-target',
  'reset.of-source-while-target-selected',
  'reset.of-target-while-target-selected',
  'metadata.reset-while-writing',
  'resync.source-brought-back',
  'resync.region-lost',
  'flush.waited-for-resync',
  'read.waited-for-resync',
  'dirty-log.intent',
  'dirty-log.cleared',
  'resync.partial',
  'resync.untrusted',
  'growth.followed',
  'growth.without-room',
  'growth.commit-refused',
] as const;
export type Probe = (typeof PROBES)[number];
