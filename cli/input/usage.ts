/**
 * Owns the value that bad input ends in, and the sentence it carries: *expected X, got Y, at Z*.
 */

/** Ends the command with exit code 2, before anything was written. The message is one sentence for the user. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const expectedGotAt = (expected: string, got: string, at: string): UsageError =>
  new UsageError(`expected ${expected}, got ${got}, at ${at}`);

export const quoted = (text: string): string => `'${text.replace(/\s+/g, ' ')}'`;
