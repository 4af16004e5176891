/**
 * Owns the whole state of one engine, as plain data: it can be cloned, serialised, hashed and printed. Everything here is volatile, gone
 * with the node; what must last is in the records (`records/types.ts`).
 */

import type { EngineConfiguration } from '../contract/configuration.js';
import type { Address, ApplicationOperation, DeviceOperation, MigrationState, Step } from '../contract/vocabulary.js';
import { RECORD_PAIR_SECTORS } from '../records/layout.js';
import { defaultLocalRecord, emptyAcknowledgement, emptyLabel, emptySharedRecord } from '../records/defaults.js';
import type { AcknowledgementRecord, LabelRecord, LocalRecord, SharedRecord } from '../records/types.js';
import { emptyRegionMap, type RegionMap } from '../data-path/region-map.js';
import { type DirtyLog, noDirtyLog } from './dirty-log-state.js';
import { emptyUnflushed, type Unflushed } from '../regions/unflushed.js';
import { assert, fail } from './assert.js';
import { type CopierState, createCopier } from './copier-state.js';

/** What is attached to a port, as its last inquiry said; identity 0: nothing, or not known yet. */
export interface PortState {
  identity: number;
  inquiryPending: boolean;
  /** A path was lost here: it is to be asked again who is there. */
  isSuspect: boolean;
}

/** A device that was seen: its paths, none while it is out of sight. */
export interface DeviceState {
  identity: number;
  sizeSectors: number;
  ports: number[];
  /** Which of the ports had the last request. */
  turn: number;
}

export type Side = 'source' | 'target';

/** Whom the answer of a device request is for. */
export type RequestOwner = 'free' | 'size' | 'log' | 'transfer' | 'procedure' | 'copier' | 'inquiry' | 'verification';

/**
 * sent: the device has it, or its path. aborting: its abort is on its way. stranded: to be aborted, and there is no path to do it by.
 * retrying: pauses before it is sent again.
 */
export type RequestPhase = 'sent' | 'aborting' | 'stranded' | 'retrying';

/** A device request in flight. Its place in the table is its slot; `id` also carries a sequence, so that late answers are known. */
export interface RequestState {
  owner: RequestOwner;
  id: number;
  disk: number;
  /** Transfer and side, for owner `transfer`. */
  transfer: number;
  side: Side;
  /** Device the request is for, and the port it was last sent to. */
  identity: number;
  port: number;
  operation: DeviceOperation;
  sector: number;
  count: number;
  slot: number;
  slotSector: number;
  fua: boolean;
  step: Step | undefined;
  /** A flush of a data device: the epoch it ends (`regions/unflushed.ts`). */
  flushEpoch: number;
  attempts: number;
  /** How often it went another way because its path was lost. */
  detours: number;
  /** Looks of the watchdog since the request was (re)issued. */
  watchdogLooks: number;
  phase: RequestPhase;
  /** Port that its abort went by. */
  abortPort: number;
  /** Its path was lost: it may be travelling still, and lands late unless it is aborted at the device. */
  pathLost: boolean;
}

/**
 * free → held → waiting (for its range lock) → running → free. `rollForward`: in target-selected the source side was lost; the
 * application is answered when the roll-forward flag is durable.
 */
export type TransferPhase = 'free' | 'held' | 'waiting' | 'running' | 'rollForward';

/** Where a transfer goes: the bound device alone, or both, read from the one or the other. */
export type Route = 'bound' | 'clone-read-source' | 'clone-read-target';

export type SideStatus = 'unused' | 'pending' | 'ok' | 'failed';

/**
 * An application I/O or a region copy. Its place in the table is also its DMA slot. While `waiting` or later it holds its place in the
 * queue of range locks: it waits for every conflicting transfer with a lower `order`.
 */
export interface Transfer {
  phase: TransferPhase;
  kind: 'application' | 'copy';
  disk: number;
  io: number;
  operation: ApplicationOperation;
  address: Address;
  value: number;
  /** Range in the application's sectors. For a copy: the region. */
  sector: number;
  count: number;
  fua: boolean;
  exclusive: boolean;
  order: number;
  route: Route;
  sourceStatus: SideStatus;
  targetStatus: SideStatus;
  /** Copy: the piece in hand. */
  region: number;
  pieceSector: number;
  pieceCount: number;
  /** Copy: up to here the source is known to hold data, from the piece on. */
  dataEnd: number;
}

