/**
 * Owns the progress line of a campaign: a bar, runs done, failures so far, time left. Leaves out when and where it is drawn.
 */

import type { Palette } from '../colour.js';
import { counted, grouped, span } from './words.js';

const BAR_CELLS = 24;

export interface ProgressFigures {
  runsDoneCount: number;
  runsCount: number;
  failuresCount: number;
  wallSeconds: number;
  /** What is counted, where it is not runs and failures. */
  nouns?: { run: string; failure: string };
}

/** One line of less than 80 characters, without a line end. */
export function progressLine(
  { runsDoneCount, runsCount, failuresCount, wallSeconds, nouns = { run: 'run', failure: 'failure' } }: ProgressFigures,
  palette: Palette,
): string {
  const share = runsDoneCount / runsCount;
  const full = Math.floor(share * BAR_CELLS);
  const bar = `${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)}`;
  const left = runsDoneCount === 0 ? '' : `, ${span((wallSeconds * (1 - share)) / share)} left`;
  const failures = failuresCount === 0 ? '' : `, ${palette.bad(counted(failuresCount, nouns.failure))}`;
  return `${bar} ${grouped(runsDoneCount)}/${counted(runsCount, nouns.run)}${failures}${left}`;
}
