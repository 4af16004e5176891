/**
 * Owns the flags whose values are judged one by one: seeds, workers, failures, placement, folder. Each takes the text of a flag and returns
 * its value, or throws a `UsageError`.
 */

import type { Placement, SeedRange } from '../../sim/campaign/request.js';
import { WORKERS_MAX } from '../defaults.js';
import { expectedGotAt, quoted } from './usage.js';

const SEED_WORDS = 'a seed (a decimal integer from 0 to 9007199254740991)';

/** `at` names the flag or argument, for the sentence. */
export function seedFrom(text: string, at: string): number {
  const seed = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(seed)) throw expectedGotAt(SEED_WORDS, quoted(text), at);
  return seed;
}

export const parseSeed = (text: string): number => seedFrom(text, '--seed');

/** `N`: 1 to N. `A..B`: both included. */
export function parseSeeds(text: string): SeedRange {
  const [first = '', last, ...rest] = text.split('..');
  if (rest.length > 0) throw expectedGotAt('N or A..B', quoted(text), '--seeds');
  const range =
    last === undefined
      ? { from: 1, to: seedFrom(first, '--seeds') }
      : { from: seedFrom(first, '--seeds'), to: seedFrom(last, '--seeds') };
  if (range.to < range.from) throw expectedGotAt('at least one seed', quoted(text), '--seeds');
  return range;
}

function wholeNumber(text: string, max: number, at: string): number {
  const number = /^\d+$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > max) throw expectedGotAt(`a whole number from 1 to ${max}`, quoted(text), at);
  return number;
}

export const parseWorkers = (text: string): number => wholeNumber(text, WORKERS_MAX, '--workers');

export const parseSeedsCount = (text: string): number => wholeNumber(text, Number.MAX_SAFE_INTEGER, '--seeds');

export const parseBail = (text: string): number =>
  wholeNumber(text, Number.MAX_SAFE_INTEGER, '--bail (written as --bail=n)');

/** The empty text would mean the working folder, which nobody asked for: a variable was not set. */
export function parseFolder(text: string): string {
  if (text === '') throw expectedGotAt('the path of a folder', quoted(text), '--output-dir');
  return text;
}

export function parsePlacement(text: string): Placement {
  if (text === 'inline' || text === 'threads') return text;
  throw expectedGotAt("'inline' or 'threads'", quoted(text), '--placement');
}
