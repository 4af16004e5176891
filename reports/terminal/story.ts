/**
 * Owns the story of one run in a terminal: when, who, what, in columns, then how it ended.
 */

import type { ReplayRecord } from '../../records/schema.js';
import type { Palette } from '../colour.js';
import { counted, endWord, milliseconds, wrapped } from './words.js';

export interface ToldLine {
  event: number;
  tick: number;
  who: string;
  what: string;
}

const WIDTH = 80;
/** Who is longer than this is not padded for: one device with a long name would push every line out of the screen. */
const WHO_MAX = 16;

export function storyText(replay: ReplayRecord, story: readonly ToldLine[], palette: Palette): string {
  // How it ended is said below, in full and wrapped.
  const told = story.filter(({ who }) => who !== 'verdict');
  const times = told.map(({ tick }) => milliseconds(tick));
  const timeWidth = Math.max('time (ms)'.length, ...times.map((time) => time.length));
  const whoWidths = told.map(({ who }) => who.length).filter((length) => length <= WHO_MAX);
  const whoWidth = Math.max('who'.length, ...whoWidths);
  const row = (time: string, who: string, what: string): string =>
    `${time.padStart(timeWidth)}  ${who.padEnd(whoWidth)}  ${what}`;
  const lines = told.map(({ who, what }, index) => row(times[index] ?? '', who, what));
  const head = `${replay.scenario}:${replay.seed}, nodes ${replay.placement === 'threads' ? 'in worker threads' : 'inline'}`;
  const body = lines.length === 0 ? [] : [palette.dim(row('time (ms)', 'who', 'what')), ...lines, ''];
  return `${[palette.strong(head), ...body, ...verdictLines(replay, palette)].join('\n')}\n`;
}

export function verdictLines(replay: ReplayRecord, palette: Palette): string[] {
  const { outcome, events, digest } = replay;
  const digestLine = palette.dim(`digest ${digest || 'none'}, ${counted(events, 'event')}`);
  if (outcome.kind === 'passed') {
    return [
      `${palette.good('PASSED')}: every oracle held; ended in ${outcome.states.map(endWord).join(', ')}`,
      digestLine,
    ];
  }
  const label = outcome.kind === 'hung' ? 'HUNG' : 'FAILED';
  const name = outcome.oracle === 'hung' ? '' : `${outcome.oracle}: `;
  const sentence = `${label} at ${milliseconds(outcome.tick)} ms: ${name}${outcome.sentence}`;
  const [first = '', ...rest] = wrapped(sentence, WIDTH, '  ');
  return [palette.bad(label) + first.slice(label.length), ...rest, digestLine];
}
