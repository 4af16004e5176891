/**
 * Owns the language scenarios are written in: world, workload, operator script, faults, expected end. A scenario is data;
 * where each seed should differ, a part may be a small function of the seed's choices. Leaves out how any of it is carried out
 * (`sim/world`).
 */

import type { Command, MigrationState } from '../engine/contract/vocabulary.js';
import type { FaultPlan, Ticks } from './fault.js';

/** The choices of one seed, drawn from a stream of the scenario's own. */
export interface Choose {
  /** 0 ≤ result < bound. */
  integer(bound: number): number;
  /** Both ends included. */
  between(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Reorders `items` in place. */
  shuffle<T>(items: T[]): T[];
}

/** Data, or a function of the seed's choices, and of the world that was drawn, that makes the data. */
export type Drawn<T> = T | ((choose: Choose, world: WorldPlan) => T);

export interface WorldPlan {
  mode: 'cluster' | 'standalone';
  /** Default `remap`. */
  naming?: 'remap' | 'change';
  /** 1 in standalone mode. */
  nodes: number;
  /** Disks, each with a source and a target of its own, and at most one migration at a time. Default 1. */
  disks?: number;
  /** Application's range of each source, in blocks of 4 KiB. */
  blocks: number;
  /** Sectors cut off the end of the source, so that its last region is short; 0–7. Default 0. */
  sectorsShort?: number;
  regionBlocks: number;
  /** By how many blocks the target is larger than the source. Default 0. */
  targetExtraBlocks?: number;
  /** Disk whose target is a block smaller than its source, and so none. Default: no disk. */
  smallTarget?: number;
  /** Share of the source's blocks that hold data at the start; the rest was never written. Default 1. */
  allocatedShare?: number;
  /** Whether the target holds old data of somebody else at the start. Default false: it is blank. */
  targetUsed?: boolean;
  /** Which node sees the target of disk 0 only later: [node, at tick]. */
  targetMappedLater?: readonly [node: number, atTick: number];
  /** The same of the source. */
  sourceMappedLater?: readonly [node: number, atTick: number];
  /** Paths from each node to each device, 1 to 4: ports that the device is attached to. Default 1. */
  paths?: number;
  /** Metadata devices may tear within a sector when they lose power. Default false: sectors are atomic. */
  metadataTears?: boolean;
  /** Standalone: the engine keeps a dirty-region log. Default false. */
  dirtyLog?: boolean;
}

export interface WorkloadPlan {
  /** Application requests in flight per disk. */
  depth: number;
  /** Pause of one application thread between two requests. */
  thinkTicks: Ticks;
  /** Relative weights; each default 0. */
  weights: { read?: number; write?: number; flush?: number; discard?: number; writeZeroes?: number };
  /** Largest request in blocks (at most 8). Default 2. */
  blocksMax?: number;
  /** Share of requests that are not aligned to blocks. Default 0.2. */
  unalignedShare?: number;
  fuaShare?: number;
  /** Share of writes whose buffer the application changes while they are in flight. */
  bufferChangedShare?: number;
  /** Share of requests that try a native device (source or target) instead of the device name. */
  nativeShare?: number;
  /** Share of requests that fall into the first eighth of the disk, so that requests overlap. Default 0.3. */
  hotShare?: number;
}

/** One thing the operator does; steps of a script are done in order, each by an operator of its own per disk. */
export type OperatorStep =
  /** Issue whatever commands lead to the state, repeat refused ones, start again after a failover or an error transition. */
  | { reach: MigrationState; disk?: number }
  /** One command, its outcome not minded. `on` other than host: a command to the wrong node. */
  | {
      command: Command;
      argument?: number;
      /** Nobody waits for the answer: the next step follows at once. */
      hasty?: true;
      disk?: number;
      on?: 'host' | 'standby';
      /** For setup: another device than the disk's target. */
      onto?: 'source' | 'metadata' | 'other-disk' | 'nothing';
    }
  | { wait: Ticks }
  /** Until at least this share of the regions is clean (as `query` says), or the migration is past syncing. */
  | { waitCopied: number; disk?: number }
  /** Any commands, valid or not, on any node, at any moment, so many of them. */
  | { chaos: number }
  /** The cluster moves the disk to another node in good order. */
  | { move: true; disk?: number }
  /** Clean shutdown of the host, and its start after a while. */
  | { reboot: Ticks };

export type { DeviceRole, FaultPlan, Ticks, Trigger } from './fault.js';

export interface Scenario {
  /** Kebab case, unique. */
  name: string;
  /** One sentence: the situation. */
  title: string;
  world: WorldPlan | ((choose: Choose) => WorldPlan);
  workload: Drawn<WorkloadPlan>;
  operator: Drawn<readonly OperatorStep[]>;
  faults: Drawn<readonly FaultPlan[]>;
  /**
   * Weakest class of fault that the run may have; what is weaker is not granted by the fault atlas. Default `must survive`: integrity and progress.
   * `must be safe`: integrity, and errors that say so; the migration may stand still. `must detect`: every lie of a medium is found and named.
   */
  class?: 'must survive' | 'must be safe' | 'must detect';
  /** The safety phase ends when the operator's script is done, or at this tick at the latest. */
  safetyTicksMax: number;
  /** States that disk 0's migration may end in, after the liveness phase. */
  ends: readonly MigrationState[];
  /** State the liveness phase drives every disk to. Default: the script is finished, and any stable state will do. */
  drivesTo?: MigrationState;
}
