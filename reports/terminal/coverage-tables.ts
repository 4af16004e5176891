/**
 * Owns the tables of `-v`: claims with their evidence, crash steps by position, faults armed and fired, and all that was never reached.
 */

import { CLAIM_IDS, CLAIMS, CRASH_POSITIONS } from '../../records/catalogue.js';
import type { Coverage } from '../../records/schema.js';
import { tableLines } from './table.js';
import { grouped, wrapped } from './words.js';

const WIDTH = 80;
const TITLE_MAX = 62;

/** One list of lines per table. */
export const coverageTables = (coverage: Coverage): string[][] => [
  claimTable(coverage),
  crashTable(coverage),
  faultTable(coverage),
  countTable('transition', coverage.transitions),
  countTable('refusal', coverage.refusals),
  countTable('probe', coverage.probes),
  ...(coverage.lies.length === 0 ? [] : [countTable('lie of a medium', coverage.lies)]),
  neverLines(coverage),
];

const claimTable = ({ claims }: Coverage): string[] =>
  tableLines(
    [{ head: 'claim' }, { head: 'evidence', align: 'right' }, { head: 'what it says' }],
    CLAIM_IDS.map((id) => [id, grouped(claims[id].hits), clipped(CLAIMS[id])]),
  );

const clipped = (text: string): string => (text.length > TITLE_MAX ? `${text.slice(0, TITLE_MAX - 1)}…` : text);

/** One row per step; a cell holds hits, and after a slash those of them in recovery. */
function crashTable({ crashSteps, unseen }: Coverage): string[] {
  const seen = crashSteps.map(({ step }) => step);
  const missing = unseen.crashSteps.map((cell) => cell.split(' ')[0] ?? cell);
  const steps = [...new Set([...seen, ...missing])].sort();
  const cell = (step: string, position: string): string => {
    const hits = crashSteps.filter((hit) => hit.step === step && hit.position === position);
    const all = hits.reduce((sum, hit) => sum + hit.hits, 0);
    const inRecovery = hits.filter((hit) => hit.inRecovery).reduce((sum, hit) => sum + hit.hits, 0);
    return all === 0 ? '–' : `${grouped(all)}${inRecovery === 0 ? '' : `/${grouped(inRecovery)}`}`;
  };
  return tableLines(
    [
      { head: 'crash at step (all/in recovery)' },
      ...CRASH_POSITIONS.map((head) => ({ head, align: 'right' as const })),
    ],
    steps.map((step) => [step, ...CRASH_POSITIONS.map((position) => cell(step, position))]),
  );
}

const faultTable = ({ faults }: Coverage): string[] =>
  tableLines(
    [{ head: 'fault' }, { head: 'armed', align: 'right' }, { head: 'fired', align: 'right' }],
    faults.map(({ name, armed, fired }) => [name, grouped(armed), grouped(fired)]),
  );

const countTable = (head: string, counts: readonly { name: string; hits: number }[]): string[] =>
  tableLines(
    [{ head }, { head: 'hits', align: 'right' }],
    counts.map(({ name, hits }) => [name, grouped(hits)]),
  );

function neverLines({ unseen }: Coverage): string[] {
  const { impossible, ...gaps } = unseen;
  const families = Object.entries(gaps).filter(([, names]) => names.length > 0);
  const reasons = [...new Set(impossible.map(({ reason }) => reason))];
  const cellsOf = (reason: string): string =>
    impossible.flatMap((each) => (each.reason === reason ? [each.cell] : [])).join(', ');
  return [
    ...families.flatMap(([family, names]) => wrapped(`never, ${family}: ${names.join(', ')}`, WIDTH, '  ')),
    ...reasons.flatMap((reason) => wrapped(`cannot be, since ${reason}: ${cellsOf(reason)}`, WIDTH, '  ')),
  ];
}
