/**
 * Owns what `replay` is told to run again: `scenario:seed`, or the path of a record.
 */

import { existsSync, readFileSync, statSync } from 'node:fs';

import { readRecord } from '../../records/read.js';
import type { FailureRecord } from '../../records/schema.js';
import { seedFrom } from './numbers.js';
import { expectedGotAt, quoted, systemReason, UsageError } from './usage.js';

export interface Subject {
  scenario: string;
  seed: number;
  /** Where it came from a file. */
  record: FailureRecord | undefined;
}

/** A word that names a file, or looks like a path, is a record; all else is `scenario:seed`. */
export function subjectFrom(word: string): Subject {
  if (/[/\\]|\.json$/.test(word) || isFile(word)) return subjectOfRecord(word);
  const colon = word.indexOf(':');
  if (colon <= 0) throw expectedGotAt('a record (a file) or scenario:seed', quoted(word), 'the arguments');
  return { scenario: word.slice(0, colon), seed: seedFrom(word.slice(colon + 1), quoted(word)), record: undefined };
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

function subjectOfRecord(path: string): Subject {
  const read = readRecord(contentOf(path), path);
  if (read.kind === 'malformed') throw new UsageError(read.sentence);
  const { scenario, seed } = read.record;
  return { scenario, seed, record: read.record };
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw expectedGotAt('a record that can be read', systemReason(error), path);
  }
}
