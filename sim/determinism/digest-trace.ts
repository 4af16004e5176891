/**
 * Owns the words behind a digest: what each event folded, kept for a window of events, so that two runs whose digests differ can be
 * compared to the first event that differs.
 *
 * The window is the checkpoint interval that `firstDivergence` names; words before and after it are counted, not kept.
 */
import assert from 'node:assert/strict';
import type { DivergenceInterval } from './first-divergence.js';

const WORDS_START = 4_096;
/** 512 MiB of words: a trace that long wants a narrower window. */
const WORDS_MAX = 1 << 26;

/** The first event in which two traces differ; a run that ended before it has no words there. */
export interface TraceDifference {
  /** Counts events from 0. */
  readonly event: number;
  readonly wordsA: readonly number[] | undefined;
  readonly wordsB: readonly number[] | undefined;
}

/** A recording for `Digest.reset(trace)`. */
export class DigestTrace {
  /** Events closed so far, whether kept or not. */
  eventsCount = 0;

  private readonly eventFirst: number;
  private readonly eventEnd: number;
  private words = new Float64Array(WORDS_START);
  private wordsCount = 0;
  /** Where the words of each kept event end. */
  private readonly ends: number[] = [];

  /** Keeps the events of `window`, or all of them. */
  constructor(window: DivergenceInterval = { eventFirst: 0, eventEnd: Infinity }) {
    this.eventFirst = window.eventFirst;
    this.eventEnd = window.eventEnd;
  }

  /** Called by the digest for each word. */
  fold(word: number): void {
    if (!this.isKept(this.eventsCount)) return;
    if (this.wordsCount === this.words.length) this.grow();
    this.words[this.wordsCount] = word;
    this.wordsCount += 1;
  }

  /** Called by the digest at the end of each event. */
  closeEvent(): void {
    if (this.isKept(this.eventsCount)) this.ends.push(this.wordsCount);
    this.eventsCount += 1;
  }

  /** The words of event number `event`; undefined where it was not kept or did not happen. */
  eventWords(event: number): readonly number[] | undefined {
    const kept = event - this.eventFirst;
    const end = this.ends[kept];
    if (end === undefined) return undefined;
    return [...this.words.subarray(kept === 0 ? 0 : this.ends[kept - 1], end)];
  }

  /** The first event in which two runs differ; undefined when they agree. Both must have been traced over one window. */
  static compare(a: DigestTrace, b: DigestTrace): TraceDifference | undefined {
    assert(
      a.eventFirst === b.eventFirst && a.eventEnd === b.eventEnd,
      `expected traces of one window, got events ${a.eventFirst}–${a.eventEnd} and ${b.eventFirst}–${b.eventEnd}`,
    );
    const keptCount = Math.max(a.ends.length, b.ends.length);
    for (let kept = 0; kept < keptCount; kept += 1) {
      const event = a.eventFirst + kept;
      const wordsA = a.eventWords(event);
      const wordsB = b.eventWords(event);
      if (!areEqual(wordsA, wordsB)) return { event, wordsA, wordsB };
    }
    return undefined;
  }

  private isKept(event: number): boolean {
    return event >= this.eventFirst && event < this.eventEnd;
  }

  private grow(): void {
    assert(
      this.words.length < WORDS_MAX,
      `expected at most ${WORDS_MAX} words in a trace, got more at event ${this.eventsCount}; trace a narrower window`,
    );
    const words = new Float64Array(this.words.length * 2);
    words.set(this.words);
    this.words = words;
  }
}

function areEqual(a: readonly number[] | undefined, b: readonly number[] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((word, index) => word === b[index]);
}
