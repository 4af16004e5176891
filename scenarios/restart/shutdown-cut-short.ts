/**
 * Owns shutdowns that do not come to their end, or come to it badly: a crash at each named step between the last I/O and the cleared error flag, flushes
 * that fail there, a source that is lost while the disk is being stopped.
 */

import type { FaultPlan, Scenario } from '../scenario.js';
import { SHUTDOWN_STEPS } from '../steps.js';
import { writeHeavy } from '../workloads.js';

export default {
  name: 'shutdown-cut-short',
  title: 'A clean shutdown is cut short at one of its steps; only a finished one may be believed.',
  world: (choose) => ({
    mode: 'standalone',
    nodes: 1,
    disks: choose.between(1, 2),
    blocks: 48,
    regionBlocks: 2,
    targetUsed: choose.chance(0.5),
  }),
  workload: { ...writeHeavy, depth: 4 },
  operator: (choose) => [
    { reach: choose.pick(['syncing', 'source-selected', 'target-selected', 'target-selected']) },
    { wait: [500, 3_000] },
    { reboot: [500, 5_000] },
    { reach: choose.pick(['source-selected', 'target-selected']) },
    { reboot: [500, 5_000] },
    { reach: 'committed' },
    { wait: [1_000, 3_000] },
  ],
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    const trouble = choose.pick(['none', 'none', 'flush', 'stop-flush', 'stop-flush', 'source'] as const);
    // Trouble of a device shows in what the stop leaves behind: as often as not it comes to its end.
    if (trouble === 'none' || choose.chance(0.5)) {
      const at = { step: choose.pick(SHUTDOWN_STEPS), occurrence: choose.between(1, 2) };
      faults.push({ kind: 'crash', node: 'stepping', at, restart: [500, 5_000], power: choose.chance(0.6) });
    }
    switch (trouble) {
      case 'flush':
        faults.push({
          kind: 'device',
          device: choose.pick(['source', 'target'] as const),
          operation: 'flush',
          effect: 'error',
          share: choose.pick([0.7, 1]),
          at: { ticks: [0, 20_000] },
          lasting: [5_000, 40_000],
        });
        break;
      case 'stop-flush': {
        // The very flush that the stop relies on.
        const step = choose.pick(['shutdown.source.flush', 'shutdown.target.flush'] as const);
        const at = { step, occurrence: choose.between(1, 2) };
        faults.push({
          kind: 'device',
          device: 'stepping',
          operation: 'any',
          effect: 'error',
          at,
          lasting: [3_000, 9_000],
        });
        break;
      }
      case 'source':
        // Lost while the disk is being stopped, with what is on its way there.
        faults.push({
          kind: 'device',
          device: 'source',
          operation: 'write',
          effect: choose.pick(['error', 'slow'] as const),
          share: choose.pick([0.3, 1]),
          persistent: true,
          at: { state: 'target-selected', ticks: [0, 3_000], occurrence: choose.between(1, 2) },
          lasting: [2_000, 6_000],
        });
        break;
      case 'none':
        break;
    }
    return faults;
  },
  safetyTicksMax: 2_000_000,
  ends: ['setup', 'none', 'committed'],
} satisfies Scenario;
