/**
 * Owns the tables of `-v`: claims with their evidence, faults by the state they fired in, crash steps by position, what else happened at steps, faults
 * armed and fired, and all that was never reached.
 */

import { CLAIM_IDS, CLAIMS, CRASH_POSITIONS, STATE_CHANGES, STEP_HITS } from '../../records/catalogue.js';
import type { Coverage } from '../../records/schema.js';
import { tableLines } from './table.js';
import { grouped, wrapped } from './words.js';

const WIDTH = 80;
const TITLE_MAX = 62;

/** One list of lines per table. */
export const coverageTables = (coverage: Coverage): string[][] => [
  claimTable(coverage),
  stateTable(coverage),
  crashTable(coverage),
  stepTable(coverage),
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

const FAULTS_IN_STATES = {
  crash: 'node.crash',
  power: 'node.power',
  pause: 'node.pause',
  device: 'fault.device',
  path: 'fault.path',
  network: 'fault.network',
  clock: 'fault.clock',
  media: 'fault.media',
} as const;

/** Faults by the state of the migration that they fired in. */
function stateTable({ stateEvents }: Coverage): string[] {
  const hits = new Map(stateEvents.map((each) => [each.name, each.hits]));
  const states = [...new Set(STATE_CHANGES.map((change) => change.split('>')[0] ?? change))];
  const faults = Object.entries(FAULTS_IN_STATES);
  return tableLines(
    [{ head: 'fired in state' }, ...faults.map(([head]) => ({ head, align: 'right' as const }))],
    states.map((state) => [state, ...faults.map(([, event]) => counted(hits.get(`${state}:${event}`)))]),
  );
}

const counted = (hits = 0): string => (hits === 0 ? '–' : grouped(hits));

/** What else happened at a step that was hit at all. */
function stepTable({ stepHits, unseen }: Coverage): string[] {
  const hits = new Map(stepHits.map((each) => [each.name, each.hits]));
  const cells = [...stepHits.map(({ name }) => name), ...unseen.stepHits];
  const steps = [...new Set(cells.map((cell) => cell.split(' ')[0] ?? cell))].sort();
  return tableLines(
    [{ head: 'other fault at step' }, ...STEP_HITS.map((head) => ({ head, align: 'right' as const }))],
    steps.map((step) => [step, ...STEP_HITS.map((what) => counted(hits.get(`${step} ${what}`)))]),
  );
}

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
