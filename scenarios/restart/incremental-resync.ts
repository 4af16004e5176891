/** Owns synchronisations that copy only what may differ, by a dirty-region log: after crashes, faults of the target, aborts and clean stops. */

import type { Choose, FaultPlan, OperatorStep, Scenario, Trigger } from '../scenario.js';
import { troubleAtEach } from '../trouble.js';
import { careless, mixed, mostlyReads, writeHeavy } from '../workloads.js';

const STATES = ['setup', 'syncing', 'source-selected', 'source-selected', 'target-selected', 'committed'] as const;
const LOG_STEPS = ['sync.label.write', 'sync.label.flush', 'dirty-log.intent.write', 'dirty-log.clear.write'] as const;
const STEPS = [...LOG_STEPS, 'sync.error-flag.write', 'any'] as const;

export default {
  name: 'incremental-resync',
  title: 'With a dirty-region log a synchronisation after a crash, a fault or an abort copies only what may differ.',
  world: (choose) => ({
    mode: 'standalone',
    nodes: 1,
    naming: choose.pick(['remap', 'change']),
    blocks: choose.pick([48, 96]),
    sectorsShort: choose.integer(8),
    regionBlocks: 2,
    targetUsed: choose.chance(0.5),
    metadataTears: choose.chance(0.2),
    dirtyLog: true,
  }),
  workload: (choose) => ({
    ...choose.pick([mixed, writeHeavy, mostlyReads, careless]),
    hotShare: choose.pick([0.3, 0.9]),
  }),
  operator: (choose) => {
    const steps: OperatorStep[] = [];
    for (let turn = choose.between(1, 3); turn > 0; turn -= 1) {
      steps.push({ reach: choose.pick(['syncing', 'source-selected', 'target-selected']) }, { wait: [500, 5_000] });
      const detours: readonly OperatorStep[] = [{ command: 'abort' }, { reboot: [500, 3_000] }, { wait: [0, 1_000] }];
      steps.push(choose.pick(detours), { wait: [0, 3_000] });
    }
    return [...steps, { reach: 'committed' }, { wait: [500, 3_000] }];
  },
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    for (let count = choose.between(1, 3); count > 0; count -= 1) {
      faults.push({
        kind: 'crash',
        node: 'host',
        at: moment(choose),
        restart: [500, 5_000],
        power: choose.chance(0.6),
      });
    }
    if (choose.chance(0.4)) {
      faults.push({
        kind: 'device',
        device: 'target',
        operation: choose.pick(['write', 'write', 'flush']),
        effect: 'error',
        share: choose.pick([0.1, 1]),
        at: { state: choose.pick(['syncing', 'source-selected', 'target-selected']), ticks: [0, 4_000] },
        lasting: [500, 6_000],
      });
    }
    if (choose.chance(0.3)) {
      const devices = choose.pick([['source'], ['target'], ['local']] as const);
      faults.push({ kind: 'devicePower', devices, at: { state: choose.pick(STATES), ticks: [0, 4_000] } });
    }
    if (choose.chance(0.15)) {
      faults.push({
        kind: 'device',
        device: 'local',
        operation: 'write',
        effect: 'error',
        share: choose.pick([0.2, 1]),
        at: { state: choose.pick(STATES), ticks: [0, 4_000] },
        lasting: [500, 8_000],
      });
    }
    if (choose.chance(0.35)) faults.push(...troubleAtEach(choose, LOG_STEPS));
    if (choose.chance(0.1)) {
      // The source cannot be claimed, as far as anybody knows; what was to be written there may have landed all the same.
      faults.push({
        kind: 'device',
        device: 'stepping',
        operation: 'any',
        effect: 'error',
        at: { step: 'sync.label.write' },
        times: 40,
        lasting: [100_000, 300_000],
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
    ? { state: choose.pick(STATES), ticks: [0, 5_000], occurrence: choose.between(1, 2) }
    : { step: choose.pick(STEPS), occurrence: choose.between(1, 12) };
}
