/**
 * Owns a campaign: many seeds of many scenarios over a pool of workers, counted in the order of the plan. A worker takes the next batch
 * when it is free; a result waits until all before it were counted. Memory is bounded by how far one worker may run ahead.
 */

import type { BatchResult } from './batch.js';
import { type Batch, planBatches, runsCountOf } from './plan.js';
import { openPool, type Pool } from './pool.js';
import type { CampaignEnd, CampaignProgress, CampaignRequest, CampaignResult } from './request.js';
import { Tally } from './tally.js';

/** Batches that may be begun beyond the oldest that is not counted yet. */
const BATCHES_AHEAD_MAX = 256;

export interface CampaignOptions {
  /** Called whenever runs were counted. */
  onProgress?: (progress: CampaignProgress) => void;
  /** Ends the campaign early; what was finished is in the result. */
  signal?: AbortSignal;
}

/** Throws `HarnessError` when no verdict can be given. Failures, hung runs and disagreements are in the result. */
export async function runCampaign(request: CampaignRequest, options: CampaignOptions = {}): Promise<CampaignResult> {
  const begun = performance.now();
  const stop = new AbortController();
  const onInterrupted = (): void => stop.abort();
  options.signal?.addEventListener('abort', onInterrupted);
  if (options.signal?.aborted) stop.abort();
  const workersCount = Math.min(request.workersCount, runsCountOf(request));
  const pool = openPool(workersCount, request.watchdogMs);
  const count = new InOrder(request, options.onProgress, stop);
  try {
    const batches = planBatches(request);
    const lanes = Array.from({ length: workersCount }, () => runLane(request, batches, pool, count, stop));
    await Promise.all(lanes);
  } finally {
    options.signal?.removeEventListener('abort', onInterrupted);
    stop.abort();
    await pool.destroy();
  }
  if (count.ended === undefined) count.takeRest();
  const isInterrupted = count.ended === undefined && count.tally.runsCount < runsCountOf(request);
  const ended = count.ended ?? (isInterrupted ? 'interrupted' : 'completed');
  return count.tally.result(ended, (performance.now() - begun) / 1_000);
}

/** One worker's share: the next batch of the plan, as long as there is one. */
async function runLane(
  request: CampaignRequest,
  batches: Iterator<Batch, undefined>,
  pool: Pool,
  count: InOrder,
  stop: AbortController,
): Promise<void> {
  const { modules, placement } = request;
  try {
    while (!stop.signal.aborted) {
      const { value: batch } = batches.next();
      if (batch === undefined) return;
      await count.room(batch.index);
      const { scenario, seeds, crossCheck } = batch;
      const result = await pool.run({ modules, placement, scenario, seeds, crossCheck, story: false }, stop.signal);
      if (result === undefined) return;
      count.take(batch, result);
    }
  } catch (error) {
    stop.abort();
    throw error;
  }
}

/** Puts results back into the order of the plan, and stops the campaign when the tally says so. */
class InOrder {
  readonly tally: Tally;
  ended: CampaignEnd | undefined;

  private readonly early = new Map<number, { batch: Batch; result: BatchResult }>();
  private readonly waiting: (() => void)[] = [];
  private readonly runsCount: number;
  private readonly onProgress: ((progress: CampaignProgress) => void) | undefined;
  private readonly stop: AbortController;
  private batchesCountedCount = 0;

  constructor(request: CampaignRequest, onProgress: CampaignOptions['onProgress'], stop: AbortController) {
    this.tally = new Tally(request);
    this.runsCount = runsCountOf(request);
    this.onProgress = onProgress;
    this.stop = stop;
    stop.signal.addEventListener('abort', () => this.wake());
  }

  /** Resolves when the batch is not too far ahead of the oldest that is not counted. */
  async room(index: number): Promise<void> {
    while (index - this.batchesCountedCount >= BATCHES_AHEAD_MAX && !this.stop.signal.aborted) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  take(batch: Batch, result: BatchResult): void {
    this.early.set(batch.index, { batch, result });
    for (;;) {
      const next = this.early.get(this.batchesCountedCount);
      if (next === undefined || this.ended !== undefined) break;
      this.early.delete(this.batchesCountedCount);
      this.batchesCountedCount += 1;
      this.ended = this.tally.add(next.batch.scenario, next.result);
    }
    const { runsCount, failures } = this.tally;
    this.onProgress?.({ runsDoneCount: runsCount, runsCount: this.runsCount, failuresCount: failures.length });
    if (this.ended !== undefined) this.stop.abort();
    this.wake();
  }

  /** After an interruption: counts what was finished beyond a batch that was not. */
  takeRest(): void {
    const rest = [...this.early.values()].sort((a, b) => a.batch.index - b.batch.index);
    for (const { batch, result } of rest) this.tally.add(batch.scenario, result);
    this.early.clear();
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
