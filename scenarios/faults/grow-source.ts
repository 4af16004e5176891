/** Owns sources that grow during a migration: what is new is copied before the commit, or there is none; it is never cut off. */

import type { Choose, FaultPlan, OperatorStep, Scenario, Trigger } from '../scenario.js';
import { mixed, writeHeavy } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

const STATES = ['none', 'setup', 'syncing', 'syncing', 'source-selected', 'target-selected', 'committed'] as const;

export default {
  name: 'grow-source',
  title:
    'The source grows in every state; the application uses what is new; where the target has no room the migration is not committed.',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    naming: choose.pick(['remap', 'change']),
    blocks: choose.pick([40, 40, 12, 12]),
    sectorsShort: choose.integer(8),
    // Of few large regions the last, which grows, is seldom at rest.
    regionBlocks: choose.pick([2, 2, 8, 8]),
    // Now and then there is room for the first growth only, or for none.
    targetExtraBlocks: choose.pick([0, 0, 20, 40, 40, 40, 40]),
    targetUsed: choose.chance(0.7),
  }),
  workload: (choose) => choose.pick([mixed, writeHeavy]),
  operator: (choose) => {
    const steps: OperatorStep[] = [];
    if (choose.chance(0.4)) steps.push({ reach: 'setup' }, { wait: [0, 2_000] });
    steps.push({ reach: 'syncing' });
    if (choose.chance(0.4)) steps.push({ command: 'throttle', argument: choose.between(200, 800) });
    steps.push({ reach: choose.pick(['source-selected', 'target-selected']) }, { wait: [500, 3_000] });
    const detours: readonly OperatorStep[] = [
      { reboot: [500, 3_000] },
      { reach: choose.pick(['source-selected', 'target-selected']) },
      { wait: [0, 1_000] },
    ];
    steps.push(choose.pick(detours), { wait: [0, 2_000] });
    return [...steps, { reach: 'committed' }, { wait: [500, 3_000] }];
  },
  faults: (choose) => {
    const faults: FaultPlan[] = [{ kind: 'grow', blocks: choose.between(1, 16), at: moment(choose) }];
    if (choose.chance(0.4)) faults.push({ kind: 'grow', blocks: choose.between(1, 16), at: moment(choose) });
    if (choose.chance(0.5)) {
      // What is written keeps its range for long, and copies wait for it.
      faults.push({
        kind: 'device',
        device: choose.pick(['source', 'target'] as const),
        operation: 'write',
        effect: 'late',
        share: 0.7,
        at: { state: 'setup', ticks: [0, 0] },
        lasting: [2_000, 8_000],
      });
    }
    if (choose.chance(0.25)) {
      faults.push({
        kind: 'crash',
        node: 'host',
        at: moment(choose),
        restart: [500, 5_000],
        power: choose.chance(0.4),
      });
    }
    return faults;
  },
  safetyTicksMax: 3_000_000,
  ends: ['committed', 'setup', 'source-selected', 'target-selected'],
  drivesTo: 'committed',
} satisfies Scenario;

function moment(choose: Choose): Trigger {
  // As the first copies wait for their ranges.
  if (choose.chance(0.25)) return { state: 'syncing', ticks: [0, 500] };
  return choose.chance(0.8)
    ? { state: choose.pick(STATES), ticks: [0, 3_000] }
    : { step: choose.pick(['sync.target.flush', 'commit.target.flush', 'select-source.source.flush']) };
}
