/** Owns two migrations side by side on one node: each with its own flags, faults and map, none touching the other's. */

import type { FaultPlan, OperatorStep, Scenario } from '../scenario.js';
import { mixed } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

export default {
  name: 'two-migrations',
  title: 'Two disks are migrated side by side; one is aborted, faulted or stopped while the other goes on.',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    disks: 2,
    blocks: 48,
    regionBlocks: 2,
  }),
  workload: { ...mixed, depth: 3 },
  operator: (choose) => {
    const first: OperatorStep[] = [{ reach: 'source-selected', disk: 0 }];
    const second: OperatorStep[] = [{ reach: choose.pick(['syncing', 'source-selected', 'target-selected']), disk: 1 }];
    const between: OperatorStep[] = [];
    if (choose.chance(0.6)) between.push({ command: 'abort', disk: choose.integer(2) });
    if (choose.chance(0.5)) between.push({ wait: [500, 3_000] });
    if (choose.chance(0.4)) between.push({ reboot: [1_000, 5_000] });
    return [
      ...first,
      ...second,
      ...between,
      { reach: 'committed', disk: 0 },
      { reach: 'committed', disk: 1 },
      { wait: [500, 2_000] },
    ];
  },
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    const disk = choose.integer(2);
    if (choose.chance(0.4)) {
      faults.push({
        kind: 'device',
        device: 'target',
        disk,
        operation: 'write',
        effect: 'error',
        share: 0.2,
        persistent: true,
        at: { ticks: [0, 20_000] },
        lasting: [1_000, 8_000],
      });
    }
    if (choose.chance(0.6)) {
      faults.push({
        kind: 'crash',
        node: 'host',
        at: { ticks: [5_000, 60_000] },
        restart: [1_000, 10_000],
        power: choose.chance(0.5),
      });
    }
    return faults;
  },
  safetyTicksMax: 3_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;
