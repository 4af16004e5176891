/**
 * Owns the gates of the suite as a whole: in the default run every claim has evidence and every probe was hit. A part of the suite
 * cannot be held to that.
 */

import type { Coverage, RunRecord } from '../records/schema.js';
import { CLAIMS } from '../records/catalogue.js';

/** One entry for each claim without evidence and each probe never hit. */
export const suiteGates = ({ unseen }: Coverage): RunRecord['gates'] => [
  ...unseen.claims.map((id) => ({
    gate: 'claims',
    sentence: `expected evidence for claim ${id} (${CLAIMS[id as keyof typeof CLAIMS]}), got none, at any run`,
  })),
  ...unseen.probes.map((probe) => ({
    gate: 'probes',
    sentence: `expected the rare path ${probe} to be taken, got no run that takes it, at any seed`,
  })),
];
