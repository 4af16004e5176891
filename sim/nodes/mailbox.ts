/**
 * Owns the memory between a simulated node and the scheduler: one event in, the effects of one turn out, the text of a failure, and
 * the node's DMA slots. Both placements use it; in `threads` the two sides see it from two threads.
 *
 *     words                                         slots
 *     | inbox         16 × f64                |     | slot 0, slotSectors × 512 bytes |
 *     | outbox     1 + 8192 × f64             |     | slot 1                          |
 *     |   word 0: words used, itself included |     | …                               |
 *     | failure       2 × f64, 2048 bytes     |
 *     |   bytes of message, bytes of stack    |
 *
 * There is no lock and no flag in it: only one side looks at a time, and the word that passes the turn between two threads (`hand-over.ts`)
 * orders their accesses. A string crosses as its index in the engine's vocabulary; block bytes never cross, both sides see the slots.
 */
import assert from 'node:assert/strict';
import { type NewMemory, newPrivateMemory } from '../devices/memory.js';
import { Size } from '../devices/geometry.js';

export const INBOX_WORDS = 16;
/** Bound on the words of the effects of one turn: 800 requests, or 60 reads of 128 sectors; an engine that needs more runs in circles. */
export const OUTBOX_WORDS_MAX = 8192;
export const FAILURE_BYTES_MAX = 2048;

const OUTBOX_OFFSET_BYTES = INBOX_WORDS * 8;
const FAILURE_OFFSET_BYTES = OUTBOX_OFFSET_BYTES + (1 + OUTBOX_WORDS_MAX) * 8;
const FAILURE_HEADER_WORDS = 2;
const TEXT_OFFSET_BYTES = FAILURE_OFFSET_BYTES + FAILURE_HEADER_WORDS * 8;
const WORDS_BYTES = TEXT_OFFSET_BYTES + FAILURE_BYTES_MAX;

/** Size of a node's DMA memory. A configuration may use less of it. */
export interface MailboxShape {
  readonly slotsCount: number;
  readonly slotSectors: number;
}

/** The memory of a mailbox as plain data; where it is shared, to be sent to a worker. */
export interface MailboxBuffers extends MailboxShape {
  readonly words: ArrayBufferLike;
  readonly slots: ArrayBufferLike;
}

/** Why a turn failed. `message`: one sentence, the same in both placements; `stack`: for a reader, never for a digest. */
export interface NodeFailure {
  readonly message: string;
  readonly stack: string;
}

/** Takes words into a digest. */
export interface WordSink {
  foldWords(words: Float64Array, from: number, end: number): void;
}

export class Mailbox {
  /** The event of the turn; word 0 is its kind (`event-words.ts`). */
  readonly inbox: Float64Array;
  /** The effects of the turn; word 0 is the number of words used, itself included (`effect-words.ts`). */
  readonly outbox: Float64Array;
  /** All slots, one after the other. */
  readonly slotsBytes: Uint8Array;
  readonly slotsWords: Int32Array;
  readonly slotsCount: number;
  readonly slotSectors: number;

  readonly #failure: Float64Array;
  readonly #text: Uint8Array;
  readonly #slotsTouched: Uint8Array;
  readonly #slotZeros: Int32Array;
  /** Of its full length from the start: a sparse array is kept as a table, which is slow to look into. */
  readonly #slotViews: (Int32Array | undefined)[];
  readonly #byteViews: (Uint8Array | undefined)[] = [];
  /** Per slot: which sectors its view in `#byteViews` is of, as a key. To ask the view itself is dear. */
  readonly #byteViewKeys: number[] = [];

  constructor(readonly buffers: MailboxBuffers) {
    const { words, slots, slotsCount, slotSectors } = buffers;
    this.slotsCount = slotsCount;
    this.slotSectors = slotSectors;
    this.inbox = new Float64Array(words, 0, INBOX_WORDS);
    this.outbox = new Float64Array(words, OUTBOX_OFFSET_BYTES, 1 + OUTBOX_WORDS_MAX);
    this.#failure = new Float64Array(words, FAILURE_OFFSET_BYTES, FAILURE_HEADER_WORDS);
    this.#text = new Uint8Array(words, TEXT_OFFSET_BYTES, FAILURE_BYTES_MAX);
    this.slotsBytes = new Uint8Array(slots);
    this.slotsWords = new Int32Array(slots);
    this.#slotsTouched = new Uint8Array(slotsCount);
    this.#slotViews = Array.from({ length: slotsCount * (slotSectors + 1) }, () => undefined);
    this.#slotZeros = new Int32Array(slotSectors * Size.SECTOR_WORDS);
  }

