/**
 * Owns the timeline of a run for a reader: who did what, when, in storage words. Kept only when asked for. Block I/O is counted and told in
 * sums, or the story would drown in it.
 */

import type { ApplicationStatus } from '../../../engine/contract/vocabulary.js';
import type { StoryLine } from '../run.js';

/** How the application's I/O ends that is not served, in the words and the order of a line. */
const ENDS_IN_WORDS: Readonly<Record<Exclude<ApplicationStatus, 'ok'>, string>> = {
  denied: 'denied',
  error: 'failed',
  offline: 'refused offline',
  busy: 'refused busy',
};

/** A story longer than this has no reader; its end is kept, which is where a failure is. */
const LINES_MAX = 20_000;

export class Story {
  isKept = false;
  private lines: StoryLine[] = [];
  /** I/O that has ended since the last sums. */
  private readonly ended = new Map<ApplicationStatus, number>();

  constructor(
    private readonly tickNow: () => number,
    private readonly eventNow: () => number,
  ) {}

  reset(isKept: boolean): void {
    this.isKept = isKept;
    this.lines = [];
    this.ended.clear();
  }

  /** Adds a line; callers who must build `what` ask `isKept` first. */
  tell(who: string, what: string): void {
    if (!this.isKept) return;
    this.tellSums();
    this.push(who, what);
  }

  /** Counts an application's I/O that has ended. */
  count(status: ApplicationStatus): void {
    if (this.isKept) this.ended.set(status, (this.ended.get(status) ?? 0) + 1);
  }

  /** The story so far. */
  finish(): StoryLine[] {
    if (this.isKept) this.tellSums();
    return this.lines;
  }

  private tellSums(): void {
    if (this.ended.size === 0) return;
    const served = this.ended.get('ok') ?? 0;
    const sums = [`${served} ${served === 1 ? 'request' : 'requests'} served`];
    for (const [status, words] of Object.entries(ENDS_IN_WORDS)) {
      const count = this.ended.get(status as ApplicationStatus);
      if (count !== undefined) sums.push(`${count} ${words}`);
    }
    this.push('application', sums.join(', '));
    this.ended.clear();
  }

  private push(who: string, what: string): void {
    if (this.lines.length === LINES_MAX) this.lines.shift();
    this.lines.push({ event: this.eventNow(), tick: this.tickNow(), who, what });
  }
}
