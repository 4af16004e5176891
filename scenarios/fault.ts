/**
 * Owns the language faults are written in: what happens, to whom, when, how often, for how long. Leaves out how a fault is carried out
 * (`sim/world/faults`), and which class it belongs to (`records/fault-classes.ts`).
 *
 *   rate `share` · window `at`, `lasting` · target: device, path, node, named step, n-th operation
 */

import type { MigrationState, Step } from '../engine/contract/vocabulary.js';

/** A span of virtual time to draw from, in ticks of 1 µs, both ends included. */
export type Ticks = readonly [min: number, max: number];

/** When a fault fires. `occurrence`: the n-th time (1-based, default: the first, once armed). */
export type Trigger =
  | { ticks: Ticks }
  /**
   * At a named durable step. `any`: of all the steps the run passes, one is drawn by `occurrence`. Position: of a crash, drawn if absent; a pause
   * begins while the device works (`before`, `during`) or once the node has heard of it (`after`); other faults begin before the
   * device looks at the step's request, or right after it.
   */
  | { step: Step | 'any'; position?: 'before' | 'during' | 'after'; occurrence?: number }
  /** So many ticks after disk 0's migration entered the state. */
  | { state: MigrationState; ticks: Ticks; occurrence?: number };

export type DeviceRole = 'source' | 'target' | 'shared' | 'local' | 'acknowledgement';

/** Window and rate of whatever goes on for a while: from `at` on (default: the start), for `lasting` (default: to the end of the safety phase). */
interface Lasting {
  at?: Trigger;
  lasting?: Ticks;
  /** Share of whatever matches; default all of it. */
  share?: number;
}

/**
 * A node stops at once. `node`: who hosts disk 0, a standby, or whoever the trigger's step belongs to. `power`: the whole site loses
 * power: all nodes, and every device loses its cache. In-flight requests land whole, in part, or not at all.
 */
export interface CrashPlan {
  kind: 'crash';
  node: 'host' | 'standby' | 'stepping';
  at: Trigger;
  restart: Ticks;
  power?: boolean;
}

/** A node stalls and wakes up. */
export interface PausePlan {
  kind: 'pause';
  node: 'host' | 'standby' | 'stepping';
  at: Trigger;
  ticks: Ticks;
}

/**
 * Requests of a device fail, dawdle, or are never answered. Which ones: `share` of those that match, or only the `nth`, or all after so
 * many (`after`).
 *
 *   error   fails; may have landed whole, in part, or not at all         latent  a sector that was hit fails reads until it is written again
 *   slow    answered late, sometimes later than the engine waits         full    a thin device: what is not allocated cannot be written
 *   late    served in time, and answered well, but late: what it was sent after that is answered before
 *   stuck   held until it is aborted, or the fault ends                  gone    nothing answers there, as if it had been unplugged; then it is back
 *   lost    never serviced, never answered, unless it is aborted
 */
export interface DeviceFaultPlan extends Lasting {
  kind: 'device';
  /** `stepping`: whatever device the trigger's step goes to, for the requests of that step alone. */
  device: DeviceRole | 'stepping';
  /** Default 0. */
  disk?: number;
  /** `extent`: the query for allocated extents. `reserve`: whatever is about the reservation. */
  operation: 'read' | 'write' | 'flush' | 'extent' | 'reserve' | 'any';
  effect: 'error' | 'slow' | 'late' | 'stuck' | 'lost' | 'latent' | 'full' | 'gone';
  nth?: number;
  after?: number;
  /** Once a sector failed it goes on failing until the fault ends. A write error of a metadata device like that may keep anybody from ever recording anything. */
  persistent?: boolean;
  /** Only requests that touch these blocks of the application's range. */
  blocks?: readonly [from: number, to: number];
  /** Only requests of this node: the host of disk 0, or any other. */
  from?: 'host' | 'standby';
  /** Only requests that go by this path: by the others the device is well. */
  path?: number;
  /** Ends after so many hits. */
  times?: number;
  /**
   * With `gone`, or with a persistent write error of a metadata device: it is never over, the liveness phase included. With errors of `any` kind: the
   * device is dead, and says so.
   */
  forever?: boolean;
}

