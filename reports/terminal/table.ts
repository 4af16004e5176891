/**
 * Owns how a table looks in a terminal: two spaces between columns, no frame, a rule under the head. cli-table3 colours its head and
 * borders unless told otherwise, also into a pipe; nothing else imports it.
 */

import Table from 'cli-table3';

export interface Column {
  head: string;
  align?: 'left' | 'right';
}

const noFrame = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  right: '',
  'right-mid': '',
  mid: '',
  'mid-mid': '',
  middle: '  ',
} as const;

/** Lines of a table, without spaces at their ends. Cells may hold colour. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const table = new Table({
    head: columns.map(({ head }) => head),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    chars: noFrame,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}
