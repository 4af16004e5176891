/** Owns recoveries that never come to their end: a crash at a named step of one, and of the next, and of the other node's. */

import type { FaultPlan, Scenario } from '../scenario.js';
import { drawSituations, RECOVERIES } from '../situations.js';
import { crashAt, deviceFaultAt } from '../trouble.js';
import { mixed } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

const STATES = ['setup', 'syncing', 'source-selected', 'target-selected', 'committed'] as const;

export default {
  name: 'crash-in-recovery',
  title: 'Recovery crashes at a named step, is begun again, and crashes again, here or on another node.',
  world: (choose) => ({
    ...clusterOrStandalone(choose, 0.6),
    naming: choose.pick(['remap', 'change']),
    blocks: 32,
    regionBlocks: 2,
    targetUsed: choose.chance(0.3),
    metadataTears: choose.chance(0.5),
    dirtyLog: choose.chance(0.5),
  }),
  workload: { ...mixed, depth: 3 },
  operator: (choose) => [
    { reach: choose.pick(['setup', 'syncing', 'source-selected', 'target-selected']) },
    { wait: [200, 3_000] },
    ...(choose.chance(0.6) ? [{ reboot: [500, 5_000] } as const] : []),
    { reach: 'committed' },
    { wait: [500, 10_000] },
    { reach: 'none' },
    { wait: [500, 10_000] },
  ],
  faults: (choose, world) => {
    const situations = drawSituations(choose, world, RECOVERIES, choose.between(1, 2));
    const steps = situations.flatMap((situation) => situation.steps);
    const faults: FaultPlan[] = situations.flatMap(({ plot }) => [...(plot?.(choose) ?? [])]);
    if (choose.chance(0.5)) {
      const at = { state: choose.pick(STATES), ticks: [0, 4_000] as const };
      faults.push({ kind: 'crash', node: 'host', at, restart: [500, 20_000], power: choose.chance(0.5) });
    }
    for (let again = choose.between(3, 9); again > 0; again -= 1) {
      const crash = crashAt(choose, choose.pick(steps), choose.between(1, 2));
      faults.push(choose.chance(0.85) ? crash : { ...crash, node: 'standby' });
    }
    if (choose.chance(0.3)) faults.push(deviceFaultAt(choose, choose.pick(steps), 1));
    return faults;
  },
  safetyTicksMax: 4_000_000,
  ends: ['none'],
  drivesTo: 'none',
} satisfies Scenario;
