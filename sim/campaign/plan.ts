/**
 * Owns how a campaign is cut into batches. The cut depends on the request alone, never on workers or time, so that what `--bail` leaves
 * undone is the same everywhere.
 */

import type { CampaignRequest } from './request.js';

/** Enough to make the 70 µs of a pool task vanish, few enough to keep all workers busy to the end. */
const BATCH_SEEDS = 16;

export interface Batch {
  /** Position in the plan. */
  index: number;
  scenario: string;
  seeds: number[];
  crossCheck: boolean;
}

export const runsCountOf = ({ scenarios, seeds }: Pick<CampaignRequest, 'scenarios' | 'seeds'>): number =>
  scenarios.length * (seeds.to - seeds.from + 1);

/** Scenario by scenario, seed by seed; the seeds that are cross-checked stand alone, since each of them is run twice. */
export function* planBatches(request: CampaignRequest): Generator<Batch, undefined> {
  const { scenarios, seeds, crossChecksPerScenario } = request;
  // One by one, so that no run after the last that counts is begun in the same batch.
  const seedsMax = request.failuresMax === undefined ? BATCH_SEEDS : 1;
  let index = 0;
  for (const scenario of scenarios) {
    let seed = seeds.from;
    while (seed <= seeds.to) {
      const crossCheck = seed - seeds.from < crossChecksPerScenario;
      const count = Math.min(crossCheck ? 1 : seedsMax, seeds.to - seed + 1);
      yield { index, scenario, seeds: Array.from({ length: count }, (_, offset) => seed + offset), crossCheck };
      index += 1;
      seed += count;
    }
  }
  return undefined;
}
