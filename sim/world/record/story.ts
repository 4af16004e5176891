/**
 * Owns the timeline of a run for a reader: who did what, when, in storage words. Kept only when asked for. Block I/O is counted and told in
 * sums, or the story would drown in it.
 */

import type { StoryLine } from '../run.js';

/** A story longer than this has no reader; its end is kept, which is where a failure is. */
const LINES_MAX = 20_000;

export class Story {
  isKept = false;
  private lines: StoryLine[] = [];
  private served = 0;
  private failed = 0;

  constructor(
    private readonly tickNow: () => number,
    private readonly eventNow: () => number,
  ) {}

  reset(isKept: boolean): void {
    this.isKept = isKept;
    this.lines = [];
    this.served = 0;
    this.failed = 0;
  }

  /** Adds a line; callers who must build `what` ask `isKept` first. */
  tell(who: string, what: string): void {
    if (!this.isKept) return;
    this.tellSums();
    this.push(who, what);
  }

  /** Counts an application's I/O that has ended. */
  count(isGood: boolean): void {
    if (isGood) this.served += 1;
    else this.failed += 1;
  }

  /** The story so far. */
  finish(): StoryLine[] {
    if (this.isKept) this.tellSums();
    return this.lines;
  }

  private tellSums(): void {
    if (this.served + this.failed === 0) return;
    const failures = this.failed === 0 ? '' : `, ${this.failed} ended otherwise`;
    this.push('application', `${this.served} ${this.served === 1 ? 'request' : 'requests'} served${failures}`);
    this.served = 0;
    this.failed = 0;
  }

  private push(who: string, what: string): void {
    if (this.lines.length === LINES_MAX) this.lines.shift();
    this.lines.push({ event: this.eventNow(), tick: this.tickNow(), who, what });
  }
}
