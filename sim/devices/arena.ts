/**
 * Where block versions live. An arena owns a growing pool of segments, cut in *cells* of one block each, and what is
 * known about every cell: how many hold it, which operation wrote each sector, which sectors read as zeros without being
 * stored, which are torn, and its content hash. All devices of one world share one arena; runs reuse it.
 *
 * Cell 0 is the block that was never written: it reads as zeros, its lineage is 0, it is never counted and never freed.
 *
 *   segment k (32 MiB, see `memory.ts`)       beside it, one entry a cell
 *   | cell 8192k | cell 8192k+1 | ... |       references · lineage[8] · zeroedMask · tornMask · hash
 *
 * `reset` frees every cell without touching memory (what is far more than a run needs goes back): what `allocate` returns holds *stale* bytes and metadata, which the
 * caller overwrites or marks zeroed, sector by sector. Cell numbers depend only on the calls made since the last reset.
 * Which plane of which device holds a cell is not the arena's business.
 */
import { assert, fail } from './assert.js';
import { type HashLanes, hashCell, newHashLanes } from './cells/cell-hash.js';

import { MAPPED_BYTES, type NewMemory, newPrivateMemory } from './memory.js';
import { Size } from './geometry.js';

const SEGMENT_CELLS = MAPPED_BYTES / Size.BLOCK_BYTES;
const CELL_WORDS = Size.BLOCK_BYTES / 4;

/** The cell of every block that was never written. */
export const ZERO_CELL = 0;

/** Cells whose memory stays from run to run: 999 of 1,000 runs need no more, and one that flushed nothing for long gives its memory back. */
const CELLS_KEPT = 1024;

/** Cells one arena holds unless told otherwise: 512 MiB of blocks, far above what a world needs. */
const CELLS_MAX = 2 ** 17;

export class Arena {
  /** Grows by one at each reset: a device that was filled before is stale (see `BlockDevice.reset`). */
  generation = 0;
  /** `BLOCK_SECTORS` operation ids per cell; 0 is never written. Replaced when the arena grows: do not keep it. */
  lineage = new Uint32Array(SEGMENT_CELLS * Size.BLOCK_SECTORS);
  /** Per cell, the sectors that read as zeros; their bytes are stale. Replaced when the arena grows: do not keep it. */
  zeroedMask = new Uint8Array(SEGMENT_CELLS);
  /** Per cell, the sectors that hold bytes of two versions. Replaced when the arena grows: do not keep it. */
  tornMask = new Uint8Array(SEGMENT_CELLS);

  #references = new Int32Array(SEGMENT_CELLS);
  #hashHi = new Int32Array(SEGMENT_CELLS);
  #hashLo = new Int32Array(SEGMENT_CELLS);
  #hashKnown = new Uint8Array(SEGMENT_CELLS);
  #free = new Int32Array(SEGMENT_CELLS);
  #freeCount = 0;
  #cellsTouched = 1; // this and every higher cell was not yet allocated since the reset
  readonly #segments: Int32Array[] = [];
  readonly #cellBytes: Uint8Array[] = [];
  readonly #cellsMax: number;
  readonly #lanes = newHashLanes();
  readonly #newMemory: NewMemory;

  /** @param cellsMax the bound on cells, the zero cell included; a world that reaches it never flushes, or leaks cells */
  constructor(newMemory: NewMemory = newPrivateMemory, cellsMax = CELLS_MAX) {
    this.#newMemory = newMemory;
    this.#cellsMax = cellsMax;
    this.#addSegment();
    this.zeroedMask[ZERO_CELL] = Size.BLOCK_MASK;
    this.#hashKnown[ZERO_CELL] = 1;
  }

  /** Cells that memory is reserved for: 4 KiB each. Shrinks at a reset only. */
  get cellsReservedCount(): number {
    return this.#segments.length * SEGMENT_CELLS;
  }

  /** Cells in use, the zero cell left out. */
  get cellsUsedCount(): number {
    return this.#cellsTouched - 1 - this.#freeCount;
  }

  /** Frees every cell of every device at once, in constant time, and memory beyond what runs mostly need. Devices must be reset before they are used again. */
  reset(): void {
    if (this.#cellsTouched > CELLS_KEPT) {
      this.#segments.length = 0;
      this.#cellBytes.length = 0;
      this.#addSegment();
    }
    this.generation += 1;
    this.#freeCount = 0;
    this.#cellsTouched = 1;
  }