/**
 * One path from a node to a device is at fault, or (no `device`) one path from a node to every device. What the scenario leaves open is drawn when
 * the fault fires.
 *
 *   loss    requests do not arrive, or their answers do not          zombie   a loss on which writes keep travelling: they land late, unless
 *   flap    the same, now and then                                            they are aborted at the device
 *   reorder a way longer than the others, sometimes
 */
export interface PathFaultPlan extends Omit<Lasting, 'share'> {
  kind: 'path';
  effect: 'loss' | 'flap' | 'zombie' | 'reorder';
  /** Default `any`. `stepping`: the very path that the request of the trigger's step has come by, hence no device or path of its own. */
  node?: 'host' | 'standby' | 'stepping' | 'any';
  device?: DeviceRole;
  /** Default 0. */
  disk?: number;
  path?: number;
  /** The node is not told of a lost request, and waits. */
  silent?: boolean;
}

/**
 * A device lies: it answers well, and what it did is something else. Only where a run must detect.
 *
 *   torn         of a write some sectors land            misdirected-read   another place's content is returned
 *   lost         of a write nothing lands                stale-read         what was there before the last write is returned
 *   misdirected  a write lands in another place          bit-rot            a bit of a sector that was written flips on the medium
 *   lying-flush  a flush makes nothing durable
 */
export interface MediaFaultPlan extends Lasting {
  kind: 'media';
  device: DeviceRole;
  disk?: number;
  effect: MediaEffect;
  /** Ends after so many lies; default 1. */
  times?: number;
}

export type MediaEffect =
  | 'torn'
  | 'lost'
  | 'misdirected'
  | 'misdirected-read'
  | 'bit-rot'
  | 'stale-read'
  | 'lying-flush';

/**
 * The network between nodes is at fault. `node`: whose messages; `way`: those it sends, those it is sent, or both. A partition
 * swallows all of them until it is healed (`lasting`).
 */
export interface NetworkFaultPlan extends Lasting {
  kind: 'network';
  effect: 'delay' | 'loss' | 'duplicate' | 'reorder' | 'partition';
  node: 'host' | 'standby' | 'any';
  /** Default `both`. */
  way?: 'from' | 'to' | 'both';
}

/**
 * A node's clock is at fault: its timers, and what it calls the time. `jump`: forward by `ticks`, or back if these are negative; pending timers
 * move with it. `skew`: it is off by `ticks`. `drift`: it runs at `rate` thousandths of its speed.
 */
export interface ClockFaultPlan extends Lasting {
  kind: 'clock';
  effect: 'jump' | 'skew' | 'drift';
  node: 'host' | 'standby';
  ticks?: Ticks;
  rate?: Ticks;
}

/**
 * A device is reset and has forgotten its registrations and its reservation, against its promise. Only while no node other than the owner believes
 * to run the disk: what nobody keeps a zombie from, nobody can be asked to survive.
 */
export interface ReservationFaultPlan {
  kind: 'reservation';
  device: 'source' | 'target' | 'shared';
  at: Trigger;
}

/**
 * Devices lose power, apart from every node: what they had not flushed may be gone. `devices`: of disk `disk` (default 0), of the node that
 * carries it, or of all; together, so that they are a power domain.
 */
export interface DevicePowerPlan {
  kind: 'devicePower';
  devices: readonly DeviceRole[];
  disk?: number;
  at: Trigger;
}

/** A source grows by so many blocks, all of them zeros; its node is told at its next command there. */
export interface GrowPlan {
  kind: 'grow';
  blocks: number;
  /** Default 0. */
  disk?: number;
  at: Trigger;
}

/** Another host writes the source while the standalone node is down: when it next stops, after the trigger. */
export interface ForeignWritePlan {
  kind: 'foreignWrite';
  /** Default 0. */
  disk?: number;
  at: Trigger;
}

export type FaultPlan =
  | CrashPlan
  | PausePlan
  | DevicePowerPlan
  | GrowPlan
  | ForeignWritePlan
  | DeviceFaultPlan
  | PathFaultPlan
  | MediaFaultPlan
  | NetworkFaultPlan
  | ClockFaultPlan
  | ReservationFaultPlan;
