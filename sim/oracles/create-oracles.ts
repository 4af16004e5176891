/** Owns the full set of oracles, in the order in which a world has to tell them: first who remembers, then who judges. */

import type { OracleContext } from './context.js';
import { DataOracle } from './data/data-oracle.js';
import { History } from './history/history.js';
import type { Observer, Report } from './observation.js';

/**
 * Fresh oracles for one run. All of them must be told everything, in this order; they share what they remember.
 * @param report called for each violation; only the first of each signature is reported
 */
export function createOracles(report: Report, context: OracleContext): Observer[] {
  const signatures = new Set<string>();
  const once: Report = (violation) => {
    if (signatures.has(violation.signature)) return;
    signatures.add(violation.signature);
    report(violation);
  };
  const history = new History(context);
  return [history, new DataOracle(history, once)];
}
