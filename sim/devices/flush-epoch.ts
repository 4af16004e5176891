/**
 * What one device has written since its last flush: for each dirty block an *entry*, and in it the versions of the block in
 * write order, each with the mask of the sectors it wrote. A power loss picks among them, sector by sector.
 *
 *   entry: block, union mask ─ first ─► version (cell, mask) ─► version (cell, mask) ◄─ newest
 *
 * A version's mask shrinks when some of its sectors are made durable by themselves; a version that has none left is dropped.
 * Entries and versions are numbered slots of pooled arrays; slot 0 is none. The epoch holds one reference to the cell of each
 * version and gives it back through the arena. The tables of the planes are not its business.
 */
import type { Arena } from './arena.js';
import { fail } from './assert.js';
import { maskSectorsCount } from './geometry.js';

const SLOTS_START = 64;

export class FlushEpoch {
  /** Sectors, each counted once, that have an unflushed version. */
  sectorsCount = 0;

  readonly #arena: Arena;
  #block = new Int32Array(SLOTS_START);
  #mask = new Uint8Array(SLOTS_START);
  #first = new Int32Array(SLOTS_START);
  #newest = new Int32Array(SLOTS_START);
  #entriesTouched = 1;
  #entryFree = 0; // chained through #first
  #versionCell = new Int32Array(SLOTS_START);
  #versionMask = new Uint8Array(SLOTS_START);
  #versionNext = new Int32Array(SLOTS_START);
  #versionsTouched = 1;
  #versionFree = 0; // chained through #versionNext

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** Forgets everything without giving references back: the arena was reset, or the caller has released them. */
  reset(): void {
    this.sectorsCount = 0;
    this.#entriesTouched = 1;
    this.#entryFree = 0;
    this.#versionsTouched = 1;
    this.#versionFree = 0;
  }

  /** Every slot below this number is an entry or, where `mask` is 0, free. Slots start at 1. */
  get entriesEnd(): number {
    return this.#entriesTouched;
  }

  /** @returns the dirty blocks, ascending: a fresh array. */
  blocksAscending(): number[] {
    const blocks: number[] = [];
    for (let entry = 1; entry < this.#entriesTouched; entry += 1) {
      if (this.#mask[entry] !== 0) blocks.push(this.#block[entry]!);
    }
    return blocks.sort((a, b) => a - b);
  }

  /** @returns the block of `entry`. */
  block(entry: number): number {
    return this.#block[entry]!;
  }

  /** @returns the sectors of the block that have an unflushed version; 0 for a free slot. */
  mask(entry: number): number {
    return this.#mask[entry]!;
  }

  /** @returns the cell of the newest version, and so of the volatile plane unless part of the block was flushed alone. */
  newestCell(entry: number): number {
    return this.#versionCell[this.#newest[entry]!]!;
  }

  /** @returns the sectors that the newest version wrote. */
  newestMask(entry: number): number {
    return this.#versionMask[this.#newest[entry]!]!;
  }

  /** @returns an entry for `block`, which has none. The caller appends to it at once. */
  open(block: number): number {
    const entry = this.#takeEntry();
    this.#block[entry] = block;
    this.#mask[entry] = 0;
    this.#first[entry] = 0;
    this.#newest[entry] = 0;
    return entry;
  }

  /** Adds the version that wrote `mask` as the newest of `entry`, and takes a reference to its `cell`. */
  append(entry: number, cell: number, mask: number): void {
    const version = this.#takeVersion();
    this.#arena.retain(cell);
    this.#versionCell[version] = cell;
    this.#versionMask[version] = mask;
    this.#versionNext[version] = 0;
    if (this.#first[entry] === 0) this.#first[entry] = version;
    else this.#versionNext[this.#newest[entry]!] = version;
    this.#newest[entry] = version;
    this.#dirty(entry, mask);
  }

  /** Adds the sectors of `mask`, which the newest version of `entry` has not written yet, to that version. */
  widenNewest(entry: number, mask: number): void {
    this.#versionMask[this.#newest[entry]!]! |= mask;
    this.#dirty(entry, mask);
  }

  /**
   * Lists the versions of one sector.
   * @param sectorBit the sector's bit in the block's mask
   * @param out receives, from index 1 on, the cell of each version that wrote the sector, in write order; index 0 is kept
   * @returns how many there are
   */
  candidates(entry: number, sectorBit: number, out: number[]): number {
    let count = 0;
    for (let version = this.#first[entry]!; version !== 0; version = this.#versionNext[version]!) {
      if ((this.#versionMask[version]! & sectorBit) === 0) continue;
      count += 1;
      out[count] = this.#versionCell[version]!;
    }
    return count;
  }

  /** Takes the sectors of `mask` out of `entry`; it is freed, with all its versions, when none is left. */
  forget(entry: number, mask: number): void {
    const hit = this.#mask[entry]! & mask;
    this.sectorsCount -= maskSectorsCount(hit);
    this.#mask[entry]! ^= hit;
    let previous = 0;
    let version = this.#first[entry]!;
    while (version !== 0) {
      const next = this.#versionNext[version]!;
      this.#versionMask[version]! &= ~mask;
      if (this.#versionMask[version] === 0) {
        if (previous === 0) this.#first[entry] = next;
        else this.#versionNext[previous] = next;
        if (next === 0) this.#newest[entry] = previous;
        this.#freeVersion(version);
      } else {
        previous = version;
      }
      version = next;
    }
    if (this.#mask[entry] !== 0) return;
    if (previous !== 0) fail(`expected no version of clean block ${this.#block[entry]}, got one`);
    this.#first[entry] = this.#entryFree;
    this.#entryFree = entry;
  }

  #dirty(entry: number, mask: number): void {
    const fresh = mask & ~this.#mask[entry]!;
    this.sectorsCount += maskSectorsCount(fresh);
    this.#mask[entry]! |= fresh;
  }

  #freeVersion(version: number): void {
    this.#arena.release(this.#versionCell[version]!);
    this.#versionNext[version] = this.#versionFree;
    this.#versionFree = version;
  }

  #takeEntry(): number {
    const free = this.#entryFree;
    if (free !== 0) {
      this.#entryFree = this.#first[free]!;
      return free;
    }
    if (this.#entriesTouched === this.#block.length) {
      this.#block = doubled(this.#block);
      this.#first = doubled(this.#first);
      this.#newest = doubled(this.#newest);
      this.#mask = doubled(this.#mask);
    }
    this.#entriesTouched += 1;
    return this.#entriesTouched - 1;
  }

  #takeVersion(): number {
    const free = this.#versionFree;
    if (free !== 0) {
      this.#versionFree = this.#versionNext[free]!;
      return free;
    }
    if (this.#versionsTouched === this.#versionCell.length) {
      this.#versionCell = doubled(this.#versionCell);
      this.#versionNext = doubled(this.#versionNext);
      this.#versionMask = doubled(this.#versionMask);
    }
    this.#versionsTouched += 1;
    return this.#versionsTouched - 1;
  }
}

/** @returns an array twice as long that starts with what `array` holds. */
function doubled<T extends Int32Array | Uint8Array>(array: T): T {
  const wider = array instanceof Int32Array ? new Int32Array(array.length * 2) : new Uint8Array(array.length * 2);
  wider.set(array);
  return wider as T;
}
