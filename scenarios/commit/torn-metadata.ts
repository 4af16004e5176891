/** Owns power cuts in the middle of metadata writes, on devices that tear within a sector. */

import type { FaultPlan, Scenario } from '../scenario.js';
import { CLEANUP_STEPS, COMMIT_STEPS, RECOVERY_STEPS, SETUP_STEPS, SHUTDOWN_STEPS } from '../steps.js';
import { mixed } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

const WRITES = [...SETUP_STEPS, ...COMMIT_STEPS, ...RECOVERY_STEPS, ...CLEANUP_STEPS, ...SHUTDOWN_STEPS].filter(
  (step) => step.endsWith('.write'),
);

export default {
  name: 'torn-metadata',
  title: 'Power fails while a record is being written, and the metadata devices tear it.',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    blocks: 32,
    regionBlocks: 2,
    metadataTears: true,
  }),
  workload: { ...mixed, depth: 3 },
  operator: (choose) => [
    { reach: 'source-selected' },
    ...(choose.chance(0.5) ? [{ reboot: [500, 3_000] } as const] : []),
    { reach: 'committed' },
    { reach: 'none' },
    { wait: [500, 2_000] },
  ],
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    for (let cuts = choose.between(1, 3); cuts > 0; cuts -= 1) {
      const at = {
        step: choose.pick(WRITES),
        position: choose.pick(['during', 'after'] as const),
        occurrence: choose.between(1, 2),
      };
      faults.push({ kind: 'crash', node: 'stepping', at, restart: [500, 5_000], power: choose.chance(0.8) });
    }
    return faults;
  },
  safetyTicksMax: 2_000_000,
  ends: ['none'],
  drivesTo: 'none',
} satisfies Scenario;
