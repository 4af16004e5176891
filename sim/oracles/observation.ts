/**
 * Owns what oracles, coverage and the digest are told while a world runs. An observer sees devices, acknowledgements and cluster events;
 * where it is also told what an engine says of itself, the method's comment says so. Times are virtual, in ticks of 1 µs.
 */

import type { Progress } from '../../engine/contract/effects.js';

/** One I/O of an application. `io` is unique in the run, counts from 2, and is the stamp of a write's payload. */
export interface ApplicationIo {
  io: number;
  node: number;
  generation: number;
  disk: number;
  /** `name`: through the disk's device name; `native`: a device itself. */
  address: 'name' | 'native';
  /** Identity of the device for `native`; otherwise -1. */
  identity: number;
  operation: 'read' | 'write' | 'flush' | 'discard' | 'writeZeroes';
  /** In the application's range. */
  sector: number;
  count: number;
  fua: boolean;
  issuedTick: number;
  completedTick: number;
  /** `pending`; `lost`: the node died with it; else what the engine answered. */
  status: 'pending' | 'lost' | 'ok' | 'error' | 'denied' | 'offline' | 'busy';
}

/** What a sector holds, where it is not the number of the write that wrote it. */
export const enum Stamp {
  /** It was filled before the run began. */
  INITIAL = 1,
  /** It reads as zeros: never written, discarded or zeroed. */
  ZERO = 0,
  /** It held somebody else's data before the run: in a target that was used before. No run issues so many writes. */
  FOREIGN = 0xfffffff0,
  /** Bytes that nobody wrote so: torn, misplaced, or damaged. */
  GARBAGE = 0xffffffff,
}

/** A device request of an engine, at the instant it was serviced. `operationId` is the lineage of what it wrote. */
export interface ServicedRequest {
  operationId: number;
  node: number;
  generation: number;
  device: number;
  operation:
    | 'inquiry'
    | 'read'
    | 'write'
    | 'flush'
    | 'discard'
    | 'writeZeroes'
    | 'nextExtent'
    | 'register'
    | 'preempt'
    | 'readReservation';
  sector: number;
  count: number;
  fua: boolean;
  /** Named durable step, or undefined. */
  step: string | undefined;
  /** `conflict`: rejected by a reservation. `dropped`: never reached the device; `partial`: only some sectors landed (a crash during it). */
  status: 'ok' | 'error' | 'aborted' | 'unitAttention' | 'missing' | 'conflict' | 'dropped' | 'partial';
  tick: number;
}

export interface DeviceDescription {
  device: number;
  identity: number;
  role: 'source' | 'target' | 'shared' | 'local' | 'acknowledgement';
  disk: number;
  /** Owner of a local device; otherwise -1. */
  node: number;
  sizeSectors: number;
}

/** A sector that a device holds otherwise than it promised, and the sentence that says why. */
export interface LieInPlace {
  readonly sector: number;
  /** Stamp of what it promised to hold. */
  readonly promisedStamp: number;
  readonly sentence: string;
}

/** What an oracle may look at, without effect on the run. */
export interface WorldView {
  readonly tick: number;
  readonly devices: readonly DeviceDescription[];
  readonly nodesCount: number;
  readonly disksCount: number;
  readonly mode: 'cluster' | 'standalone';
  readonly naming: 'remap' | 'change';
  /** Sectors of the application's range of a disk. */
  readonly disksSectors: readonly number[];
  /** What the sources may grow to; `devices` says what they have grown to. */
  readonly disksSectorsMax: readonly number[];
  /** Sectors at the start of data devices that the application's range lies behind. */
  readonly labelSectors: number;
  /** How often an engine is told to repeat a request that its device failed. */
  readonly retriesMax: number;
  /** How many regions of a disk an engine is told to copy at once, and how large one is. */
  readonly copiesMax: number;
  readonly regionSectors: number;
  /** Stamp of a device sector in a plane (see `Stamp`), judged on its bytes. */
  stampAt(device: number, plane: 'volatile' | 'durable', deviceSector: number): number;
  /** Puts `count` sectors of a plane into `into`, for decoding records. */
  bytesAt(device: number, plane: 'volatile' | 'durable', deviceSector: number, count: number, into: Uint8Array): void;
  /** Which node the cluster lets run the application of a disk, or -1. */
  hostOf(disk: number): number;
  isUp(node: number): boolean;
  /** Sentence that says how the sector came to hold what it holds: operation, node, epoch, flush, fault. */
  lineageSentence(device: number, plane: 'volatile' | 'durable', deviceSector: number): string;
  /** Node that holds the reservation of a device, or -1. */
  reservationHolder(device: number): number;
  /** A device is gone that never comes back: nobody can ask for progress. */
  readonly mayStandStill: boolean;
  /** Sectors in the application's range that a device holds otherwise than it promised. Only to find what nobody noticed. */
  liesInPlace(device: number): readonly LieInPlace[];
  /** True once an injected fault has made a request of this device fail since `tick`, or has cut a node off from it: by no path could it get there. */
  faultedSince(device: number, tick: number): boolean;
  /** True once a node has lost its last path to this device since `tick`. */
  cutOffSince(device: number, tick: number): boolean;
}

