/**
 * The sparse index of one device: for each touched block, its cell in the volatile plane, its cell in the durable plane and
 * its entry in the flush epoch. Two levels: a map from chunk number to chunk, and a sorted list of the chunks that exist, so
 * that memory and every walk cost what was touched and not what the device could hold. Chunks are pooled across resets.
 * Holds numbers only; who owns a reference to a cell is decided by the device.
 */
import { Size } from './geometry.js';

/** What reads see, or what survives a power loss. */
export type Plane = 'volatile' | 'durable';

/** One touched stretch of `CHUNK_BLOCKS` blocks. A cell of 0 is never written, an epoch entry of 0 is clean. */
export type Chunk = {
  number: number;
  readonly volatile: Int32Array;
  readonly durable: Int32Array;
  readonly entries: Int32Array;
};

export class BlockTable {
  readonly #byNumber = new Map<number, Chunk>();
  readonly #ascending: Chunk[] = [];
  readonly #pool: Chunk[] = [];
  #last: Chunk | undefined;

  /** The chunks that exist, in ascending order. Valid until the next `touch`. */
  get chunks(): readonly Chunk[] {
    return this.#ascending;
  }

  /** Forgets every block; keeps the memory for reuse. */
  reset(): void {
    this.#pool.push(...this.#ascending);
    this.#ascending.length = 0;
    this.#byNumber.clear();
    this.#last = undefined;
  }

  /** @returns the chunk that holds `block`, or nothing when none of its blocks was ever touched. */
  find(block: number): Chunk | undefined {
    const number = Math.floor(block / Size.CHUNK_BLOCKS);
    if (this.#last?.number === number) return this.#last;
    const chunk = this.#byNumber.get(number);
    if (chunk !== undefined) this.#last = chunk;
    return chunk;
  }

  /** @returns the chunk that holds `block`, which exists from now on. */
  touch(block: number): Chunk {
    return this.find(block) ?? this.#add(Math.floor(block / Size.CHUNK_BLOCKS));
  }

  /** @returns the cell of `block` in `plane`. */
  cell(plane: Plane, block: number): number {
    const chunk = this.find(block);
    if (chunk === undefined) return 0;
    const cells = plane === 'volatile' ? chunk.volatile : chunk.durable;
    return cells[block % Size.CHUNK_BLOCKS]!;
  }

  /** @returns the index in `chunks` of the first chunk whose number is at least `number`. */
  indexFrom(number: number): number {
    let low = 0;
    let high = this.#ascending.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ascending[middle]!.number < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #add(number: number): Chunk {
    const chunk = this.#pool.pop() ?? blankChunk();
    chunk.number = number;
    chunk.volatile.fill(0);
    chunk.durable.fill(0);
    chunk.entries.fill(0);
    this.#byNumber.set(number, chunk);
    this.#ascending.splice(this.indexFrom(number), 0, chunk);
    this.#last = chunk;
    return chunk;
  }
}

function blankChunk(): Chunk {
  return {
    number: 0,
    volatile: new Int32Array(Size.CHUNK_BLOCKS),
    durable: new Int32Array(Size.CHUNK_BLOCKS),
    entries: new Int32Array(Size.CHUNK_BLOCKS),
  };
}
