/** Owns the choice between the two modes that many situations exist in. */

import type { Choose, WorldPlan } from './scenario.js';

/** A cluster of two or three nodes, or a node of its own. */
export function clusterOrStandalone(choose: Choose, clusterShare = 0.5): Pick<WorldPlan, 'mode' | 'nodes'> {
  return choose.chance(clusterShare)
    ? { mode: 'cluster', nodes: choose.between(2, 3) }
    : { mode: 'standalone', nodes: 1 };
}
