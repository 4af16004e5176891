/**
 * How the volatile plane becomes durable: whole blocks by handing over their cell, single sectors by composing a new one.
 */

import { copySectors } from './cells/cell-sectors.js';
import type { DeviceState } from './device-state.js';
import { blockOf, blockRangeMask, Size } from './geometry.js';

/** Makes every unflushed sector durable; the flush epoch is empty afterwards. */
export function flushAll(device: DeviceState): void {
  const { epoch } = device;
  for (let entry = 1; entry < epoch.entriesEnd; entry += 1) {
    if (epoch.mask(entry) !== 0) flushBlock(device, epoch.block(entry), Size.BLOCK_MASK);
  }
}

/** Makes the unflushed sectors from `sector` to `end` (exclusive) durable, and no other. */
export function flushSectors(device: DeviceState, sector: number, end: number): void {
  const blockEnd = Math.ceil(end / Size.BLOCK_SECTORS);
  for (let block = blockOf(sector); block < blockEnd; ) {
    if (device.table.find(block) === undefined) {
      block = (Math.floor(block / Size.CHUNK_BLOCKS) + 1) * Size.CHUNK_BLOCKS;
    } else {
      flushBlock(device, block, blockRangeMask(block, sector, end));
      block += 1;
    }
  }
}

/** Makes the unflushed ones among the sectors of `block` that `mask` names durable. */
function flushBlock(device: DeviceState, block: number, mask: number): void {
  const { arena, table, epoch } = device;
  const chunk = table.touch(block);
  const index = block % Size.CHUNK_BLOCKS;
  const entry = chunk.entries[index]!;
  if (entry === 0) return;
  const dirty = epoch.mask(entry);
  if ((dirty & mask) === 0) return;
  let cell = chunk.volatile[index]!;
  if ((dirty & ~mask) === 0) {
    arena.retain(cell);
    chunk.entries[index] = 0;
  } else {
    cell = arena.allocate();
    copySectors(arena, chunk.durable[index]!, cell, Size.BLOCK_MASK & ~mask);
    copySectors(arena, chunk.volatile[index]!, cell, mask);
  }
  epoch.forget(entry, mask);
  arena.release(chunk.durable[index]!);
  chunk.durable[index] = cell;
}
