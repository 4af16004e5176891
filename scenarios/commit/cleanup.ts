/** Owns the end of a migration: nodes that were away, crashes in the middle of cleanup, a second migration after the first. */

import type { FaultPlan, OperatorStep, Scenario } from '../scenario.js';
import { CLEANUP_STEPS } from '../steps.js';
import { mixed } from '../workloads.js';

export default {
  name: 'cleanup',
  title: 'A committed migration is cleaned up while a node is away, or crashes in the middle of it.',
  world: (choose) => ({
    mode: 'cluster',
    nodes: choose.between(2, 4),
    naming: choose.pick(['remap', 'change']),
    blocks: 32,
    regionBlocks: 4,
  }),
  workload: { ...mixed, depth: 2 },
  operator: (choose) => {
    const abandoned: OperatorStep[] = choose.chance(0.2) ? [{ reach: 'setup' }, { reach: 'none' }] : [];
    const moved: OperatorStep[] = choose.chance(0.4) ? [{ move: true }] : [];
    return [
      ...abandoned,
      { reach: 'committed' },
      { wait: [0, 3_000] },
      { reach: 'none' },
      { wait: [500, 3_000] },
      ...moved,
      { wait: [500, 2_000] },
    ];
  },
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    if (choose.chance(0.5)) {
      faults.push({
        kind: 'crash',
        node: 'standby',
        at: { state: 'source-selected', ticks: [0, 6_000] },
        restart: [10_000, 120_000],
      });
    }
    if (choose.chance(0.7)) {
      const power = choose.chance(0.4);
      faults.push({
        kind: 'crash',
        node: 'stepping',
        at: { step: choose.pick(CLEANUP_STEPS) },
        restart: [500, 30_000],
        power,
      });
    }
    if (choose.chance(0.3)) {
      faults.push({
        kind: 'device',
        device: 'source',
        operation: 'write',
        effect: 'error',
        share: 1,
        persistent: true,
        at: { state: 'committed', ticks: [0, 100] },
      });
    }
    return faults;
  },
  safetyTicksMax: 2_000_000,
  ends: ['none'],
  drivesTo: 'none',
} satisfies Scenario;
