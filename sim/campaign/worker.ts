/**
 * Owns what a pool worker does with a batch: run each seed, run again what failed, run in the other placement what is cross-checked,
 * and send back sums. Whatever a run throws becomes that run's failure; only a missing module is the batch's.
 */

import { addCoverage, emptyCoverage, entriesOf } from '../coverage/merge-coverage.js';
import type { RunRequest, RunResult } from '../world/run.js';
import { compareRuns } from './agreement.js';
import {
  type BatchResult,
  type BatchTask,
  emptyBatchResult,
  HEARTBEAT_IN_THREADS,
  HEARTBEAT_RUNS_BEGUN,
  HEARTBEAT_SEED_INDEX,
} from './batch.js';
import { thrownRun } from './lost-run.js';
import type { Placement } from './request.js';

interface RunSeedModule {
  runSeed: (request: RunRequest) => Promise<RunResult>;
  /** Gives up what the module keeps from run to run in this thread. */
  closeWorlds?: () => Promise<void>;
}

// Standard output belongs to the command's one document: what an engine or a scenario prints goes to standard error.
process.stdout.write = process.stderr.write.bind(process.stderr);

/** Entry of the pool. */
export default async function runBatch(task: BatchTask): Promise<BatchResult> {
  const { runSeed, closeWorlds } = (await import(task.modules.runSeedUrl)) as RunSeedModule;
  const heartbeat = new Int32Array(task.heartbeat);
  const result = emptyBatchResult();
  const coverage = emptyCoverage();

  const run = async (seedIndex: number, seed: number, placement: Placement): Promise<RunResult> => {
    Atomics.store(heartbeat, HEARTBEAT_SEED_INDEX, seedIndex);
    Atomics.store(heartbeat, HEARTBEAT_IN_THREADS, placement === 'threads' ? 1 : 0);
    Atomics.add(heartbeat, HEARTBEAT_RUNS_BEGUN, 1);
    const { engineUrl, codecUrl, scenariosUrl } = task.modules;
    const request = { scenario: task.scenario, seed, placement, engineUrl, codecUrl, scenariosUrl, story: task.story };
    try {
      return await runSeed(request);
    } catch (error) {
      return thrownRun(request, error);
    }
  };

  for (const [seedIndex, seed] of task.seeds.entries()) {
    const first = await run(seedIndex, seed, task.placement);
    count(result, first);
    addCoverage(coverage, entriesOf(first.coverage));
    if (task.story) {
      result.told.push(first);
      continue;
    }
    if (first.outcome.kind !== 'passed') {
      const disagreement = compareRuns(first, await run(seedIndex, seed, task.placement));
      if (disagreement !== undefined) result.disagreements.push(disagreement);
      const { scenario, outcome, digest, events, checkpoints } = first;
      result.failures.push({
        scenario,
        seed,
        outcome,
        digest,
        events,
        checkpoints,
        repeats: disagreement === undefined,
      });
    }
    if (task.crossCheck) {
      const other = await run(seedIndex, seed, task.placement === 'inline' ? 'threads' : 'inline');
      const disagreement = compareRuns(first, other);
      if (disagreement !== undefined) result.disagreements.push(disagreement);
      result.crossChecked += 1;
    }
  }
  // The threads of a cross-checked world would stay for the rest of the campaign, and their heaps with them.
  if (task.crossCheck) await closeWorlds?.();
  result.coverage = entriesOf(coverage);
  return result;
}

function count(result: BatchResult, run: RunResult): void {
  result.runs += 1;
  result.events += run.events;
  result.ticks += run.ticks;
  result.digests.push(run.digest);
  if (run.outcome.kind !== 'passed') return;
  result.passed += 1;
  const end = run.outcome.states[0] ?? 'no disk';
  result.ends[end] = (result.ends[end] ?? 0) + 1;
}
