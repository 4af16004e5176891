/**
 * Owns reading a failure's record from text: a record, or one sentence that says what was expected, what came instead, and where
 * (a JSON pointer). Leaves out files: a caller has the text already.
 */

import type { z } from 'zod';

import { type FailureRecord, recordSchema } from './schema.js';

export type RecordRead = { kind: 'read'; record: FailureRecord } | { kind: 'malformed'; sentence: string };

/** `origin` is the file's path; it only serves the sentence. */
export function readRecord(content: string, origin: string): RecordRead {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    // The reason quotes the file, which may hold anything; the sentence stays one line of what can be read.
    const reason = (error instanceof Error ? error.message : String(error)).replace(/[^\x20-\x7e]+/g, ' ');
    return {
      kind: 'malformed',
      sentence: `expected a record in JSON, got text that is none (${reason}), at ${origin}`,
    };
  }
  const parsed = recordSchema.safeParse(value);
  if (parsed.success) return { kind: 'read', record: parsed.data };
  const [issue] = parsed.error.issues;
  if (issue === undefined) throw new Error('expected an issue with a record that was refused, got none');
  const pointer = issue.path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  const sentence = `expected ${expectation(issue)}, got ${glimpse(valueAt(value, issue.path))}, at ${origin}#${pointer}`;
  return { kind: 'malformed', sentence };
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `a value of type ${issue.expected}`;
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ');
    case 'invalid_format':
      return 'a text in hexadecimal';
    case 'invalid_union':
      return "a 'kind' of passed, failed or hung";
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    default:
      return `a valid value (${issue.message})`;
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at;
}

/** A value as a sentence shows it: whole when it is short. */
function glimpse(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  const shown = JSON.stringify(value);
  return shown.length > 40 ? `${shown.slice(0, 39)}…` : shown;
}
