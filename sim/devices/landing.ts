/**
 * How written, zeroed and discarded sectors land in the volatile plane: copy on write by block, one version a block and
 * operation in the flush epoch. Decides which cell a write goes to; `cell-sectors.ts` moves the bytes.
 */
import { ZERO_CELL } from './arena.js';
import { type Chunk } from './block-table.js';
import { copySectors, fillSectors, zeroSectors } from './cells/cell-sectors.js';
import type { DeviceState } from './device-state.js';
import { blockOf, blockRangeMask, Size } from './geometry.js';

/** One byte per sector of a request: the sectors whose byte is not 0 land. */
export type LandedSectors = Uint8Array;

/**
 * Lands `count` sectors from `sector` on, as `operation`.
 * @param source their bytes, from `sourceOffsetBytes` on; without it the sectors read as zeros afterwards
 * @param landed the sectors that arrive, if not all do
 */
export function landSectors(
  device: DeviceState,
  sector: number,
  count: number,
  source: Uint8Array | undefined,
  sourceOffsetBytes: number,
  operation: number,
  landed: LandedSectors | undefined,
): void {
  const { arena, table } = device;
  const end = sector + count;
  const blockEnd = Math.ceil(end / Size.BLOCK_SECTORS);
  let zeroedCell = ZERO_CELL; // shared by all whole blocks that this operation zeroes
  for (let block = blockOf(sector); block < blockEnd; block += 1) {
    let mask = blockRangeMask(block, sector, end);
    if (landed !== undefined) mask &= landedMask(landed, block * Size.BLOCK_SECTORS - sector);
    if (mask === 0) continue;
    const chunk = table.touch(block);
    if (source !== undefined) {
      const offsetBytes = sourceOffsetBytes + (block * Size.BLOCK_SECTORS - sector) * Size.SECTOR_BYTES;
      fillSectors(arena, cellToChange(device, chunk, block, mask), mask, source, offsetBytes, operation);
    } else if (mask !== Size.BLOCK_MASK) {
      zeroSectors(arena, cellToChange(device, chunk, block, mask), mask, operation);
    } else {
      if (zeroedCell === ZERO_CELL) {
        zeroedCell = arena.allocate();
        zeroSectors(arena, zeroedCell, Size.BLOCK_MASK, operation);
      }
      landCell(device, chunk, block, zeroedCell, Size.BLOCK_MASK);
    }
  }
  if (zeroedCell !== ZERO_CELL) arena.release(zeroedCell);
}

/**
 * @returns the cell of `block` in the volatile plane, made ready for the sectors of `mask` to be overwritten: the newest
 * version's own cell if that version has not written any of them, as every sector then still has all its versions; else a
 * new version's, with the other sectors copied.
 */
function cellToChange(device: DeviceState, chunk: Chunk, block: number, mask: number): number {
  const { arena, epoch } = device;
  const index = block % Size.CHUNK_BLOCKS;
  const current = chunk.volatile[index]!;
  const entry = chunk.entries[index]!;
  if (entry !== 0 && epoch.newestCell(entry) === current && (epoch.newestMask(entry) & mask) === 0) {
    // Held by the volatile plane and as its newest version; a third holder is another block zeroed with it.
    if (arena.referencesCount(current) === 2) {
      epoch.widenNewest(entry, mask);
      arena.contentChanged(current);
      return current;
    }
  }
  const cell = arena.allocate();
  if (mask !== Size.BLOCK_MASK) copySectors(arena, current, cell, Size.BLOCK_MASK & ~mask);
  landCell(device, chunk, block, cell, mask);
  arena.release(cell);
  return cell;
}

/** Makes `cell` the volatile and the newest version of `block`, with a reference each. `mask`: the sectors it writes. */
function landCell(device: DeviceState, chunk: Chunk, block: number, cell: number, mask: number): void {
  const { arena, epoch } = device;
  const index = block % Size.CHUNK_BLOCKS;
  let entry = chunk.entries[index]!;
  if (entry === 0) {
    entry = epoch.open(block);
    chunk.entries[index] = entry;
  }
  epoch.append(entry, cell, mask);
  arena.retain(cell);
  arena.release(chunk.volatile[index]!);
  chunk.volatile[index] = cell;
}

/** @returns the sectors of one block that landed; `firstMark` is the index in `landed` of its sector 0, or negative. */
function landedMask(landed: LandedSectors, firstMark: number): number {
  let mask = 0;
  for (let sector = 0; sector < Size.BLOCK_SECTORS; sector += 1) {
    // A mark outside the array is of a sector outside the request, which the caller's mask leaves out.
    if ((landed[firstMark + sector] ?? 0) !== 0) mask |= 1 << sector;
  }
  return mask;
}
