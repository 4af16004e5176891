/**
 * Owns the command `run`: seeds of scenarios, a summary or one document, records of what failed.
 */

import { availableParallelism } from 'node:os';

import type { RunRecord } from '../records/schema.js';
import { summaryText } from '../reports/terminal/summary.js';
import { runCampaign } from '../sim/campaign/campaign.js';
import { runsCountOf } from '../sim/campaign/plan.js';
import type { CampaignRequest, CampaignResult, RunModules, SeedRange } from '../sim/campaign/request.js';
import { RECORDS_MAX } from '../sim/campaign/tally.js';
import { CROSS_CHECKS_PER_SCENARIO, OUTPUT_DIRECTORY_DEFAULT, SEEDS_COUNT_DEFAULT, WATCHDOG_MS } from './defaults.js';
import { EXIT_FAILED, EXIT_HARNESS, EXIT_HELD } from './exit-code.js';
import { detailOf, type RunFlags } from './flags.js';
import { suiteGates } from './gates.js';
import { chooseScenarios, loadScenarios } from './input/scenarios.js';
import { UsageError } from './input/usage.js';
import { paletteOf } from './output/palettes.js';
import { openProgressBar } from './output/progress-bar.js';
import { openResultsFolder, type ResultsFolder } from './output/results-folder.js';
import { failureRecord, type RunContext, runRecord } from './output/run-record.js';
import { type Interruption, watchSignals } from './output/signals.js';
import { print, printJson } from './output/streams.js';
import { toolOf } from './output/tool.js';
import { loadVocabulary } from './vocabulary.js';

/** Resolves to the exit code. Nothing is written, and no folder made, before all input was judged. */
export async function run(names: readonly string[], flags: RunFlags, modules: RunModules): Promise<number> {
  const seeds = seedsOf(flags);
  const known = (await loadScenarios(modules.scenariosUrl)).map(({ name }) => name);
  const request: CampaignRequest = {
    modules,
    scenarios: chooseScenarios(known, names, flags.grep),
    seeds,
    placement: flags.placement ?? 'inline',
    workersCount: flags.workers ?? availableParallelism(),
    failuresMax: flags.bail === true ? 1 : flags.bail,
    crossChecksPerScenario: CROSS_CHECKS_PER_SCENARIO,
    watchdogMs: WATCHDOG_MS,
  };
  const vocabulary = await loadVocabulary(modules.engineUrl);
  // Before anything is made, so that a folder that is there says that a signal will be answered.
  const interruption = watchSignals();
  const folder = openResultsFolder(flags.outputDir ?? OUTPUT_DIRECTORY_DEFAULT);
  folder.removeEarlierRecords();
  const context = {
    tool: toolOf(modules),
    config: configurationOf(request, folder),
    vocabulary,
  };
  const result = await runWatched(request, flags, interruption);
  interruption.release();

  const isWhole = names.length === 0 && flags.grep === undefined && seeds.to - seeds.from + 1 >= SEEDS_COUNT_DEFAULT;
  const record = keepRecords(result, context, folder, isWhole && result.ended === 'completed');
  if (flags.json === true) printJson(record);
  else print(summaryText(record, paletteOf(process.stdout, flags.color), detailOf(flags)));
  return interruption.exitCode() ?? exitCodeOf(record);
}

function seedsOf({ seed, seeds }: RunFlags): SeedRange {
  if (seed !== undefined && seeds !== undefined) {
    throw new UsageError('expected --seed or --seeds, got both, at the arguments: --seeds A..B runs several seeds');
  }
  if (seed !== undefined) return { from: seed, to: seed };
  return seeds ?? { from: 1, to: SEEDS_COUNT_DEFAULT };
}

const configurationOf = (request: CampaignRequest, folder: ResultsFolder): RunContext['config'] => ({
  scenarios: [...request.scenarios],
  seeds: request.seeds,
  placement: request.placement,
  workers: Math.min(request.workersCount, runsCountOf(request)),
  bail: request.failuresMax ?? null,
  crossChecksPerScenario: request.crossChecksPerScenario,
  watchdogSeconds: request.watchdogMs / 1_000,
  outputDirectory: folder.path,
});

async function runWatched(
  request: CampaignRequest,
  flags: RunFlags,
  { signal }: Interruption,
): Promise<CampaignResult> {
  const bar = openProgressBar(paletteOf(process.stderr, flags.color), flags.quiet === true);
  try {
    return await runCampaign(request, { onProgress: (progress) => bar.show(progress), signal });
  } finally {
    bar.clear();
  }
}

/** Writes the records of the first failures, then that of the whole run, which names them. */
function keepRecords(result: CampaignResult, context: RunContext, folder: ResultsFolder, isGated: boolean): RunRecord {
  const paths = new Map(
    result.failures
      .slice(0, RECORDS_MAX)
      .map((failure) => [failure, folder.writeFailure(failure, failureRecord(failure, context))]),
  );
  const record = runRecord(
    result,
    context,
    (failure) => paths.get(failure) ?? null,
    (coverage) => (isGated ? suiteGates(coverage) : []),
  );
  folder.writeRun(record);
  return record;
}

function exitCodeOf({ harnessFaults, totals, gates, ended }: RunRecord): number {
  if (harnessFaults.length > 0) return EXIT_HARNESS;
  const isHeld = totals.failed + totals.hung + gates.length === 0 && ended === 'completed';
  return isHeld ? EXIT_HELD : EXIT_FAILED;
}