/** A sequence of stages in progress; what the stages do is in `stages/` and `procedures/`. */
export interface ProcedureState {
  name: string;
  stage: number;
  /** Attempts of the stage in hand, and whether it pauses before the next. */
  attempts: number;
  pausing: boolean;
  /** Command being carried out, or -1 where the engine started the procedure itself. */
  commandId: number;
  /** The command's argument (a target's identity for setup). */
  argument: number;
  /** For a standby: what the owner's message said. */
  migration: number;
  source: number;
  target: number;
  /** Bytes that the stage in hand is writing, and whether they are written and only have to be flushed. */
  bytes: Uint8Array;
  flushing: boolean;
  /** The device they are being written to, and whether it reported a reset meanwhile: they may be gone. */
  writingTo: number;
  wasReset: boolean;
  /** Node whose acknowledgement slot is being read. */
  cursor: number;
  /** The node is registered at the device that the stage in hand takes, and only has to preempt. */
  registered: boolean;
}

/**
 * standby: not served here. starting: recovery. online: the application may do I/O. stopping: being stopped in good order.
 */
export type Lifecycle = 'standby' | 'starting' | 'online' | 'stopping';

export interface DiskState {
  index: number;
  lifecycle: Lifecycle;
  state: MigrationState;
  /** Identities of the devices that this node has reserved as the disk's owner. */
  reserved: number[];
  /** A reservation shut the node out, or is gone: the disk is given up as soon as nothing of it is on its way. */
  ownershipLost: boolean;
  /** Application's range, as last seen: what no request may go beyond, even while the device is out of sight. */
  sizeSectors: number;
  /** Application I/O: admitted, kept back, or refused. */
  gate: 'open' | 'held' | 'closed';
  /** Last durable records, and which of its two copies each lies in. */
  shared: SharedRecord;
  sharedCopy: number;
  local: LocalRecord;
  localCopy: number;
  /** The local record as it was when the gate was last held. */
  localWhenHeld: LocalRecord;
  acknowledgement: AcknowledgementRecord;
  acknowledgementCopy: number;
  /** Acknowledgement slots of all nodes as last read. */
  acknowledgements: AcknowledgementRecord[];
  label: LabelRecord;
  labelCopy: number;
  /** Faults noticed, not necessarily durable yet. */
  targetFault: boolean;
  sourceFault: boolean;
  /** Region that the source could not be read in, or -1. */
  unreadableRegion: number;
  /** From the issue of the roll-forward flag's write there is no return. */
  rollForwardIssued: boolean;
  /** What one side lacks: in target-selected the source, else the target. */
  map: RegionMap;
  unflushed: { source: Unflushed; target: Unflushed };
  log: DirtyLog;
  copier: CopierState;
  procedure: ProcedureState | undefined;
  /** A range lock was given back: somebody may be waiting for it. */
  rangesFreed: boolean;
  /** What is to be done next, when no procedure runs. */
  wants: Wants;
}

export interface Wants {
  online: boolean;
  stop: boolean;
  /** Read the shared record again, as a standby. */
  reread: boolean;
  /** A configure message that waits: migration id (0: none), source, target. */
  configureMigration: number;
  configureSource: number;
  configureTarget: number;
  giveUp: boolean;
}

export interface EngineState {
  configuration: EngineConfiguration;
  phase: 'booting' | 'joining' | 'ready' | 'stopping' | 'stopped';
  ports: PortState[];
  /** Every device seen so far, in the order of its first answer. */
  devices: DeviceState[];
  configuredMask: number;
  reachableMask: number;
  /** By slot; as many as were ever in flight at a time. */
  requests: RequestState[];
  requestsFree: number[];
  requestSequence: number;
  watchdogArmed: boolean;
  /** How many there may be at a time: one a slot. */
  transfersMax: number;
  /** By DMA slot; as many as there ever were at a time. */
  transfers: Transfer[];
  transfersFree: number[];
  transferOrder: number;
  /** Orders to go at another pace so far, of all disks and synchronisations: what tells the timers of one from those of the next. */
  throttleRound: number;
  disks: DiskState[];
}

/** Requests in flight at most; part of every request's id. */
export const REQUESTS_MAX = 256;

