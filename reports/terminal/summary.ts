/**
 * Owns the summary of a run in a terminal: what ran, what held, what failed, what was covered, how fast, and the verdict as the last
 * line. It fits one screen at 80 columns; the tables of `-v` follow the coverage lines.
 */

import type { RunRecord, ScenarioSummary } from '../../records/schema.js';
import type { Palette } from '../colour.js';
import { coverageLines } from './coverage-lines.js';
import { coverageTables } from './coverage-tables.js';
import { failureLines } from './failure-lines.js';
import { tableLines } from './table.js';
import { counted, endWord, grouped, rounded, span, wrapped } from './words.js';

export type Detail = 'quiet' | 'normal' | 'verbose';

const WIDTH = 80;
/** Gates that are spelled out. */
const GATES_MAX = 5;
/** What the columns of counts take, with the spaces around them. */
const COUNTS_WIDTH = 32;

export function summaryText(run: RunRecord, palette: Palette, detail: Detail = 'normal'): string {
  const sections = [
    detail === 'quiet' ? [] : scenarioTable(run.scenarios, palette),
    failureLines(run.failures, palette, WIDTH),
    detail === 'quiet' ? [] : coverageLines(run.coverage, palette, detail === 'verbose'),
    ...(detail === 'verbose' ? coverageTables(run.coverage) : []),
    gateLines(run.gates, palette),
    run.harnessFaults.flatMap(({ sentence }) => flagged('harness fault', sentence, palette)),
    [...(detail === 'quiet' ? [] : rateLines(run)), verdictLine(run, palette)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function gateLines(gates: RunRecord['gates'], palette: Palette): string[] {
  const shown = gates.slice(0, GATES_MAX);
  const hiddenCount = gates.length - shown.length;
  const lines = shown.flatMap(({ gate, sentence }) => flagged('gate', `${gate}: ${sentence}`, palette));
  return hiddenCount === 0 ? lines : [...lines, `and ${counted(hiddenCount, 'more gate')} (--json lists every one)`];
}

const flagged = (label: string, sentence: string, palette: Palette): string[] =>
  wrapped(`${label}  ${sentence}`, WIDTH, '  ').map((line, index) =>
    index === 0 ? line.replace(label, palette.bad(label)) : line,
  );

function scenarioTable(scenarios: readonly ScenarioSummary[], palette: Palette): string[] {
  const namesWidth = Math.max('scenario'.length, ...scenarios.map(({ scenario }) => scenario.length));
  const failing = (count: number): string => (count === 0 ? '0' : palette.bad(grouped(count)));
  return tableLines(
    [
      { head: 'scenario' },
      { head: 'runs', align: 'right' },
      { head: 'passed', align: 'right' },
      { head: 'failed', align: 'right' },
      { head: 'hung', align: 'right' },
      { head: 'ended in' },
    ],
    scenarios.map((sums) => [
      sums.scenario,
      grouped(sums.runs),
      grouped(sums.passed),
      failing(sums.failed),
      failing(sums.hung),
      endsOf(sums, WIDTH - namesWidth - COUNTS_WIDTH),
    ]),
  );
}

/** One end state stands alone, in words. Of several: the most frequent with its runs, the second if there is room, how many others. */
function endsOf({ ends }: ScenarioSummary, width: number): string {
  const [only] = ends;
  if (only !== undefined && ends.length === 1) return endWord(only.state);
  const shares = ends.map(({ state, runs }) => `${state} ${grouped(runs)}`);
  const texts = [2, 1].map((shownCount) => {
    const othersCount = shares.length - shownCount;
    return [...shares.slice(0, shownCount), ...(othersCount > 0 ? [`+${othersCount}`] : [])].join(', ');
  });
  return texts.find((text) => text.length <= width) ?? texts.at(-1) ?? '';
}

function rateLines({ totals, config }: RunRecord): string[] {
  const { runs, events, simulatedSeconds, wallSeconds, runsPerSecond, eventsPerSecond, crossChecked, digest } = totals;
  const otherPlacement = config.placement === 'inline' ? 'threads' : 'inline';
  return [
    `rate        ${rounded(runsPerSecond)} runs/s, ${rounded(eventsPerSecond)} events/s with ${counted(config.workers, 'worker')}`,
    `amount      ${counted(runs, 'run')}, ${rounded(events)} events, ${span(simulatedSeconds)} simulated in ${span(wallSeconds)}`,
    `cross-check ${counted(crossChecked, 'run')} again in placement ${otherPlacement}`,
    `digest      ${digest} over all runs, the same on every machine`,
  ];
}

function verdictLine(run: RunRecord, palette: Palette): string {
  const { runs, passed, failed, hung } = run.totals;
  const { scenarios, seeds } = run.config;
  const planned = scenarios.length * (seeds.to - seeds.from + 1);
  const reasons = {
    bail: 'stopped by --bail',
    interrupted: 'interrupted',
    'hung-limit': 'given up, since too many never return',
  };
  const begun =
    run.ended === 'completed'
      ? `: ${grouped(passed)} of ${counted(runs, 'run')} passed`
      : ` after ${grouped(runs)} of ${counted(planned, 'run')}, ${reasons[run.ended]}: ${grouped(passed)} passed`;
  const suite = run.gates.length === 0 ? '' : `, ${counted(run.gates.length, 'gate')} failed`;
  const tail = `${begun}, ${grouped(failed)} failed, ${grouped(hung)} hung${suite}`;
  if (run.harnessFaults.length > 0) return palette.bad(`HARNESS FAULT${tail}`);
  if (failed + hung + run.gates.length > 0 || run.ended === 'hung-limit') return palette.bad(`FAILED${tail}`);
  return run.ended === 'completed' ? palette.good(`PASSED${tail}`) : palette.warn(`UNFINISHED${tail}`);
}
