/**
 * Owns the command `replay`: one run again, with its story, or as one document. A record that no longer gives its digest is told apart:
 * other code, or a harness that is not deterministic.
 */

import type { FailureRecord, ReplayRecord, Tool } from '../records/schema.js';
import { storyText } from '../reports/terminal/story.js';
import { replayRun } from '../sim/campaign/replay.js';
import type { RunModules } from '../sim/campaign/request.js';
import { WATCHDOG_MS } from './defaults.js';
import { EXIT_FAILED, EXIT_HARNESS, EXIT_HELD, EXIT_SIGINT } from './exit-code.js';
import type { ReplayFlags } from './flags.js';
import { loadScenarios, requireScenario } from './input/scenarios.js';
import { subjectFrom } from './input/subject.js';
import { paletteOf } from './output/palettes.js';
import { watchSignals } from './output/signals.js';
import { print, printError, printJson } from './output/streams.js';
import { toolOf } from './output/tool.js';

/** Resolves to the exit code. */
export async function replay(word: string, flags: ReplayFlags, modules: RunModules): Promise<number> {
  const { scenario, seed, record } = subjectFrom(word);
  const known = await loadScenarios(modules.scenariosUrl);
  requireScenario(
    known.map(({ name }) => name),
    scenario,
  );
  const placement = flags.placement ?? 'threads';
  const interruption = watchSignals();
  const request = { modules, scenario, seed, placement, watchdogMs: WATCHDOG_MS };
  const result = await replayRun(request, interruption.signal);
  interruption.release();
  if (result === undefined) return interruption.exitCode() ?? EXIT_SIGINT;

  const { digest, events, outcome, story } = result;
  const document: ReplayRecord = { schema: 'cutover.replay/1', scenario, seed, placement, digest, events, outcome };
  if (flags.json === true) printJson(document);
  else print(storyText(document, flags.quiet === true ? [] : story, paletteOf(process.stdout, flags.color)));

  const isNondeterministic = record !== undefined && compareWithRecord(record, document, toolOf(modules));
  if (isNondeterministic) return EXIT_HARNESS;
  return outcome.kind === 'passed' ? EXIT_HELD : EXIT_FAILED;
}

/** Says on standard error when the digest is another; true when nothing but nondeterminism can explain it. */
function compareWithRecord(record: FailureRecord, replayed: ReplayRecord, tool: Tool): boolean {
  if (record.digest === replayed.digest || record.digest === '') return false;
  const difference = `expected digest ${record.digest} of the record, got ${replayed.digest || 'none'}`;
  const changed = (['engineDigest', 'harnessDigest', 'version'] as const).filter(
    (part) => record.tool[part] !== tool[part],
  );
  if (changed.length === 0) {
    printError(
      `harness fault: ${difference}, at ${record.scenario}:${record.seed}: the same code ran twice and disagrees`,
    );
    return true;
  }
  printError(`note: ${difference}: the code has changed since (${changed.join(', ')})`);
  return false;
}
