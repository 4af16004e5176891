/**
 * Owns everything that can happen to an engine. An engine has no clock, no timers and no I/O of its own: time, completions, cluster
 * notices and commands all come in through here, one at a time.
 */

import type { Address, ApplicationOperation, Command, DeviceStatus, MessageKind } from './vocabulary.js';

/** The node has started; the first event of an engine. It identifies its devices and, in a cluster, joins as a standby. */
export interface BootEvent {
  readonly kind: 'boot';
}

/** The cluster brings a disk online here, or (standalone) the machine does at start: recovery, then application I/O. */
export interface ClusterOnlineEvent {
  readonly kind: 'clusterOnline';
  readonly disk: number;
}

/** The cluster takes a disk away from here in good order (planned move). */
export interface ClusterOfflineEvent {
  readonly kind: 'clusterOffline';
  readonly disk: number;
}

/** Clean shutdown of the node: every disk is stopped in good order. */
export interface ShutdownEvent {
  readonly kind: 'shutdown';
}

/** Cluster membership as the cluster service sees it: bit n of a mask stands for node n. */
export interface MembershipEvent {
  readonly kind: 'membership';
  readonly configuredMask: number;
  readonly reachableMask: number;
}

/** A message of another node's engine. A hint only: whatever matters is read from devices. */
export interface MessageEvent {
  readonly kind: 'message';
  readonly from: number;
  readonly message: MessageKind;
  readonly disk: number;
  readonly migration: number;
  readonly source: number;
  readonly target: number;
}

/**
 * An operator's command. `argument`: setup: the target's identity; throttle: ticks between two copies; otherwise 0. `clockTicks`: the
 * node's own view of the time, from which a rate is estimated; nothing is decided by it.
 */
export interface CommandEvent {
  readonly kind: 'command';
  readonly id: number;
  readonly command: Command;
  readonly disk: number;
  readonly argument: number;
  readonly clockTicks: number;
}

/**
 * The application asks for I/O. `io` names the request and its buffer. `value` is a disk (address `name`) or an identity
 * (address `native`). `sector` counts from the start of the application's range; `count` sectors, at most one DMA slot
 * for reads and writes, any length inside the device for discard and writeZeroes, ignored for flush.
 */
export interface ApplicationEvent {
  readonly kind: 'application';
  readonly io: number;
  readonly operation: ApplicationOperation;
  readonly address: Address;
  readonly value: number;
  readonly sector: number;
  readonly count: number;
  readonly fua: boolean;
}

/**
 * A device request has ended. `valueA`, `valueB`: inquiry: identity and size in sectors; nextExtent: first sector and length of the
 * first allocated extent (length 0: none); readReservation: the node that holds the reservation plus 1 (0: nobody), and a mask of the registered
 * nodes. `bytes`: what a read brought (a view of the DMA slot, valid during this event).
 */
export interface DeviceCompletedEvent {
  readonly kind: 'deviceCompleted';
  readonly request: number;
  readonly status: DeviceStatus;
  readonly valueA: number;
  readonly valueB: number;
  readonly bytes: Uint8Array;
}

/** Something was attached to a port, taken away, or is back after its path was lost, while the node runs. */
export interface DeviceMappedEvent {
  readonly kind: 'deviceMapped';
  readonly port: number;
}

/** A timer that the engine has asked for is due. */
export interface TimerEvent {
  readonly kind: 'timer';
  readonly timer: number;
}

export type EngineEvent =
  | BootEvent
  | ClusterOnlineEvent
  | ClusterOfflineEvent
  | ShutdownEvent
  | MembershipEvent
  | MessageEvent
  | CommandEvent
  | ApplicationEvent
  | DeviceCompletedEvent
  | DeviceMappedEvent
  | TimerEvent;
