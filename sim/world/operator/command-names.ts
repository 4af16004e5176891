/** Owns the commands an operator knows; the compiler holds them against the engine's contract. */

import type { Command } from '../../../engine/contract/vocabulary.js';

const KNOWN: Readonly<Record<Command, true>> = {
  setup: true,
  sync: true,
  pause: true,
  resume: true,
  throttle: true,
  selectTarget: true,
  selectSource: true,
  commit: true,
  abort: true,
  cleanup: true,
  query: true,
};

export const COMMANDS_NAMED = Object.keys(KNOWN) as Command[];
