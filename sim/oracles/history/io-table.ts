/**
 * Owns what is remembered of every application I/O of a run, by its number: a few integers each, so that any stamp found on a device
 * can be traced to who wrote it, when, and how that was answered. A *moment* counts observations: unlike ticks, no two are equal.
 */

import type { ApplicationIo } from '../observation.js';

const STATUSES = ['pending', 'lost', 'ok', 'error', 'denied', 'offline', 'busy'] as const;
const OPERATIONS = ['read', 'write', 'flush', 'discard', 'writeZeroes'] as const;

/** Words of one entry. */
const NODE = 0;
const DISK = 1;
const SECTOR = 2;
const COUNT = 3;
const OPERATION = 4;
const STATUS = 5;
const STARTED = 6;
const ENDED = 7;
const FUA = 8;
const IDENTITY = 9;
const LISTED = 10;
const STRIDE = 11;

export const enum Moment {
  /** Later than any. */
  NEVER = 0x7fffffff,
}

const ENTRIES_START = 512;
/** Room that stays at a reset: 997 of 1,000 runs need no more. */
const ENTRIES_KEPT = 8_192;

export class IoTable {
  /** One more than the highest I/O seen. */
  end = 2;
  #words!: Int32Array;
  #ticks!: Float64Array;

  /** @param entriesStart I/Os that there is room for before it grows */
  constructor(entriesStart = ENTRIES_START) {
    this.#lay(entriesStart);
  }

  /** Forgets every I/O, and keeps the memory that most runs need. */
  reset(): void {
    if (this.end > ENTRIES_KEPT) this.#lay(this.#ticks.length / 2);
    else {
      this.#words.fill(0, 0, this.end * STRIDE);
      this.#ticks.fill(0, 0, this.end * 2);
    }
    this.end = 2;
  }

  issued(io: ApplicationIo, moment: number): void {
    const id = io.io;
    if ((id + 1) * STRIDE > this.#words.length) this.#grow(id + 1);
    if (id >= this.end) this.end = id + 1;
    const words = this.#words;
    const at = id * STRIDE;
    words[at + NODE] = io.node;
    words[at + DISK] = io.disk;
    words[at + SECTOR] = io.sector | 0;
    words[at + COUNT] = io.count | 0;
    words[at + OPERATION] = OPERATIONS.indexOf(io.operation);
    words[at + STATUS] = 0;
    words[at + STARTED] = moment;
    words[at + ENDED] = Moment.NEVER;
    words[at + FUA] = io.fua ? 1 : 0;
    words[at + IDENTITY] = io.address === 'name' ? -1 : io.identity;
    words[at + LISTED] = 0;
    this.#ticks[id * 2] = io.issuedTick;
  }

  ended(io: number, status: ApplicationIo['status'], moment: number, tick: number): void {
    this.#words[io * STRIDE + STATUS] = STATUSES.indexOf(status);
    this.#words[io * STRIDE + ENDED] = moment;
    this.#ticks[io * 2 + 1] = tick;
  }

  /**
   * From now on some sector's list of versions (`data/register.ts`) names the I/O.
   * @returns whether one may have before; where not, none need be looked through, and where every write fails they are long
   */
  list(io: number): boolean {
    const at = io * STRIDE + LISTED;
    const wasListed = this.#words[at] === 1;
    this.#words[at] = 1;
    return wasListed;
  }

  /** Whether any I/O has this number. */
  has(io: number): boolean {
    return io >= 2 && io < this.end && (this.#words[io * STRIDE + STARTED] ?? 0) > 0;
  }

  node(io: number): number {
    return this.#words[io * STRIDE + NODE]!;
  }

  disk(io: number): number {
    return this.#words[io * STRIDE + DISK]!;
  }

  sector(io: number): number {
    return this.#words[io * STRIDE + SECTOR]! >>> 0;
  }

  count(io: number): number {
    return this.#words[io * STRIDE + COUNT]! >>> 0;
  }

  operation(io: number): ApplicationIo['operation'] {
    return OPERATIONS[this.#words[io * STRIDE + OPERATION]!]!;
  }

  isWrite(io: number): boolean {
    return this.#words[io * STRIDE + OPERATION] === 1;
  }

  status(io: number): ApplicationIo['status'] {
    return STATUSES[this.#words[io * STRIDE + STATUS]!]!;
  }

  isFua(io: number): boolean {
    return this.#words[io * STRIDE + FUA] === 1;
  }

  /** Identity of the device it was addressed to; -1: the device name. */
  identity(io: number): number {
    return this.#words[io * STRIDE + IDENTITY]!;
  }

  /** Moment of issue; 0 for what was there before the run. */
  started(io: number): number {
    return io === 0 ? 0 : this.#words[io * STRIDE + STARTED]!;
  }

  /** Moment of the answer, or of the node's end; `NEVER` while pending. */
  settled(io: number): number {
    return this.#words[io * STRIDE + ENDED]!;
  }

  startedTick(io: number): number {
    return this.#ticks[io * 2]!;
  }

  endedTick(io: number): number {
    return this.#ticks[io * 2 + 1]!;
  }

  covers(io: number, disk: number, sector: number): boolean {
    const from = this.sector(io);
    return this.disk(io) === disk && sector >= from && sector < from + this.count(io);
  }

  /** Whether it may have changed what a sector reads as. */
  changesData(io: number): boolean {
    const operation = this.#words[io * STRIDE + OPERATION]!;
    return operation === 1 || operation > 2;
  }

  #grow(entries: number): void {
    const words = this.#words;
    const ticks = this.#ticks;
    this.#lay(Math.max(entries, ticks.length));
    this.#words.set(words);
    this.#ticks.set(ticks);
  }

  /** New columns, in one piece of memory. */
  #lay(entries: number): void {
    const ticksBytes = entries * 2 * Float64Array.BYTES_PER_ELEMENT;
    const memory = new ArrayBuffer(ticksBytes + entries * STRIDE * Int32Array.BYTES_PER_ELEMENT);
    this.#ticks = new Float64Array(memory, 0, entries * 2);
    this.#words = new Int32Array(memory, ticksBytes, entries * STRIDE);
  }
}
