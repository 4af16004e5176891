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
const STRIDE = 10;

export const enum Moment {
  /** Later than any. */
  NEVER = 0x7fffffff,
}

const ENTRIES_START = 512;

export class IoTable {
  /** One more than the highest I/O seen. */
  end = 2;
  #words = new Int32Array(ENTRIES_START * STRIDE);
  #ticks = new Float64Array(ENTRIES_START * 2);

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
    this.#ticks[id * 2] = io.issuedTick;
  }

  ended(io: number, status: ApplicationIo['status'], moment: number, tick: number): void {
    this.#words[io * STRIDE + STATUS] = STATUSES.indexOf(status);
    this.#words[io * STRIDE + ENDED] = moment;
    this.#ticks[io * 2 + 1] = tick;
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
    const capacity = Math.max(entries, (this.#words.length / STRIDE) * 2);
    const words = new Int32Array(capacity * STRIDE);
    words.set(this.#words);
    this.#words = words;
    const ticks = new Float64Array(capacity * 2);
    ticks.set(this.#ticks);
    this.#ticks = ticks;
  }
}
