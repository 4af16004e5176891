/**
 * Owns how the score against planted bugs looks in a terminal: a bug a row with what killed it, then the survivors, the control and the
 * verdict. It fits 80 columns.
 */

import type { MutantsRecord } from '../../records/schema.js';
import type { Palette } from '../colour.js';
import { tableLines } from './table.js';
import { counted, grouped, span, wrapped } from './words.js';

const WIDTH = 80;
/** Room for a title beside the other columns, the longest `scenario:seed` among them. */
const TITLE_WIDTH_MIN = 24;
const FIXED_WIDTH = 4 + 2 + 2 + 8 + 2 + 2 + 5;

type Mutant = MutantsRecord['mutants'][number];

export function mutantsText(record: MutantsRecord, palette: Palette, isQuiet: boolean): string {
  const sections = [
    isQuiet ? [] : tableOf(record.mutants, palette),
    record.mutants
      .filter(({ killedBy }) => killedBy === null)
      .flatMap((mutant) => survivorLines(mutant, record, palette)),
    controlLines(record, palette),
    [...(isQuiet ? [] : [figures(record)]), verdictLine(record, palette)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function tableOf(mutants: readonly Mutant[], palette: Palette): string[] {
  const places = mutants.map(({ killedBy }) => (killedBy === null ? '' : `${killedBy.scenario}:${killedBy.seed}`));
  const placeWidth = Math.max('first seen by'.length, ...places.map(({ length }) => length));
  const titleWidth = Math.max(TITLE_WIDTH_MIN, WIDTH - FIXED_WIDTH - placeWidth);
  return tableLines(
    [{ head: 'id' }, { head: 'bug' }, { head: 'oracle' }, { head: 'first seen by' }, { head: 'seeds', align: 'right' }],
    mutants.map(({ id, title, killedBy, seedsToKill }, index) => [
      id,
      wrapped(title, titleWidth).join('\n'),
      killedBy === null ? palette.bad('survived') : killedBy.oracle,
      places[index] ?? '',
      seedsToKill === null ? '' : grouped(seedsToKill),
    ]),
  );
}

function survivorLines(
  { id, title, rule, invariantKills }: Mutant,
  { config }: MutantsRecord,
  palette: Palette,
): string[] {
  const seen =
    invariantKills === 0
      ? ` in ${counted(config.seedsMax, 'seed')} of ${counted(config.scenarios.length, 'scenario')}`
      : `, though ${counted(invariantKills, 'run')} broke an assertion of the engine's own`;
  const sentence = `${id}  ${title}: no oracle saw it${seen}; the rule: ${rule}`;
  return wrapped(`SURVIVED  ${sentence}`, WIDTH, '  ').map((line) => line.replace('SURVIVED', palette.bad('SURVIVED')));
}

function controlLines({ control: { failure } }: MutantsRecord, palette: Palette): string[] {
  if (failure === null) return [];
  const { scenario, seed, oracle, sentence } = failure;
  const text = `CONTROL  the engine without a bug fails ${scenario}:${seed}: ${oracle}: ${sentence}`;
  return wrapped(text, WIDTH, '  ').map((line) => line.replace('CONTROL', palette.bad('CONTROL')));
}

function figures({ seedsToKill: { median, worst }, control, wallSeconds }: MutantsRecord): string {
  const seeds =
    median === null || worst === null ? '' : `seeds to kill: median ${grouped(median)}, worst ${grouped(worst)}; `;
  return `${seeds}control: ${counted(control.seeds, 'seed')}; ${span(wallSeconds)}`;
}

function verdictLine({ planted, killed, ended, control, mutants }: MutantsRecord, palette: Palette): string {
  const tail = `: ${grouped(killed)} of ${counted(planted, 'planted bug')} killed, control ${control.failure === null ? 'survived' : 'failed'}`;
  if (mutants.some(({ killedBy }) => killedBy === null) || control.failure !== null)
    return palette.bad(`FAILED${tail}`);
  return ended === 'completed' ? palette.good(`PASSED${tail}`) : palette.warn(`UNFINISHED${tail}`);
}