  /** Byte of `slotsBytes` at which sector `slotSector` of `slot` begins. */
  slotOffsetBytes(slot: number, slotSector: number): number {
    return (slot * this.slotSectors + slotSector) * Size.SECTOR_BYTES;
  }

  /** @returns the first `count` sectors of a slot as words: one view each, kept. */
  slotWords(slot: number, count: number): Int32Array {
    const key = slot * (this.slotSectors + 1) + count;
    let view = this.#slotViews[key];
    if (view === undefined) {
      const from = slot * this.slotSectors * Size.SECTOR_WORDS;
      view = this.slotsWords.subarray(from, from + count * Size.SECTOR_WORDS);
      this.#slotViews[key] = view;
    }
    return view;
  }

  /** @returns `count` sectors of a slot as bytes. The last view of each slot is kept: asked again, it is the same. */
  slotBytes(slot: number, slotSector: number, count: number): Uint8Array {
    const key = slotSector * (this.slotSectors + 1) + count;
    const kept = this.#byteViews[slot];
    if (kept !== undefined && this.#byteViewKeys[slot] === key) return kept;
    const from = this.slotOffsetBytes(slot, slotSector);
    const view = this.slotsBytes.subarray(from, from + count * Size.SECTOR_BYTES);
    this.#byteViews[slot] = view;
    this.#byteViewKeys[slot] = key;
    return view;
  }

  /** Throws unless `count` sectors from `slotSector` on lie inside `slot`; `what` says who asks. */
  requireSlot(what: string, slot: number, slotSector: number, count: number): void {
    const slotFits = Number.isInteger(slot) && slot >= 0 && slot < this.slotsCount;
    if (slotFits && slotSector >= 0 && count >= 0 && slotSector + count <= this.slotSectors) return;
    const range = `sectors ${slotSector}+${count} of slot ${slot}`;
    assert.fail(
      `expected a place in ${this.slotsCount} slots of ${this.slotSectors} sectors, got ${range}, at ${what}`,
    );
  }

  /** The slot may hold bytes from now on. Scheduler's side. */
  touchSlot(slot: number): void {
    this.#slotsTouched[slot] = 1;
  }

  /** A node starts: no effects, no failure, and its DMA memory is zero, of which only what was touched costs. Scheduler's side. */
  clear(): void {
    this.clearOutbox();
    this.#failure.fill(0);
    for (let slot = 0; slot < this.slotsCount; slot += 1) {
      if (this.#slotsTouched[slot] === 0) continue;
      // From a private block: `fill` on shared memory is many times slower.
      this.slotsWords.set(this.#slotZeros, slot * this.#slotZeros.length);
      this.#slotsTouched[slot] = 0;
    }
  }

  /** Empties the outbox: a turn begins. */
  clearOutbox(): void {
    this.outbox[0] = 1;
  }

  /** Adds the effects of the turn, word by word, to a digest. */
  foldOutbox(sink: WordSink): void {
    sink.foldWords(this.outbox, 1, this.outbox[0]!);
  }

  /** Node's side: a turn failed. What does not fit is cut off. */
  writeFailure(failure: NodeFailure): void {
    const encoder = new TextEncoder();
    const message = encoder.encode(failure.message).subarray(0, FAILURE_BYTES_MAX / 2);
    const stack = encoder.encode(failure.stack).subarray(0, FAILURE_BYTES_MAX - message.length);
    this.#text.set(message, 0);
    this.#text.set(stack, message.length);
    this.#failure[0] = message.length;
    this.#failure[1] = stack.length;
  }

  /** Why the turn failed; empty texts if none has in this life. */
  readFailure(): NodeFailure {
    const decoder = new TextDecoder();
    const messageEnd = this.#failure[0]!;
    const stackEnd = messageEnd + this.#failure[1]!;
    // `slice` copies out of shared memory, which a decoder may refuse.
    const message = decoder.decode(this.#text.slice(0, messageEnd));
    return { message, stack: decoder.decode(this.#text.slice(messageEnd, stackEnd)) };
  }
}

/** A mailbox of new memory. Keep it: the first use of fresh memory is dear. */
export function createMailbox(
  { slotsCount, slotSectors }: MailboxShape,
  newMemory: NewMemory = newPrivateMemory,
): Mailbox {
  const words = newMemory(WORDS_BYTES);
  const slots = newMemory(slotsCount * slotSectors * Size.SECTOR_BYTES);
  const mailbox = new Mailbox({ slotsCount, slotSectors, words, slots });
  mailbox.clear();
  return mailbox;
}
