/**
 * Owns the memory of the register model: one small entry per version of a sector, chained in lists, in one typed array.
 */

import { Moment } from '../history/io-table.js';

/** Words of an entry. */
const IO = 0;
const NEXT = 1;
const WRITTEN = 2;
const SETTLED = 3;
const DEAD = 4;
const KILLER = 5;
const DURABLE = 6;
const STRIDE = 8;

const ENTRIES_START = 512;
/** Room that stays at a reset: 997 of 1,000 runs need no more. */
const ENTRIES_KEPT = 24_576;

export class VersionPool {
  #words: Int32Array;
  #used = 1;
  #free = 0;

  /** @param entriesStart versions that there is room for before it grows */
  constructor(entriesStart = ENTRIES_START) {
    this.#words = new Int32Array(entriesStart * STRIDE);
  }

  /** Forgets every version, and keeps the memory that most runs need. */
  reset(): void {
    if (this.#used > ENTRIES_KEPT) this.#words = new Int32Array(this.#words.length);
    this.#used = 1;
    this.#free = 0;
  }

  /** A new version, of which nothing is known but its I/O (0: content from before the run). Entries are numbered from 1. */
  allocate(io: number, next: number): number {
    let entry = this.#free;
    if (entry !== 0) this.#free = this.#words[entry * STRIDE + NEXT]!;
    else {
      entry = this.#used;
      this.#used += 1;
      if (this.#used * STRIDE > this.#words.length) {
        const words = new Int32Array(this.#words.length * 2);
        words.set(this.#words);
        this.#words = words;
      }
    }
    const at = entry * STRIDE;
    const words = this.#words;
    words[at + IO] = io;
    words[at + NEXT] = next;
    words[at + WRITTEN] = Moment.NEVER;
    words[at + SETTLED] = Moment.NEVER;
    words[at + DEAD] = Moment.NEVER;
    words[at + KILLER] = -1;
    words[at + DURABLE] = 0;
    return entry;
  }

  release(entry: number): void {
    this.#words[entry * STRIDE + NEXT] = this.#free;
    this.#free = entry;
  }

  io(entry: number): number {
    return this.#words[entry * STRIDE + IO]!;
  }

  next(entry: number): number {
    return this.#words[entry * STRIDE + NEXT]!;
  }

  setNext(entry: number, next: number): void {
    this.#words[entry * STRIDE + NEXT] = next;
  }

  /** Moment from which it is proven that this version was there: acknowledged or read. `NEVER`: not proven. */
  written(entry: number): number {
    return this.#words[entry * STRIDE + WRITTEN]!;
  }

  setWritten(entry: number, moment: number): void {
    this.#words[entry * STRIDE + WRITTEN] = moment;
  }

  /** Moment by which it was there, if it was ever there. */
  settled(entry: number): number {
    return this.#words[entry * STRIDE + SETTLED]!;
  }

  setSettled(entry: number, moment: number): void {
    this.#words[entry * STRIDE + SETTLED] = moment;
  }

  /** A read issued after this moment must not return it. */
  dead(entry: number): number {
    return this.#words[entry * STRIDE + DEAD]!;
  }

  /** I/O of the version that superseded it; -1: none. */
  killer(entry: number): number {
    return this.#words[entry * STRIDE + KILLER]!;
  }

  /** Marks it superseded by the version of `killer`, as far as reads issued after `moment` can tell. */
  kill(entry: number, moment: number, killer: number): void {
    const at = entry * STRIDE;
    if (moment >= this.#words[at + DEAD]!) return;
    this.#words[at + DEAD] = moment;
    this.#words[at + KILLER] = killer;
  }

  revive(entry: number): void {
    this.#words[entry * STRIDE + DEAD] = Moment.NEVER;
    this.#words[entry * STRIDE + KILLER] = -1;
  }

  /** Whether no power loss can take it back. */
  isDurable(entry: number): boolean {
    return this.#words[entry * STRIDE + DURABLE] === 1;
  }

  setDurable(entry: number): void {
    this.#words[entry * STRIDE + DURABLE] = 1;
  }
}
