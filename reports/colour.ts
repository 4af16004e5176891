/**
 * Owns the one decision whether to colour, and the colours. Chalk ignores `NO_COLOR`, so it is told; nothing else imports it. What is
 * written must be readable without colour: a colour repeats what a word says.
 */

import { Chalk, type ChalkInstance } from 'chalk';

export interface ColourQuestion {
  /** `--color` or `--no-color`, where one was given. */
  flag: boolean | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  isTerminal: boolean;
}

/** A flag wins over `NO_COLOR`, that over `FORCE_COLOR` (`0` and `false` mean no), that over whether it is a terminal. */
export function mayColour({ flag, environment, isTerminal }: ColourQuestion): boolean {
  if (flag !== undefined) return flag;
  if (environment['NO_COLOR']) return false;
  const force = environment['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return isTerminal && environment['TERM'] !== 'dumb';
}

/** What a report colours, by meaning. */
export interface Palette {
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
  dim(text: string): string;
  strong(text: string): string;
}

export function paletteFor(question: ColourQuestion): Palette {
  const chalk: ChalkInstance = new Chalk({ level: mayColour(question) ? 1 : 0 });
  return { good: chalk.green, bad: chalk.red, warn: chalk.yellow, dim: chalk.dim, strong: chalk.bold };
}
