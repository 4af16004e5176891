/**
 * Owns swarm testing: each seed has a world, a workload, an operator and families of faults of its own (Groce et al., "Swarm Testing", ISSTA
 * 2012: to leave features out at random finds more than to have all of them always). Few families in most runs, all of them in some.
 */

import type { Choose, FaultPlan, OperatorStep, Scenario, WorkloadPlan, WorldPlan } from '../scenario.js';
import { FAMILIES, FAULTS_MAX, GROWTH_BLOCKS_MAX, PATHS_MAX } from './families.js';

function drawWorld(choose: Choose): WorldPlan {
  const isCluster = choose.chance(0.6);
  return {
    mode: isCluster ? 'cluster' : 'standalone',
    nodes: isCluster ? choose.between(2, 4) : 1,
    naming: choose.pick(['remap', 'change']),
    paths: choose.pick([1, 1, 2, PATHS_MAX]),
    blocks: choose.pick([8, 16, 32, 48]),
    regionBlocks: choose.pick([1, 2, 4]),
    sectorsShort: choose.integer(8),
    targetExtraBlocks: GROWTH_BLOCKS_MAX + choose.integer(4),
    allocatedShare: choose.pick([1, 1, 0.5, 0]),
    targetUsed: choose.chance(0.4),
    metadataTears: choose.chance(0.3),
  };
}

/** Each kind of request is there, or is not. */
function drawWorkload(choose: Choose): WorkloadPlan {
  const weight = (chance: number, most: number): number => (choose.chance(chance) ? most : 0);
  return {
    depth: choose.between(1, 6),
    thinkTicks: choose.pick([
      [5, 60],
      [20, 300],
      [200, 2_000],
    ] as const),
    weights: {
      read: choose.pick([0.1, 0.4, 0.9]),
      write: choose.pick([0.2, 0.6]),
      flush: weight(0.7, 0.1),
      discard: weight(0.5, 0.05),
      writeZeroes: weight(0.5, 0.05),
    },
    blocksMax: choose.pick([1, 2, 6]),
    unalignedShare: choose.pick([0, 0.3]),
    fuaShare: choose.pick([0, 0.2]),
    bufferChangedShare: choose.pick([0, 0.5]),
    nativeShare: choose.pick([0, 0.05]),
    hotShare: choose.pick([0, 0.3, 0.9]),
  };
}

const DETOURS = ['abort', 'selectSource', 'selectTarget', 'pause', 'resume', 'sync', 'commit', 'cleanup'] as const;

function detour(choose: Choose): readonly OperatorStep[] {
  switch (choose.integer(5)) {
    case 0:
      return [{ wait: [500, 10_000] }];
    case 1:
      return [{ command: choose.pick(DETOURS), on: choose.pick(['host', 'host', 'standby'] as const) }];
    case 2:
      return [{ chaos: choose.between(2, 12) }];
    case 3:
      return [{ move: true }];
    default:
      return [{ reboot: [500, 10_000] }];
  }
}

function drawOperator(choose: Choose): readonly OperatorStep[] {
  const steps: OperatorStep[] = [];
  for (let count = choose.integer(4); count > 0; count -= 1) {
    steps.push({ reach: choose.pick(['setup', 'syncing', 'source-selected', 'target-selected']) });
    steps.push(...detour(choose));
  }
  steps.push({ reach: 'committed' }, ...detour(choose));
  if (choose.chance(0.4)) steps.push({ reach: 'none' }, ...detour(choose));
  return steps;
}

function drawFaults(choose: Choose): readonly FaultPlan[] {
  const families = choose.shuffle([...FAMILIES]);
  const familiesCount = choose.pick([1, 1, 1, 2, 2, 3, 4, families.length]);
  return families.slice(0, familiesCount).flatMap((family) => {
    const faults: FaultPlan[] = [];
    for (let count = choose.between(1, FAULTS_MAX); count > 0; count -= 1) faults.push(family(choose));
    return faults;
  });
}

export default {
  name: 'swarm',
  title: 'Each seed has a world, a workload, an operator and families of faults of its own.',
  world: drawWorld,
  workload: drawWorkload,
  operator: drawOperator,
  faults: drawFaults,
  safetyTicksMax: 300_000,
  ends: ['committed', 'none'],
  drivesTo: 'committed',
} satisfies Scenario;
