/**
 * Owns the content of the durable records: what each says and who alone may write it. Leaves out bytes (`codec.ts`) and
 * places on a device (`layout.ts`).
 */

import type { MigrationState } from '../contract/vocabulary.js';

/** Source identity that a committed and cleaned-up migration retired, and what took its place. */
export interface Retirement {
  source: number;
  target: number;
  /** The source's label generation when it was retired. */
  generation: number;
}

/** Written by the owner alone; every node reads it. One per disk. */
export interface SharedRecord {
  sequence: number;
  /** Id of the current or last migration; 0 before the first. */
  migration: number;
  inProgress: boolean;
  rollForward: boolean;
  /** Raised whenever a node takes ownership. */
  epoch: number;
  owner: number;
  source: number;
  target: number;
  /** Oldest first; at most `RETIREMENTS_MAX`. */
  retirements: Retirement[];
}

/** Written by its node alone. One per node and disk. */
export interface LocalRecord {
  sequence: number;
  /** Migration this record speaks of; 0: none yet. */
  migration: number;
  state: MigrationState;
  /** The binding: which device the disk's device name means on this node. */
  bound: number;
  /** Access control: which of the two devices the application on this node may address. */
  source: number;
  target: number;
  sourceAllowed: boolean;
  targetAllowed: boolean;
  errorFlag: boolean;
  /** Fault records, per side. */
  sourceFault: boolean;
  targetFault: boolean;
  /** CRC-32 of the region map's bytes and its size in regions; 0 regions: no map. */
  mapCrc: number;
  mapRegionsCount: number;
  /** The range that the map is of, in sectors: of another size it is the map of another source. */
  mapSectors: number;
  /** The range that the dirty-region log is of, in sectors (0: none is kept), its session, and the generation of the source it speaks of. */
  logSectors: number;
  logSession: number;
  sourceGeneration: number;
}

/** Written by its node alone, outside any reservation. One per node and disk. */
export interface AcknowledgementRecord {
  sequence: number;
  migration: number;
  target: number;
  /** This node's access control has its initial setting for the migration. */
  accessControl: boolean;
  /** This node sees the target. */
  targetConfigured: boolean;
  /** This node has flipped access control and binding to the target. */
  rolledForward: boolean;
}

/** In reserved sectors of each data device, never copied. */
export interface LabelRecord {
  sequence: number;
  generation: number;
  /** The device was the source of a migration that is over: its contents are stale. */
  tombstone: boolean;
}