/** Every method is optional; a method may report a violation through the `report` it was given when it was created. */
export interface Observer {
  begin?(view: WorldView): void;
  applicationIssued?(io: ApplicationIo): void;
  /** `stamps`: of each sector a read returned (judged on the bytes the application got); empty otherwise. Valid during the call. */
  applicationCompleted?(io: ApplicationIo, stamps: Uint32Array): void;
  /** The object is reused: copy what is kept. */
  requestServiced?(request: ServicedRequest): void;
  /** A change that was lost on its path landed, in whole or in part, where operation `overtakenBy`, asked for later, had landed before. */
  landedOvertaken?(
    node: number,
    device: number,
    sector: number,
    count: number,
    operationId: number,
    overtakenBy: number,
  ): void;
  /** After the device took the loss; `device` has forgotten its volatile plane. */
  devicePowerLost?(device: number): void;
  /**
   * A node hears that a reservation shut it out from a device of a disk. Requests with ids up to `operationId` were asked for before it knew.
   */
  conflictHeard?(node: number, disk: number, operationId: number): void;
  /** The device has forgotten its registrations and its reservation. */
  reservationLost?(device: number): void;
  /** Another host, which is no node, has written a source, durably. `node` stands for the one that is down meanwhile. */
  foreignWritten?(io: ApplicationIo): void;
  /** A record-bearing device's durable plane may have changed. */
  durableChanged?(device: number): void;
  nodeStarted?(node: number, generation: number): void;
  /** Its engine has booted: from now on the cluster counts the node as reachable, for as long as it hears of it. */
  nodeReady?(node: number): void;
  /** The node is gone; its unanswered I/O has status `lost`, its in-flight requests are settled. `cause`: what stopped it. */
  nodeStopped?(node: number, generation: number, cause: 'crash' | 'power' | 'shutdown' | 'failed'): void;
  nodePaused?(node: number): void;
  nodeResumed?(node: number): void;
  /** A node hears from the cluster service which nodes are reachable. */
  membershipTold?(node: number, reachableMask: number): void;
  /** The cluster takes a disk away from a node that was silent; it still runs, and does not know. What it answers from now on is ignored. */
  hostLost?(node: number, disk: number): void;
  /** The cluster has asked the node to bring the disk online; then what the engine answered. */
  onlineAsked?(node: number, disk: number): void;
  onlineAnswered?(node: number, disk: number, outcome: 'online' | 'failed'): void;
  /** The same from a node that is not asked any more: the cluster does not mind. */
  answerIgnored?(node: number, disk: number, outcome: 'online' | 'failed'): void;
  /** `gaveUp`: the engine gave the disk up by itself. */
  diskOffline?(node: number, disk: number, gaveUp: boolean): void;
  shutdownDone?(node: number): void;
  /** The engine's own word: judged, never trusted. */
  stateChanged?(node: number, disk: number, from: string, to: string, cause: string): void;
  commandIssued?(node: number, disk: number, id: number, command: string, argument: number): void;
  commandCompleted?(node: number, disk: number, id: number, command: string, outcome: string, refusal: string): void;
  /** An engine has answered a query: judged, never trusted. The object is the engine's own: copy what is kept. */
  progressTold?(node: number, progress: Progress): void;
  probe?(name: string): void;
  /** A fault was armed (possible from now on), or fired. `where`: in words, e.g. `target of disk 0`, `node 1 at commit.binding.write`. */
  faultArmed?(kind: string, where: string): void;
  faultFired?(kind: string, where: string, state: string): void;
  /** A crash aimed at (or falling on) a named step took place. */
  crashedAtStep?(node: number, step: string, position: 'before' | 'during' | 'after', inRecovery: boolean): void;
  /** The node that takes a named step stalled at it (`pause`), or its device failed it (`device`). */
  stepHit?(step: string, what: 'pause' | 'device' | 'path'): void;
  /** A device answered well and did something else. Told for coverage: no oracle may use it to judge an engine. */
  lieTold?(kind: string): void;
  /** A lie was found out: `how` is an oracle, or `lineage`. */
  lieFound?(kind: string, how: string): void;
  /** Safety is over: all faults have stopped. */
  livenessBegun?(): void;
  end?(): void;
}

export interface Violation {
  /** O1 … O11, `invariant`, `scenario`, `hung`. */
  oracle: string;
  /** One sentence in storage terms, with block, operation and cause. */
  sentence: string;
  /** Same for the same kind of failure whatever the seed: no numbers in it. */
  signature: string;
  tick: number;
  /** The application's sector that is not what it must be, where it is about one. */
  place?: { readonly disk: number; readonly sector: number };
}

export type Report = (violation: Omit<Violation, 'tick'>) => void;
