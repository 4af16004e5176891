/** Owns the words of the rig: what a test may set, what it may look at, and the bounds every toy engine is given. */

import type { EngineLimits } from '../../../engine/contract/configuration.js';
import type { DeviceRequest } from '../../../engine/contract/effects.js';
import type {
  Address,
  ApplicationOperation,
  ApplicationStatus,
  Cause,
  MigrationState,
} from '../../../engine/contract/vocabulary.js';
import type { EngineState } from '../../../engine/state/state.js';
import type { Pattern } from './pattern.js';
import type { ToyDevice } from './toy-device.js';

export interface RigOptions {
  /** One node is a standalone machine, more are a cluster. */
  readonly nodes?: number;
  readonly disks?: number;
  /** Application's range of source and target. */
  readonly sourceSectors?: number;
  readonly targetSectors?: number;
  readonly regionSectors?: number;
  readonly naming?: 'remap' | 'change';
  readonly copiesMax?: number;
  readonly retriesMax?: number;
  /** Ports that each device hangs on at each node. */
  readonly paths?: number;
  /** Keep a dirty-region log (standalone). */
  readonly dirtyLog?: boolean;
}

export interface Pending {
  readonly node: number;
  readonly request: DeviceRequest;
  readonly device: ToyDevice | undefined;
}

export interface Io {
  readonly node: number;
  readonly disk: number;
  readonly operation: ApplicationOperation;
  readonly sector: number;
  readonly count: number;
  value: number;
  readonly buffer: Uint8Array;
  status: ApplicationStatus | undefined;
}

export interface Change {
  readonly node: number;
  readonly disk: number;
  readonly from: MigrationState;
  readonly to: MigrationState;
  readonly cause: Cause;
}

/** What a rule does to a request that is about to be served. `reset`: it is not carried out, and the device says that it was reset. */
export type Verdict = 'fail' | 'hold' | 'pass' | 'reset';

export interface Rule {
  readonly pattern: Pattern;
  readonly judge: (pending: Pending) => Verdict;
  times: number;
}

export interface Held {
  /** Requests held so far and not yet released. */
  readonly waiting: Pending[];
  /** Serves what was held, in order, and holds no more. */
  release(): void;
  /** Answers what was held as failed, and holds no more. */
  fail(): void;
}

export interface ToyNode {
  state: EngineState;
  readonly slots: Uint8Array;
  readonly timers: { atTick: number; sequence: number; timer: number }[];
  readonly names: { address: Address; value: number }[];
  ready: boolean;
  down: boolean;
}

export const SLOTS = 16;
export const SLOT_SECTORS = 16;
export const limitsOf = ({ copiesMax, retriesMax }: RigOptions): EngineLimits => ({
  ...LIMITS,
  copiesMax: copiesMax ?? LIMITS.copiesMax,
  retriesMax: retriesMax ?? LIMITS.retriesMax,
});

export const LIMITS = {
  requestTimeoutTicks: 1000,
  retriesMax: 2,
  detoursMax: 4,
  retryDelayTicks: 10,
  copiesMax: 2,
  settleAttemptsMax: 3,
  pollDelayTicks: 20,
  pollsMax: 4,
} as const;
