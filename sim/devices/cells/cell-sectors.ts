/**
 * Sector-grained copies into, out of and between cells, each with the bookkeeping that must travel along: lineage, zeroed and
 * torn marks. A mask names sectors of one block by bit. Bytes move in runs of neighbouring sectors, one `set` a run.
 */
import type { Arena } from '../arena.js';
import { sectorsMask, ZERO_BLOCK, Size } from '../geometry.js';
import { assert } from '../assert.js';

/** @returns the end, exclusive, of the run of set bits that starts at bit `from` of `mask`. */
function runEnd(mask: number, from: number): number {
  let end = from + 1;
  while (((mask >>> end) & 1) !== 0) end += 1;
  return end;
}

/** @returns the first set bit of `mask` at or above `from`; `BLOCK_SECTORS` when there is none. */
function runStart(mask: number, from: number): number {
  let start = from;
  while (start < Size.BLOCK_SECTORS && ((mask >>> start) & 1) === 0) start += 1;
  return start;
}

/** Makes the sectors of `mask` in cell `to` what they are in cell `from`. */
export function copySectors(arena: Arena, from: number, to: number, mask: number): void {
  const stored = mask & ~arena.zeroedMask[from]!;
  if (stored === Size.BLOCK_MASK) {
    arena.bytes(to).set(arena.bytes(from));
  } else {
    for (let start = runStart(stored, 0); start < Size.BLOCK_SECTORS; ) {
      const end = runEnd(stored, start);
      const bytes = arena.bytes(from).subarray(start * Size.SECTOR_BYTES, end * Size.SECTOR_BYTES);
      arena.bytes(to).set(bytes, start * Size.SECTOR_BYTES);
      start = runStart(stored, end);
    }
  }
  arena.zeroedMask[to] = (arena.zeroedMask[to]! & ~mask) | (arena.zeroedMask[from]! & mask);
  arena.tornMask[to] = (arena.tornMask[to]! & ~mask) | (arena.tornMask[from]! & mask);
  const lineage = arena.lineage;
  for (let sector = 0; sector < Size.BLOCK_SECTORS; sector += 1) {
    if (((mask >>> sector) & 1) === 0) continue;
    lineage[to * Size.BLOCK_SECTORS + sector] = lineage[from * Size.BLOCK_SECTORS + sector]!;
  }
}

/**
 * Writes the sectors of `mask` in cell `to`, as `operation`.
 * @param offsetBytes where sector 0 of the block would be in `source`; negative when the source starts inside the block
 */
export function fillSectors(
  arena: Arena,
  to: number,
  mask: number,
  source: Uint8Array,
  offsetBytes: number,
  operation: number,
): void {
  const bytes = arena.bytes(to);
  for (let start = runStart(mask, 0); start < Size.BLOCK_SECTORS; ) {
    const end = runEnd(mask, start);
    const from = offsetBytes + start * Size.SECTOR_BYTES;
    const count = (end - start) * Size.SECTOR_BYTES;
    // A view is dear, so none is made of a source that is taken whole.
    const isWhole = from === 0 && count === source.length;
    bytes.set(isWhole ? source : source.subarray(from, from + count), start * Size.SECTOR_BYTES);
    start = runStart(mask, end);
  }
  arena.zeroedMask[to]! &= ~mask;
  stamp(arena, to, mask, operation);
}

/** Makes the sectors of `mask` in cell `to` read as zeros, by `operation`. No byte moves. */
export function zeroSectors(arena: Arena, to: number, mask: number, operation: number): void {
  arena.zeroedMask[to]! |= mask;
  stamp(arena, to, mask, operation);
}

/**
 * Makes one sector of cell `to` the first `bytesNew` bytes of what it is in cell `newer` and the rest of what it is in cell
 * `older`. It counts as written by the operation of `newer`, and as torn.
 */
export function tearCellSector(
  arena: Arena,
  older: number,
  newer: number,
  to: number,
  sector: number,
  bytesNew: number,
): void {
  assertTearBytes(bytesNew);
  const bit = 1 << sector;
  copySectors(arena, older, to, bit);
  if ((arena.zeroedMask[older]! & arena.zeroedMask[newer]! & bit) === 0) {
    const start = sector * Size.SECTOR_BYTES;
    const target = arena.bytes(to);
    if ((arena.zeroedMask[older]! & bit) !== 0) target.set(ZERO_BLOCK.subarray(0, Size.SECTOR_BYTES), start);
    const bytes = (arena.zeroedMask[newer]! & bit) === 0 ? arena.bytes(newer).subarray(start) : ZERO_BLOCK;
    target.set(bytes.subarray(0, bytesNew), start);
    arena.zeroedMask[to]! &= ~bit;
  }
  arena.lineage[to * Size.BLOCK_SECTORS + sector] = arena.lineage[newer * Size.BLOCK_SECTORS + sector]!;
  arena.tornMask[to]! |= bit;
}

/** @throws unless `bytesNew` cuts a sector in two at a multiple of `TEAR_UNIT_BYTES`. */
export function assertTearBytes(bytesNew: number): void {
  const cuts = bytesNew > 0 && bytesNew < Size.SECTOR_BYTES && bytesNew % Size.TEAR_UNIT_BYTES === 0;
  assert(cuts, `expected a tear inside a sector at a multiple of ${Size.TEAR_UNIT_BYTES} bytes, got ${bytesNew}`);
}

/** Reads the sectors `from` to `end` (exclusive) of `cell` into `destination` at `offsetBytes`. */
export function readSectors(
  arena: Arena,
  cell: number,
  from: number,
  end: number,
  destination: Uint8Array,
  offsetBytes: number,
): void {
  const mask = sectorsMask(from, end);
  const zeroed = arena.zeroedMask[cell]! & mask;
  if (mask === Size.BLOCK_MASK && (zeroed === 0 || zeroed === Size.BLOCK_MASK)) {
    destination.set(zeroed === 0 ? arena.bytes(cell) : ZERO_BLOCK, offsetBytes);
    return;
  }
  const base = offsetBytes - from * Size.SECTOR_BYTES;
  for (let start = from; start < end; ) {
    const isZeroed = ((zeroed >>> start) & 1) !== 0;
    const stop = runEnd(isZeroed ? zeroed : mask & ~zeroed, start);
    const bytes = isZeroed ? ZERO_BLOCK : arena.bytes(cell);
    destination.set(
      bytes.subarray(start * Size.SECTOR_BYTES, stop * Size.SECTOR_BYTES),
      base + start * Size.SECTOR_BYTES,
    );
    start = stop;
  }
}

function stamp(arena: Arena, to: number, mask: number, operation: number): void {
  arena.tornMask[to]! &= ~mask;
  const lineage = arena.lineage;
  for (let sector = 0; sector < Size.BLOCK_SECTORS; sector += 1) {
    if (((mask >>> sector) & 1) !== 0) lineage[to * Size.BLOCK_SECTORS + sector] = operation;
  }
}
