/**
 * Owns how a failure of a node is put in words. The message is the same in both placements and on every machine (no folders, no lines, which
 * depend on source maps), so that it may enter a digest or a signature; the stack keeps the lines, for a reader.
 */
import type { NodeFailure } from './mailbox.js';

const STACK_FRAMES_MAX = 6;

const FOLDERS = /(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][\w.@+~-]+)*[\\/](?=[\w.-]+\.[cm]?[jt]s\b)/g;
const MODULE_PLACE = /([\w.-]+)\.[cm]?[jt]s\b(?:\?[^\s:)]*)?(?::\d+){0,2}/g;

/** Puts whatever a node threw in words; it may have thrown anything. */
export function describeFailure(thrown: unknown): NodeFailure {
  try {
    const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : `threw ${String(thrown)}`;
    const stack = thrown instanceof Error ? framesOf(thrown) : '';
    return { message: withoutPlaces(message), stack };
  } catch {
    return { message: 'threw something that has no text', stack: '' };
  }
}

/** `at /home/me/engine/commit.js:12:3` becomes `at commit`. */
function withoutPlaces(text: string): string {
  return text.replaceAll(FOLDERS, '').replaceAll(MODULE_PLACE, '$1');
}

function framesOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return frames
    .slice(0, STACK_FRAMES_MAX)
    .map((frame) => frame.trim().replaceAll(FOLDERS, engineFolderOf))
    .join('\n');
}

/** Of the folders before a file what says where in the engine it lies: `engine/data-path/`. */
const engineFolderOf = (folders: string): string => /.*[\\/](engine[\\/].*)$/.exec(folders)?.[1] ?? '';

/** Not the assertion, but whoever made it; a build that was planted with a bug has a query in its names. */
const PLACE_IN_ENGINE = /\b(engine[\\/](?!state[\\/]assert\b)[\w\\/-]+\.[cm]?[jt]s)(?:\?[^\s:)]*)?(:\d+):\d+/;

/** `engine/data-path/locks.ts:12`: where in the engine it was thrown. Undefined where no frame is the engine's. For a reader, never for a digest. */
export function placeInEngine({ stack }: NodeFailure): string | undefined {
  const [, file, line] = PLACE_IN_ENGINE.exec(stack) ?? [];
  return file === undefined ? undefined : `${file}${line}`;
}
