/**
 * Owns the memory that the oracles of one run may leave to those of the next: tables that grow with what a run does, and no content. See `devices/memory.ts`.
 */

import { MAPPED_BYTES } from '../../devices/memory.js';
import { VersionPool } from '../data/version-pool.js';
import { IoTable } from './io-table.js';

/** Enough for either table to be mapped by itself; no run needs as many. */
const ENTRIES_START = MAPPED_BYTES / 32;

export interface KeptMemory {
  readonly ios: IoTable;
  readonly versions: VersionPool;
}

/** For one run: grows with it. */
export const newMemory = (): KeptMemory => ({ ios: new IoTable(), versions: new VersionPool() });

/** For all runs of a thread, one after the other: large enough to hardly ever grow, and so to move. */
export const newKeptMemory = (): KeptMemory => ({
  ios: new IoTable(ENTRIES_START),
  versions: new VersionPool(ENTRIES_START),
});
