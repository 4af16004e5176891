/**
 * Which parts of a device are allocated: a block is when at least one of its sectors was written in the volatile plane and
 * not discarded or zeroed since. (A sector written with zero bytes is allocated.) Costs what was touched.
 */

import type { DeviceState } from './device-state.js';
import { blockOf, Size } from './geometry.js';

/** Sectors `start` to `start + length` (exclusive), whole blocks except where the question cut them. */
export type AllocatedExtent = { readonly start: number; readonly length: number };

/**
 * Finds the first allocated extent among the sectors `fromSector` to `endSector` (exclusive).
 * @returns the extent, as long as it goes, cut to the sectors asked about; nothing when all of them are unallocated
 */
export function firstAllocatedExtent(
  device: DeviceState,
  fromSector: number,
  endSector: number,
): AllocatedExtent | undefined {
  const blockEnd = Math.ceil(endSector / Size.BLOCK_SECTORS);
  const first = nextBlock(device, blockOf(fromSector), blockEnd, true);
  if (first === undefined || fromSector >= endSector) return undefined;
  const end = nextBlock(device, first + 1, blockEnd, false) ?? blockEnd;
  const start = Math.max(first * Size.BLOCK_SECTORS, fromSector);
  return { start, length: Math.min(end * Size.BLOCK_SECTORS, endSector) - start };
}

/** @returns the first block from `from` to `end` (exclusive) that is, or is not, allocated. */
function nextBlock(device: DeviceState, from: number, end: number, allocated: boolean): number | undefined {
  const { arena, table } = device;
  let block = from;
  let chunkIndex = table.indexFrom(Math.floor(from / Size.CHUNK_BLOCKS));
  while (block < end) {
    const chunk = table.chunks[chunkIndex];
    const gapEnd = chunk === undefined ? end : chunk.number * Size.CHUNK_BLOCKS;
    if (block < gapEnd) {
      // No chunk here: nothing is allocated up to the next one.
      if (!allocated) return block;
      block = gapEnd;
      continue;
    }
    const chunkEnd = Math.min((chunk!.number + 1) * Size.CHUNK_BLOCKS, end);
    for (; block < chunkEnd; block += 1) {
      const isAllocated = arena.zeroedMask[chunk!.volatile[block % Size.CHUNK_BLOCKS]!] !== Size.BLOCK_MASK;
      if (isAllocated === allocated) return block;
    }
    chunkIndex += 1;
  }
  return undefined;
}
