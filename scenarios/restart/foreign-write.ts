/** Owns a source that another host writes while the node is down: the generation on its label tells, and no map of before is trusted. */

import type { Step } from '../../engine/contract/vocabulary.js';
import type { FaultPlan, OperatorStep, Scenario } from '../scenario.js';
import { troubleAtEach } from '../trouble.js';
import { mixed, mostlyReads } from '../workloads.js';

const STATES = ['setup', 'syncing', 'source-selected', 'target-selected'] as const;
const DISTRUST_STEPS: readonly Step[] = [
  'recovery.label.write',
  'recovery.label.flush',
  'recovery.dirty-log.write',
  'recovery.dirty-log.flush',
];

export default {
  name: 'foreign-write',
  title: 'While the node is down another host writes the source: what was known of both sides is not true any more.',
  world: (choose) => ({
    mode: 'standalone',
    nodes: 1,
    blocks: 48,
    sectorsShort: choose.integer(8),
    regionBlocks: 2,
    targetUsed: choose.chance(0.5),
    dirtyLog: true,
  }),
  workload: (choose) => choose.pick([mixed, mostlyReads]),
  operator: (choose) => {
    const steps: OperatorStep[] = [{ reach: 'source-selected' }, { wait: [2_000, 6_000] }];
    if (choose.chance(0.3)) steps.push({ command: 'abort' }, { wait: [500, 2_000] });
    else if (choose.chance(0.4)) steps.push({ reach: 'target-selected' }, { wait: [500, 2_000] });
    if (choose.chance(0.6)) steps.push({ reboot: [500, 3_000] });
    return [...steps, { wait: [500, 4_000] }, { reach: 'committed' }, { wait: [500, 2_000] }];
  },
  faults: (choose) => {
    const faults: FaultPlan[] = [{ kind: 'foreignWrite', at: { state: choose.pick(STATES), ticks: [0, 2_000] } }];
    if (choose.chance(0.3)) faults.push({ kind: 'foreignWrite', at: { ticks: [5_000, 60_000] } });
    for (let count = choose.integer(3); count > 0; count -= 1) {
      const at = { state: choose.pick(STATES), ticks: [500, 6_000] as const };
      faults.push({ kind: 'crash', node: 'host', at, restart: [500, 5_000], power: choose.chance(0.4) });
    }
    if (choose.chance(0.5)) {
      // The synchronisation that begins anew is cut short before its log says anything.
      const at = { state: 'syncing', ticks: [0, 500] as const, occurrence: choose.pick([2, 2, 3]) } as const;
      faults.push({ kind: 'crash', node: 'host', at, restart: [500, 5_000], power: choose.chance(0.2) });
    }
    if (choose.chance(0.3)) {
      // The node that has just come to distrust its map stops again, and its source is written once more.
      const at = { step: 'recovery.dirty-log.flush', position: 'after' } as const;
      faults.push(
        { kind: 'foreignWrite', at: { step: 'recovery.dirty-log.write' } },
        { kind: 'crash', node: 'stepping', at, restart: [500, 5_000], power: choose.chance(0.4) },
      );
    } else if (choose.chance(0.6)) faults.push(...troubleAtEach(choose, DISTRUST_STEPS));
    return faults;
  },
  safetyTicksMax: 3_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;