export function createState(configuration: EngineConfiguration): EngineState {
  // A slot per disk for its records, and one for its dirty-region log where one is kept.
  const reservedCount = configuration.disks.length * (configuration.dirtyLog === true ? 2 : 1);
  const transfersMax = configuration.slotsCount - reservedCount;
  assert(transfersMax > 0, `${configuration.slotsCount} slots for ${configuration.disks.length} disks`);
  assert(
    configuration.slotSectors >= RECORD_PAIR_SECTORS,
    `a slot of ${configuration.slotSectors} sectors cannot hold a record pair`,
  );
  assert(
    2 * configuration.slotsCount + 2 * configuration.portsCount <= REQUESTS_MAX,
    `${configuration.slotsCount} slots and ${configuration.portsCount} ports may need more than ${REQUESTS_MAX} requests`,
  );
  return {
    configuration,
    phase: 'booting',
    ports: Array.from({ length: configuration.portsCount }, () => ({
      identity: 0,
      inquiryPending: false,
      isSuspect: false,
    })),
    devices: [],
    configuredMask: 1 << configuration.node,
    reachableMask: 1 << configuration.node,
    requests: [],
    requestsFree: [],
    requestSequence: 0,
    watchdogArmed: false,
    transfersMax,
    transfers: [],
    transfersFree: [],
    transferOrder: 0,
    throttleRound: 0,
    disks: configuration.disks.map((disk, index) => createDisk(index, disk.provisionedIdentity)),
  };
}

function createDisk(index: number, provisionedIdentity: number): DiskState {
  return {
    index,
    lifecycle: 'standby',
    state: 'none',
    reserved: [],
    ownershipLost: false,
    sizeSectors: 0,
    gate: 'closed',
    shared: emptySharedRecord(),
    sharedCopy: 1,
    local: defaultLocalRecord(provisionedIdentity),
    localCopy: 1,
    localWhenHeld: defaultLocalRecord(provisionedIdentity),
    acknowledgement: emptyAcknowledgement(),
    acknowledgementCopy: 1,
    acknowledgements: [],
    label: emptyLabel(),
    labelCopy: 1,
    targetFault: false,
    sourceFault: false,
    unreadableRegion: -1,
    rollForwardIssued: false,
    map: emptyRegionMap(),
    unflushed: { source: emptyUnflushed(), target: emptyUnflushed() },
    log: noDirtyLog(),
    copier: createCopier(),
    procedure: undefined,
    rangesFreed: false,
    wants: {
      online: false,
      stop: false,
      reread: false,
      configureMigration: 0,
      configureSource: 0,
      configureTarget: 0,
      giveUp: false,
    },
  };
}

/** An entry of the table of requests, in use by nobody. */
export function blankRequest(): RequestState {
  return {
    owner: 'free',
    id: 0,
    disk: 0,
    transfer: 0,
    side: 'source',
    identity: 0,
    port: 0,
    operation: 'read',
    sector: 0,
    count: 0,
    slot: -1,
    slotSector: 0,
    fua: false,
    step: undefined,
    flushEpoch: 0,
    attempts: 0,
    detours: 0,
    watchdogLooks: 0,
    phase: 'sent',
    abortPort: -1,
    pathLost: false,
  };
}

function blankTransfer(): Transfer {
  return {
    phase: 'free',
    kind: 'application',
    disk: 0,
    io: 0,
    operation: 'read',
    address: 'name',
    value: 0,
    sector: 0,
    count: 0,
    fua: false,
    exclusive: false,
    order: 0,
    route: 'bound',
    sourceStatus: 'unused',
    targetStatus: 'unused',
    region: -1,
    pieceSector: 0,
    pieceCount: 0,
    dataEnd: 0,
  };
}

export function diskAt(state: EngineState, index: number): DiskState {
  const disk = state.disks[index];
  if (disk === undefined) fail(`disk ${index} of ${state.disks.length}`);
  return disk;
}

export function transferAt(state: EngineState, index: number): Transfer {
  const transfer = state.transfers[index];
  if (transfer === undefined) fail(`transfer ${index} of ${state.transfers.length}`);
  return transfer;
}

/** @returns an entry of the table that is nobody's, and so its slot; undefined where every slot is in use. */
export function takeTransfer(state: EngineState): number | undefined {
  const index = state.transfersFree.pop();
  if (index !== undefined || state.transfers.length === state.transfersMax) return index;
  return state.transfers.push(blankTransfer()) - 1;
}

/** How many more transfers there may be now. */
export const transfersLeft = ({ transfersMax, transfers, transfersFree }: EngineState): number =>
  transfersMax - transfers.length + transfersFree.length;

/** The DMA slot for a disk's records: behind the transfers' slots. */
export const recordSlot = (state: EngineState, disk: DiskState): number => state.transfersMax + disk.index;

/** Behind those, the slot for its dirty-region log, where one is kept. */
export const logSlot = (state: EngineState, disk: DiskState): number => recordSlot(state, disk) + state.disks.length;

export const isWriteCloning = (state: MigrationState): boolean =>
  state === 'syncing' || state === 'source-selected' || state === 'target-selected';

export const isCluster = (state: EngineState): boolean => state.configuration.mode === 'cluster';
