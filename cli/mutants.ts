/**
 * Owns the command `mutants`: the suite against every planted bug, as a table or one document.
 */

import { availableParallelism } from 'node:os';

import type { MutantsRecord } from '../records/schema.js';
import { mutantsText } from '../reports/terminal/mutants-text.js';
import { type Score, scoreBugs, type Trial } from '../sim/mutants/score.js';
import { MUTANT_SEEDS_COUNT_DEFAULT, WATCHDOG_MS } from './defaults.js';
import { EXIT_FAILED, EXIT_HELD } from './exit-code.js';
import type { MutantsFlags } from './flags.js';
import { chooseBugs } from './input/bugs.js';
import { loadScenarios } from './input/scenarios.js';
import type { ProgramModules } from './modules.js';
import { paletteOf } from './output/palettes.js';
import { openProgressBar } from './output/progress-bar.js';
import { watchSignals } from './output/signals.js';
import { print, printJson } from './output/streams.js';
import { toolOf } from './output/tool.js';

/** Resolves to the exit code. */
export async function mutants(flags: MutantsFlags, modules: ProgramModules): Promise<number> {
  const bugs = await chooseBugs(modules, flags.only);
  const scenarios = (await loadScenarios(modules.scenariosUrl)).map(({ name }) => name);
  const seedsMax = flags.seeds ?? MUTANT_SEEDS_COUNT_DEFAULT;
  const workersCount = flags.workers ?? availableParallelism();
  const interruption = watchSignals();
  const bar = openProgressBar(paletteOf(process.stderr, flags.color), flags.quiet === true);
  const begun = performance.now();
  let survivorsCount = 0;
  const score = await scoreBugs(
    { modules, rootUrl: modules.rootUrl, bugs, scenarios, seedsMax, workersCount, watchdogMs: WATCHDOG_MS },
    {
      signal: interruption.signal,
      onTrial(trial, triedCount) {
        if (trial.killedBy === undefined) survivorsCount += 1;
        bar.show({
          runsDoneCount: triedCount,
          runsCount: bugs.length,
          failuresCount: survivorsCount,
          nouns: { run: 'bug', failure: 'survivor' },
        });
      },
    },
  );
  bar.clear();
  interruption.release();

  const record: MutantsRecord = {
    schema: 'cutover.mutants/1',
    tool: toolOf(modules),
    config: { scenarios, seedsMax, workers: workersCount },
    ...verdictOf(score, bugs.length),
    wallSeconds: Math.round(performance.now() - begun) / 1_000,
  };
  if (flags.json === true) printJson(record);
  else print(mutantsText(record, paletteOf(process.stdout, flags.color), flags.quiet === true));
  const isHeld = record.killed === bugs.length && record.control.failure === null;
  return interruption.exitCode() ?? (isHeld ? EXIT_HELD : EXIT_FAILED);
}

type Verdict = Omit<MutantsRecord, 'schema' | 'tool' | 'config' | 'wallSeconds'>;

function verdictOf({ trials, control, interrupted }: Score, planted: number): Verdict {
  const seedsToKill = trials.flatMap(({ killedBy }) => killedBy?.seed ?? []).sort((a, b) => a - b);
  const idsOf = (chosen: readonly Trial[]): string[] => chosen.map(({ bug }) => bug.id);
  const alive = trials.filter(({ killedBy }) => killedBy === undefined);
  return {
    ended: interrupted ? 'interrupted' : 'completed',
    planted,
    killed: seedsToKill.length,
    survived: idsOf(alive.filter(({ broken }) => broken.runs === 0)),
    brokenOnly: idsOf(alive.filter(({ broken }) => broken.runs > 0)),
    seedsToKill: {
      median: seedsToKill[Math.floor((seedsToKill.length - 1) / 2)] ?? null,
      worst: seedsToKill.at(-1) ?? null,
    },
    control: { seeds: control.seeds, failure: control.failure ?? null },
    mutants: trials.map(({ bug, killedBy, broken }) => ({
      id: bug.id,
      family: bug.family,
      title: bug.title,
      rule: bug.rule,
      note: bug.note ?? null,
      killedBy: killedBy ?? null,
      seedsToKill: killedBy?.seed ?? null,
      invariantKills: broken.runs,
    })),
  };
}
