/**
 * Owns the coarse half of the search for the first event in which two runs differ: which interval between checkpoints to look into. The fine
 * half is a second run of both with a `DigestTrace` over that interval.
 */
import assert from 'node:assert/strict';
import type { Checkpoint } from './digest.js';

/** Events from `eventFirst` up to, not including, `eventEnd`, counted from 0. */
export interface DivergenceInterval {
  readonly eventFirst: number;
  readonly eventEnd: number;
}

/** The interval that holds the first event in which two runs differ, from their `Digest.checkpoints()`; undefined when the runs agree. */
export function firstDivergence(a: readonly Checkpoint[], b: readonly Checkpoint[]): DivergenceInterval | undefined {
  let eventFirst = 0;
  const checkpointsCount = Math.max(a.length, b.length);
  for (let index = 0; index < checkpointsCount; index += 1) {
    const [eventsA, hexA] = a[index] ?? [eventFirst, ''];
    const [eventsB, hexB] = b[index] ?? [eventFirst, ''];
    assert(
      eventsA === eventsB || index >= a.length - 1 || index >= b.length - 1,
      `expected checkpoints at one interval, got ${eventsA} and ${eventsB} events at checkpoint ${index}`,
    );
    if (eventsA !== eventsB || hexA !== hexB) return { eventFirst, eventEnd: Math.max(eventsA, eventsB) };
    eventFirst = eventsA;
  }
  return undefined;
}
