/**
 * Owns the value that bad input ends in, and the sentence it carries: *expected X, got Y, at Z*.
 */

/** Ends the command with exit code 2, before anything was written. The message is one sentence for the user. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const expectedGotAt = (expected: string, got: string, at: string): UsageError =>
  new UsageError(`expected ${expected}, got ${got}, at ${at}`);

export const quoted = (text: string): string => `'${text.replace(/[\s\p{C}]+/gu, ' ')}'`;

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EISDIR: 'a folder',
  EEXIST: 'a file in the way',
  ENOTDIR: 'a file in the way',
  EROFS: 'a read-only file system',
  ENOSPC: 'a full disk',
};

/** What the operating system answered, in words, with its code. */
export function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code === undefined) return `an error (${error instanceof Error ? error.message : String(error)})`;
  const reason = SYSTEM_REASONS[code];
  return reason === undefined ? code : `${reason} (${code})`;
}
