/** Owns what a careless operator types: any command, with an argument that is right, nearly right, or nonsense. */

import { COMMANDS_NAMED } from './command-names.js';
import type { Command } from '../../../engine/contract/vocabulary.js';
import type { Stream } from '../../determinism/decisions.js';
import { sharedIdentity, sourceIdentity, targetIdentity } from '../layout.js';

const THROTTLE_TICKS_MAX = 2_000;
const IDENTITY_OF_NOTHING = 9_999;

export const CHAOS_COMMANDS: readonly Command[] = COMMANDS_NAMED;

export function chaosArgument(stream: Stream, command: Command, disk: number): number {
  if (command === 'throttle') return stream.integer(THROTTLE_TICKS_MAX);
  if (command !== 'setup') return 0;
  const likely = targetIdentity(disk);
  return stream.pick([likely, likely, likely, sourceIdentity(disk), sharedIdentity(disk), IDENTITY_OF_NOTHING]);
}
