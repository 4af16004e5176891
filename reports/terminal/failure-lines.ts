/**
 * Owns how failures are listed in a terminal: one sentence each, the line that runs it again, the record, the digest. The first ones in
 * full; what comes after is counted by oracle.
 */

import type { Failure } from '../../records/schema.js';
import type { Palette } from '../colour.js';
import { counted, wrapped } from './words.js';

/** As many as leave room for the rest of the summary on one screen. */
const SHOWN_MAX = 5;

export function failureLines(failures: readonly Failure[], palette: Palette, width: number): string[] {
  const shown = chooseShown(failures);
  const lines = shown.flatMap((failure) => [
    ...headLines(failure, palette, width),
    `  ${palette.strong(failure.replay)}${failure.record === null ? '' : `  (${failure.record})`}`,
    palette.dim(`  digest ${failure.digest || 'none'}, ${repeated(failure)}`),
  ]);
  const hiddenCount = failures.length - shown.length;
  if (hiddenCount === 0) return lines;
  return [
    ...lines,
    `and ${counted(hiddenCount, 'more failure')} (${byOracle(failures)} in all; --json lists every one)`,
  ];
}

/** One of each signature first: five seeds of one bug say no more than one. */
function chooseShown(failures: readonly Failure[]): Failure[] {
  const seen = new Set<string>();
  const isFirst = failures.map(({ oracle, signature }) => {
    const key = `${oracle} ${signature}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
  const firsts = failures.filter((_, index) => isFirst[index]);
  const others = failures.filter((_, index) => !isFirst[index]);
  return [...firsts, ...others].slice(0, SHOWN_MAX);
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
  return [...counts].map(([oracle, count]) => `${oracle} ${count}`).join(', ');
}
