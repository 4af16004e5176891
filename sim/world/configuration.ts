/** Owns what each node's engine is told when it is created: the same for every start of a node, so that nothing leaks from one life to the next. */

import type { EngineConfiguration, EngineLimits } from '../../engine/contract/configuration.js';
import type { PlacementShape } from '../nodes/placement/placement.js';
import { acknowledgementIdentity, localIdentity, sharedIdentity, sourceIdentity } from './layout.js';
import type { RunPlan } from './plan.js';

/**
 * Every world has the same node memory, so that one placement serves all runs of a thread. No scenario has more than eight threads of an application,
 * four copies and two records on their way in a node; an engine looks at all its slots again and again.
 */
export const NODES_SHAPE: PlacementShape = { nodesMax: 8, slotsCount: 24, slotSectors: 64 };

/** Times far above what healthy devices take (`devices/latency.ts`), far below what a stuck one would. */
export const LIMITS: EngineLimits = {
  requestTimeoutTicks: 60_000,
  retriesMax: 2,
  detoursMax: 8,
  retryDelayTicks: 500,
  copiesMax: 2,
  settleAttemptsMax: 6,
  pollDelayTicks: 5_000,
  pollsMax: 40,
};

export function configurationOf(plan: RunPlan, node: number, portsCount: number): EngineConfiguration {
  return {
    node,
    nodesMax: plan.nodesCount,
    mode: plan.mode,
    naming: plan.naming,
    portsCount,
    localIdentity: localIdentity(node),
    acknowledgementIdentity: acknowledgementIdentity(plan),
    disks: Array.from({ length: plan.disksCount }, (_, disk) => ({
      sharedIdentity: sharedIdentity(disk),
      provisionedIdentity: sourceIdentity(disk),
      regionSectors: plan.regionSectors,
    })),
    slotsCount: NODES_SHAPE.slotsCount,
    slotSectors: NODES_SHAPE.slotSectors,
    limits: LIMITS,
    dirtyLog: plan.dirtyLog,
  };
}
