/**
 * Owns the failure of a simulated node that reached for the host: its sentence, and the search for who called.
 */
import { fileURLToPath } from 'node:url';

const STACK_FRAMES_MAX = 16;

/** A simulated node called a host API that would make its run depend on the host. */
export class GuardViolation extends Error {
  override readonly name = 'GuardViolation';

  constructor(
    /** The API as a reader would write it, as `Date.now()`. */
    readonly api: string,
    /** Who called it: file:line. */
    readonly caller: string,
  ) {
    super(
      `expected a simulated node to leave the host alone, got ${api}, at ${caller}; ask the simulator for time, chance and storage`,
    );
  }
}

/**
 * The file:line that called `trap`, the function which now runs; undefined where that was Node itself (a `console.log` in a node under
 * debugging, a lazy load), which no node asked for.
 */
export function callerOf(trap: (...args: never) => unknown): string | undefined {
  const framesMax = Error.stackTraceLimit;
  Error.stackTraceLimit = STACK_FRAMES_MAX;
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, trap);
  const stack = holder.stack ?? '';
  Error.stackTraceLimit = framesMax;
  for (const frame of stack.split('\n')) {
    const place = /^\s+at (?:.+ \()?(?:async )?(.+):(\d+):\d+\)?$/.exec(frame);
    if (place === null) continue; // the head line, or a built-in such as Array.map, which has no place
    const [, file = '', line = ''] = place;
    if (file.startsWith('node:')) return undefined;
    return `${file.startsWith('file:') ? fileURLToPath(file) : file}:${line}`;
  }
  return 'an unknown place';
}
