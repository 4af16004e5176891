/**
 * Owns the digest chain: 64 bits that every event of a run extends, so that two runs agree in their last digest only if they agreed throughout.
 *
 * The state is two lanes of 32 bits, mixed with integer operations that are the same on every machine and Node version. The mixing is that of
 * MurmurHash3 x86, with two lanes instead of four:
 *
 *     fold(word)    word → low and high 32 bits; each is multiplied, rotated and multiplied, then enters its lane; each lane is rotated,
 *                   takes in the other, and goes through ×5 + constant
 *     closeEvent()  the count of the event's words enters lane a (so that moving a word over an event's end shows), then both lanes go
 *                   through the 32-bit finaliser with a sum before and after
 *
 * For a given word each step is one-to-one in the state, and for a given state one-to-one in the word: two runs that differ in one word never
 * end in one digest; for greater differences the odds of a collision are those of 64 bits. This is no defence against an adversary.
 *
 * It leaves out which words make an event; the scheduler decides, and puts nothing in that depends on placement, thread or host.
 */
import assert from 'node:assert/strict';
import type { DigestTrace } from './digest-trace.js';

const EVENTS_PER_CHECKPOINT_DEFAULT = 256;
const LANE_A_START = 0x63757476; // 'cutv'
const LANE_B_START = 0x6f766572; // 'over'
const TWO_TO_32 = 4_294_967_296;

/** The chain after so many events: 16 hex digits. */
export type Checkpoint = readonly [eventsCount: number, hex: string];

/** The digest chain of one run; `reset` starts the next. */
export class Digest {
  /** Events closed so far. */
  eventsCount = 0;

  private laneA = LANE_A_START;
  private laneB = LANE_B_START;
  private eventWordsCount = 0;
  private readonly oneWord = new Float64Array(1);
  /** Lanes a and b after each `eventsPerCheckpoint` events; rendered on demand, so that keeping them costs nothing. */
  private checkpointLanes = new Int32Array(64);
  private trace: DigestTrace | undefined = undefined;

  constructor(readonly eventsPerCheckpoint: number = EVENTS_PER_CHECKPOINT_DEFAULT) {
    assert(
      Number.isSafeInteger(eventsPerCheckpoint) && eventsPerCheckpoint >= 1,
      `expected a checkpoint each 1 event or more, got ${eventsPerCheckpoint}`,
    );
  }

  /** Adds a word to the open event: any safe integer, also below zero. */
  fold(word: number): void {
    this.oneWord[0] = word;
    this.foldWords(this.oneWord, 0, 1);
  }

  /** Adds the words from `from` to `end` (exclusive) to the open event. */
  foldWords(words: Float64Array, from: number, end: number): void {
    let a = this.laneA;
    let b = this.laneB;
    for (let at = from; at < end; at += 1) {
      const word = words[at]!;
      let low = word | 0;
      let high = low >> 31;
      if (low !== word) {
        if (!Number.isSafeInteger(word)) throw this.refused(word);
        high = Math.floor(word / TWO_TO_32) | 0;
      }
      low = Math.imul(low, 0x239b961b);
      low = Math.imul((low << 15) | (low >>> 17), 0xab0e9789);
      a ^= low;
      a = (((a << 19) | (a >>> 13)) + b) | 0;
      a = (Math.imul(a, 5) + 0x561ccd1b) | 0;

      high = Math.imul(high, 0x38b34ae5);
      high = Math.imul((high << 17) | (high >>> 15), 0xa1e38b93);
      b ^= high;
      b = (((b << 17) | (b >>> 15)) + a) | 0;
      b = (Math.imul(b, 5) + 0x0bcaa747) | 0;
    }
    this.laneA = a;
    this.laneB = b;
    this.eventWordsCount += end - from;
    if (this.trace !== undefined) for (let at = from; at < end; at += 1) this.trace.fold(words[at]!);
  }

  /** Ends the open event and extends the chain by it. */
  closeEvent(): void {
    let a = (this.laneA ^ (this.eventWordsCount + 1)) | 0;
    let b = this.laneB;
    a = (a + b) | 0;
    b = (b + a) | 0;
    a = finalise(a);
    b = finalise(b);
    a = (a + b) | 0;
    b = (b + a) | 0;
    this.laneA = a;
    this.laneB = b;
    this.eventWordsCount = 0;
    this.eventsCount += 1;
    if (this.trace !== undefined) this.trace.closeEvent();
    if (this.eventsCount % this.eventsPerCheckpoint === 0) this.keepCheckpoint();
  }

  /** The chain so far, 16 hex digits. Only between events: an event half folded has no digest. */
  hex(): string {
    assert(
      this.eventWordsCount === 0,
      `expected closeEvent() first, got ${this.eventWordsCount} words open after event ${this.eventsCount}`,
    );
    return toHex(this.laneA, this.laneB);
  }

  /** The checkpoints so far, and the present state as the last one. Only between events. */
  checkpoints(): Checkpoint[] {
    const hexLast = this.hex();
    const checkpoints: Checkpoint[] = [];
    const keptCount = Math.floor(this.eventsCount / this.eventsPerCheckpoint);
    for (let kept = 0; kept < keptCount; kept += 1) {
      const hex = toHex(this.checkpointLanes[kept * 2]!, this.checkpointLanes[kept * 2 + 1]!);
      checkpoints.push([(kept + 1) * this.eventsPerCheckpoint, hex]);
    }
    if (this.eventsCount % this.eventsPerCheckpoint !== 0) checkpoints.push([this.eventsCount, hexLast]);
    return checkpoints;
  }

  /** Starts a chain anew; with a trace, each event's words are recorded in it as well. */
  reset(trace?: DigestTrace): void {
    this.laneA = LANE_A_START;
    this.laneB = LANE_B_START;
    this.eventWordsCount = 0;
    this.eventsCount = 0;
    this.trace = trace;
  }

  private keepCheckpoint(): void {
    const at = (this.eventsCount / this.eventsPerCheckpoint - 1) * 2;
    if (at === this.checkpointLanes.length) {
      const lanes = new Int32Array(at * 2);
      lanes.set(this.checkpointLanes);
      this.checkpointLanes = lanes;
    }
    this.checkpointLanes[at] = this.laneA;
    this.checkpointLanes[at + 1] = this.laneB;
  }

  private refused(word: number): Error {
    return new assert.AssertionError({
      message: `expected a safe integer to fold, got ${word}, as word ${this.eventWordsCount} of event ${this.eventsCount}`,
    });
  }
}

/** The 32-bit finaliser of MurmurHash3: every bit in moves half the bits out. */
function finalise(lane: number): number {
  let mixed = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function toHex(laneA: number, laneB: number): string {
  return (laneA >>> 0).toString(16).padStart(8, '0') + (laneB >>> 0).toString(16).padStart(8, '0');
}
