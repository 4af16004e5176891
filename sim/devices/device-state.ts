/**
 * The parts that make up one device and that its operations share: index, flush epoch, and the arena with the cells.
 *
 * WHO HOLDS A CELL. Each plane holds one reference to the cell of each of its blocks; the epoch holds one to the cell of each
 * unflushed version. A clean block has the same cell in both planes. A cell that the durable plane holds is never changed.
 */
import type { Arena } from './arena.js';
import { BlockTable } from './block-table.js';
import { FlushEpoch } from './flush-epoch.js';
import { Size } from './geometry.js';

export type DeviceState = { readonly arena: Arena; readonly table: BlockTable; readonly epoch: FlushEpoch };

/** @returns a device none of whose blocks was written. */
export function blankDevice(arena: Arena): DeviceState {
  return { arena, table: new BlockTable(), epoch: new FlushEpoch(arena) };
}

/** Gives every reference of `device` back to the arena. Table and epoch are stale afterwards, and have to be reset. */
export function releaseCells(device: DeviceState): void {
  const { arena, table, epoch } = device;
  for (const chunk of table.chunks) {
    for (let index = 0; index < Size.CHUNK_BLOCKS; index += 1) {
      const entry = chunk.entries[index]!;
      if (entry !== 0) epoch.forget(entry, Size.BLOCK_MASK);
      arena.release(chunk.volatile[index]!);
      arena.release(chunk.durable[index]!);
    }
  }
}
