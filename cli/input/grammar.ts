/**
 * Owns the translation of what commander refuses (an unknown flag, a missing argument) into the one sentence that every bad input gets.
 */

import type { CommanderError } from 'commander';

import { nearestName } from './nearest.js';
import { quoted } from './usage.js';

const HELP = "try 'cutover --help'";

/** Commander puts the word it minds in quotes; the sentence is built around that. */
export function grammarSentence(error: CommanderError, commands: readonly string[]): string {
  const word = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  switch (error.code) {
    case 'commander.help':
      return `expected a command (${commands.join(', ')}), got none, at the first argument: ${HELP}`;
    case 'commander.unknownCommand': {
      const nearest = nearestName(word, commands);
      const hint = nearest === undefined ? HELP : `did you mean ${nearest}?`;
      return `expected a command (${commands.join(', ')}), got ${quoted(word)}, at the first argument: ${hint}`;
    }
    case 'commander.unknownOption': {
      const meant = /\(Did you mean (?:one of )?([^?)]+)\?\)/.exec(error.message)?.[1];
      return `expected a known flag, got ${quoted(word)}, at the arguments: ${meant === undefined ? HELP : `did you mean ${meant}?`}`;
    }
    case 'commander.optionMissingArgument':
      return `expected a value, got none, at ${quoted(word)}`;
    case 'commander.missingArgument':
      return `expected an argument <${word}>, got none, at the arguments: ${HELP}`;
    case 'commander.excessArguments': {
      const [, expected, got] = /Expected (\d+) arguments? but got (\d+)/.exec(error.message) ?? [];
      return `expected ${expected ?? 'fewer'} argument${expected === '1' ? '' : 's'}, got ${got ?? 'more'}, at '${word}': ${HELP}`;
    }
    default:
      return `expected other arguments, got an error (${error.message.replace(/^error: /, '')}), at the command line`;
  }
}
