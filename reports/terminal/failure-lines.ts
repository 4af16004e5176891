/**
 * Owns how failures are listed in a terminal: those of one signature together, the first of them in full (its sentence, the line that runs
 * it again, the record, the digest), the others by name. What does not fit is counted by oracle.
 */

import type { Failure } from '../../records/schema.js';
import type { Palette } from '../colour.js';
import { counted, grouped, wrapped } from './words.js';

/** Signatures; as many as leave room for the rest of the summary on one screen. */
const SHOWN_MAX = 4;

export function failureLines(failures: readonly Failure[], palette: Palette, width: number): string[] {
  const groups = bySignature(failures);
  const shown = groups.slice(0, SHOWN_MAX);
  const lines = shown.flatMap(({ first, others }) => [
    ...headLines(first, palette, width),
    `  ${palette.strong(first.replay)}${first.record === null ? '' : `  (${first.record})`}`,
    palette.dim(`  digest ${first.digest || 'none'}, ${repeated(first)}`),
    ...(others.length === 0 ? [] : [alikeLine(others, width)]),
  ]);
  const hiddenCount = groups.slice(SHOWN_MAX).reduce((sum, { others }) => sum + 1 + others.length, 0);
  if (hiddenCount === 0) return lines;
  return [
    ...lines,
    `and ${counted(hiddenCount, 'more failure')} (${byOracle(failures)} in all; --json lists every one)`,
  ];
}

interface Group {
  first: Failure;
  others: Failure[];
}

/** Five seeds of one bug say no more than one. */
function bySignature(failures: readonly Failure[]): Group[] {
  const groups = new Map<string, Group>();
  for (const failure of failures) {
    const key = `${failure.oracle} ${failure.signature}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: failure, others: [] });
    else group.others.push(failure);
  }
  return [...groups.values()];
}

/** One line: the names of as many as fit, and how many others there are. */
function alikeLine(others: readonly Failure[], width: number): string {
  const names = others.map(({ scenario, seed }) => `${scenario}:${seed}`);
  const lineOf = (count: number): string => {
    const more = names.length - count;
    return `  alike: ${names.slice(0, count).join(', ')}${more === 0 ? '' : ` and ${grouped(more)} more`}`;
  };
  let count = 1;
  while (count < names.length && lineOf(count + 1).length <= width) count += 1;
  return lineOf(count);
}

function headLines({ kind, scenario, seed, oracle, sentence }: Failure, palette: Palette, width: number): string[] {
  const label = kind === 'hung' ? 'HUNG' : 'FAIL';
  const name = kind === 'hung' && oracle === 'hung' ? '' : `${oracle}: `;
  return wrapped(`${label} ${scenario}:${seed}  ${name}${sentence}`, width, '  ').map((line, index) =>
    index === 0 ? palette.bad(label) + line.slice(label.length) : line,
  );
}

function repeated({ digest, repeats }: Failure): string {
  if (repeats === null) return 'not run twice: it brought no result';
  if (digest === '' && repeats) return 'threw twice, the same';
  return repeats ? 'ran twice, one digest' : 'ran twice, two digests';
}

function byOracle(failures: readonly Failure[]): string {
  const counts = new Map<string, number>();
  for (const { oracle } of failures) counts.set(oracle, (counts.get(oracle) ?? 0) + 1);
  return [...counts].map(([oracle, count]) => `${oracle} ${grouped(count)}`).join(', ');
}
