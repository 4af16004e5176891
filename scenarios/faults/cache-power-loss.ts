/** Owns power losses of devices apart from their nodes: what a cache lost is brought back from the side that still has it, and never read. */

import type { Choose, DeviceRole, FaultPlan, OperatorStep, Scenario, Trigger } from '../scenario.js';
import { COMMIT_STEPS, SETUP_STEPS, SHUTDOWN_STEPS, WAY_BACK_STEPS } from '../steps.js';
import { mixed, mostlyReads, writeHeavy } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

const DOMAINS: readonly (readonly DeviceRole[])[] = [
  ['source'],
  ['source'],
  ['target'],
  ['target'],
  ['shared'],
  ['local'],
  ['source', 'target'],
  ['source', 'target', 'shared', 'local', 'acknowledgement'],
];
const STATES = ['setup', 'syncing', 'source-selected', 'target-selected', 'target-selected', 'committed'] as const;
const STEPS = [...SETUP_STEPS, ...WAY_BACK_STEPS, ...COMMIT_STEPS, ...SHUTDOWN_STEPS];

export default {
  name: 'cache-power-loss',
  title:
    'Devices lose power apart from their nodes, one at a time or together, in every state, around commit and on the way back.',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    naming: choose.pick(['remap', 'change']),
    blocks: 48,
    sectorsShort: choose.integer(8),
    regionBlocks: 2,
    targetUsed: choose.chance(0.5),
  }),
  workload: (choose) => choose.pick([writeHeavy, writeHeavy, mixed, mostlyReads]),
  operator: (choose) => {
    const steps: OperatorStep[] = [];
    for (let turn = choose.integer(3); turn > 0; turn -= 1) {
      steps.push({ reach: 'target-selected' }, { wait: [500, 4_000] });
      if (choose.chance(0.3)) steps.push({ reboot: [500, 3_000] });
      else if (choose.chance(0.4)) steps.push({ command: 'abort' }, { wait: [500, 2_000] });
      else steps.push({ reach: 'source-selected' }, { wait: [0, 2_000] });
    }
    return [
      ...steps,
      { reach: choose.pick(['source-selected', 'target-selected']) },
      { wait: [500, 3_000] },
      { reach: 'committed' },
      { wait: [500, 3_000] },
    ];
  },
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    for (let count = choose.between(1, 4); count > 0; count -= 1)
      faults.push({ kind: 'devicePower', devices: choose.pick(DOMAINS), at: moment(choose) });
    if (choose.chance(0.25)) {
      faults.push({
        kind: 'crash',
        node: 'host',
        at: moment(choose),
        restart: [500, 5_000],
        power: choose.chance(0.3),
      });
    }
    if (choose.chance(0.15)) {
      // What a source lost can be read back from the target, but not all of it.
      faults.push({
        kind: 'device',
        device: 'target',
        operation: choose.pick(['read', 'write']),
        effect: 'error',
        share: choose.pick([0.3, 1]),
        at: { state: 'target-selected', ticks: [0, 4_000] },
        lasting: [1_000, 6_000],
      });
    }
    return faults;
  },
  safetyTicksMax: 3_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;

function moment(choose: Choose): Trigger {
  return choose.chance(0.7)
    ? { state: choose.pick(STATES), ticks: [0, 4_000], occurrence: choose.between(1, 2) }
    : { step: choose.pick(STEPS), occurrence: choose.between(1, 2) };
}
