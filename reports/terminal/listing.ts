/**
 * Owns how `list` looks in a terminal: each family under its name, one entry a line where it has a title.
 */

import { FAULT_CLASSES } from '../../records/fault-classes.js';
import type { ListRecord } from '../../records/schema.js';
import type { Palette } from '../colour.js';
import { wrapped } from './words.js';

const WIDTH = 80;

export function listingText(list: ListRecord, palette: Palette): string {
  const { scenarios, claims, oracles, faults, steps, probes, mutants } = list;
  const sections = [
    titled('Scenarios', scenarios, palette),
    titled('Claims', claims, palette),
    titled('Oracles', oracles, palette),
    ...FAULT_CLASSES.map((each) =>
      plain(
        `Faults an engine ${each}`,
        faults.filter((fault) => fault.class === each).map(({ name }) => name),
        palette,
      ),
    ),
    plain('Durable steps', steps, palette),
    plain('Probes', probes, palette),
    titled('Planted bugs', mutants, palette),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function titled(head: string, entries: readonly { name: string; title: string }[], palette: Palette): string[] {
  const nameWidth = Math.max(0, ...entries.map(({ name }) => name.length));
  const indent = ' '.repeat(nameWidth + 4);
  return [
    palette.strong(`${head} (${entries.length})`),
    ...entries.flatMap(({ name, title }) => {
      const [first = '', ...rest] = wrapped(title, WIDTH - indent.length);
      return [`  ${name.padEnd(nameWidth)}  ${first}`, ...rest.map((line) => indent + line)];
    }),
  ];
}

const plain = (head: string, names: readonly string[], palette: Palette): string[] => [
  palette.strong(`${head} (${names.length})`),
  ...names.map((name) => `  ${name}`),
];
