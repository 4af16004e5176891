/** Owns what a careless operator types: any command, with an argument that is right, nearly right, or nonsense. */

import { COMMANDS_NAMED } from './command-names.js';
import type { Command } from '../../../engine/contract/vocabulary.js';
import type { Stream } from '../../determinism/decisions.js';
import { sharedIdentity, sourceIdentity, targetIdentity } from '../layout.js';

const THROTTLE_TICKS_MAX = 2_000;
const IDENTITY_OF_NOTHING = 9_999;
/** What comes to the mind of somebody who has just pressed commit. */
const SECOND_THOUGHTS: readonly Command[] = ['abort', 'abort', 'selectSource', 'selectTarget', 'commit', 'cleanup'];
/** A commit takes about a millisecond. */
const SECOND_THOUGHT_TICKS_MIN = 200;
const SECOND_THOUGHT_TICKS_MAX = 1_500;
const CHAOS_TICKS_MAX = 4_000;

export const chaosCommand = (stream: Stream, previous: Command | undefined): Command =>
  stream.pick(previous === 'commit' ? SECOND_THOUGHTS : COMMANDS_NAMED);

/** Pause before the next command. */
export const chaosTicks = (stream: Stream, command: Command): number =>
  command === 'commit'
    ? stream.between(SECOND_THOUGHT_TICKS_MIN, SECOND_THOUGHT_TICKS_MAX)
    : stream.integer(CHAOS_TICKS_MAX);

/** What setup is asked for in a script that wants the wrong thing. */
export function wrongTarget(
  onto: 'source' | 'metadata' | 'other-disk' | 'nothing',
  disk: number,
  disksCount: number,
): number {
  switch (onto) {
    case 'source':
      return sourceIdentity(disk);
    case 'metadata':
      return sharedIdentity(disk);
    case 'other-disk':
      return sourceIdentity((disk + 1) % disksCount);
    case 'nothing':
      return IDENTITY_OF_NOTHING;
  }
}

export function chaosArgument(stream: Stream, command: Command, disk: number): number {
  if (command === 'throttle') return stream.integer(THROTTLE_TICKS_MAX);
  if (command !== 'setup') return 0;
  const likely = targetIdentity(disk);
  return stream.pick([likely, likely, likely, sourceIdentity(disk), sharedIdentity(disk), IDENTITY_OF_NOTHING]);
}