  /** @returns a cell with one reference, whose bytes, lineage and masks are stale. */
  allocate(): number {
    let cell: number;
    if (this.#freeCount > 0) {
      this.#freeCount -= 1;
      cell = this.#free[this.#freeCount]!;
    } else {
      cell = this.#cellsTouched;
      if (cell >= this.#cellsMax) fail(`expected at most ${this.#cellsMax} block versions: flush, or free some`);
      if (cell === this.cellsReservedCount) this.#addSegment();
      this.#cellsTouched += 1;
    }
    this.#references[cell] = 1;
    this.#hashKnown[cell] = 0;
    return cell;
  }

  /** Adds a holder of `cell`. */
  retain(cell: number): void {
    if (cell === ZERO_CELL) return;
    if (this.#references[cell]! < 1) fail(`expected a cell in use, got free cell ${cell}, in retain`);
    this.#references[cell]! += 1;
  }

  /** Drops a holder of `cell`; the last one frees it. */
  release(cell: number): void {
    if (cell === ZERO_CELL) return;
    const references = this.#references[cell]! - 1;
    if (references < 0) fail(`expected a cell in use, got free cell ${cell}, in release`);
    this.#references[cell] = references;
    if (references > 0) return;
    this.#free[this.#freeCount] = cell;
    this.#freeCount += 1;
  }

  /** @returns how many hold `cell`; 0 for the zero cell. */
  referencesCount(cell: number): number {
    return this.#references[cell]!;
  }

  /** @returns the one view of the bytes of `cell`, a `BLOCK_BYTES` window. Those of zeroed sectors are stale. */
  bytes(cell: number): Uint8Array {
    return (this.#cellBytes[cell] ??= new Uint8Array(
      this.segment(cell).buffer,
      (cell % SEGMENT_CELLS) * Size.BLOCK_BYTES,
      Size.BLOCK_BYTES,
    ));
  }

  /** @returns word `index` of `cell`, 0 to 1023, unsigned and little-endian, zeroed or not. */
  word(cell: number, index: number): number {
    return this.segment(cell)[this.wordOffset(cell) + index]! >>> 0;
  }

  /** @returns the memory that holds `cell`, as words; those of the cell start at `wordOffset`. Those of zeroed sectors are stale. */
  segment(cell: number): Int32Array {
    return this.#segments[Math.floor(cell / SEGMENT_CELLS)]!;
  }

  wordOffset(cell: number): number {
    return (cell % SEGMENT_CELLS) * CELL_WORDS;
  }

  /** To be called when the content of an allocated cell changes after its hash may have been taken. */
  contentChanged(cell: number): void {
    this.#hashKnown[cell] = 0;
  }

  /** Writes the content hash of `cell` to `out`; computed once per content. */
  hash(cell: number, out: HashLanes): void {
    if (this.#hashKnown[cell] === 0) {
      hashCell(this.segment(cell), this.wordOffset(cell), this.zeroedMask[cell]!, this.#lanes);
      this.#hashHi[cell] = this.#lanes[0]!;
      this.#hashLo[cell] = this.#lanes[1]!;
      this.#hashKnown[cell] = 1;
    }
    out[0] = this.#hashHi[cell]!;
    out[1] = this.#hashLo[cell]!;
  }

  #addSegment(): void {
    this.#segments.push(new Int32Array(this.#newMemory(SEGMENT_CELLS * Size.BLOCK_BYTES)));
    if (this.cellsReservedCount <= this.zeroedMask.length) return;
    const cellsCount = this.zeroedMask.length * 2;
    assert(cellsCount >= this.cellsReservedCount, `${cellsCount} entries for ${this.cellsReservedCount} cells`);
    this.lineage = grown(this.lineage, new Uint32Array(cellsCount * Size.BLOCK_SECTORS));
    this.zeroedMask = grown(this.zeroedMask, new Uint8Array(cellsCount));
    this.tornMask = grown(this.tornMask, new Uint8Array(cellsCount));
    this.#references = grown(this.#references, new Int32Array(cellsCount));
    this.#hashHi = grown(this.#hashHi, new Int32Array(cellsCount));
    this.#hashLo = grown(this.#hashLo, new Int32Array(cellsCount));
    this.#hashKnown = grown(this.#hashKnown, new Uint8Array(cellsCount));
    this.#free = grown(this.#free, new Int32Array(cellsCount));
  }
}

/** @returns `wider`, which starts with what `narrow` holds. */
function grown<T extends Int32Array | Uint32Array | Uint8Array>(narrow: T, wider: T): T {
  wider.set(narrow);
  return wider;
}
