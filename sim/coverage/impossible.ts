/**
 * Owns why some cells of coverage stay empty whatever is run: each with the reason, so that an empty cell without one is a gap in the suite. A cell is
 * `state:event`, `step` with a position or a happening, or a kind of fault.
 */

export interface Impossible {
  readonly cell: string;
  readonly reason: string;
}

interface Rule {
  readonly cells: RegExp;
  readonly reason: string;
}

const RULES: readonly Rule[] = [
  { cells: /:(?:local|acknowledgement)\.conflict$/, reason: 'nobody reserves a local or an acknowledgement device' },
  {
    cells: /^shared-media-misdirected-read$/,
    reason: 'the one record of a shared metadata device is read whole, so that no other place is left to read',
  },
  { cells: /:application\.busy$/, reason: 'no application asks for more at once than an engine has room for' },
];

/** @returns why no run can show the cell; undefined: one could */
export const whyImpossible = (cell: string): string | undefined => RULES.find(({ cells }) => cells.test(cell))?.reason;
