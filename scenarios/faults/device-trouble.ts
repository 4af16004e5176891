/** Owns devices that do everything but lie: requests fail, dawdle, hang and get lost, sectors go bad, space runs out, devices are unplugged. */

import type { DeviceFaultPlan } from '../fault.js';
import type { FaultPlan, Scenario } from '../scenario.js';
import { mixed, mostlyReads } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

const ROLES = ['source', 'target', 'shared', 'local', 'acknowledgement'] as const;
const DATA = ['source', 'target'] as const;

export default {
  name: 'device-trouble',
  title: 'Any device, data or metadata, fails, dawdles, loses requests, runs full or is unplugged for a while.',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    blocks: 32,
    regionBlocks: choose.pick([2, 2, 16]),
    allocatedShare: choose.pick([1, 0.5, 0.2]),
    targetUsed: choose.chance(0.2),
  }),
  workload: (choose) => ({ ...choose.pick([mixed, mixed, mostlyReads]), depth: 3 }),
  operator: (choose) => [
    { reach: choose.pick(['source-selected', 'target-selected']) },
    { wait: [500, 5_000] },
    ...(choose.chance(0.3) ? [{ reboot: [500, 4_000] } as const] : []),
    { reach: 'committed' },
    ...(choose.chance(0.3) ? [{ reach: 'none' } as const] : []),
    { wait: [500, 3_000] },
  ],
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    for (let count = choose.between(1, 3); count > 0; count -= 1) {
      const at: DeviceFaultPlan['at'] = choose.chance(0.5)
        ? { ticks: [0, 40_000] }
        : {
            state: choose.pick(['setup', 'syncing', 'source-selected', 'target-selected', 'committed']),
            ticks: [0, 3_000],
          };
      const device = choose.pick(ROLES);
      const base = { kind: 'device', device, at, lasting: [300, 20_000] } as const;
      switch (choose.integer(6)) {
        case 0:
        case 1: {
          const effect = choose.pick(['lost', 'error', 'slow', 'stuck'] as const);
          const operation = choose.pick(['read', 'write', 'flush'] as const);
          faults.push({
            ...base,
            operation,
            effect,
            share: choose.pick([0.1, 0.5, 1]),
            after: choose.integer(4),
            times: choose.between(1, 12),
          });
          break;
        }
        case 2:
          faults.push({ ...base, operation: 'read', effect: 'latent', share: 0.1 });
          break;
        case 3:
          faults.push({ ...base, device: choose.pick(DATA), operation: 'write', effect: 'full' });
          break;
        case 4: {
          if (choose.chance(0.5)) {
            // Whoever starts meanwhile does not see it, and goes on without knowing even its size.
            const node = choose.pick(['host', 'standby'] as const);
            faults.push({ kind: 'crash', node, at, restart: [200, 4_000] });
            faults.push({ ...base, operation: 'any', effect: 'gone', lasting: [5_000, 60_000] });
            break;
          }
          const from = choose.pick(['host', 'standby', undefined] as const);
          faults.push({ ...base, operation: 'any', effect: 'gone', ...(from === undefined ? {} : { from }) });
          break;
        }
        default: {
          const effect = choose.pick(['error', 'slow', 'stuck', 'lost'] as const);
          faults.push({
            ...base,
            device: 'source',
            operation: 'extent',
            effect,
            at: { ticks: [0, 0] },
            lasting: [10_000, 90_000],
          });
        }
      }
    }
    if (choose.chance(0.2)) {
      const power = choose.chance(0.5);
      faults.push({ kind: 'crash', node: 'host', at: { ticks: [2_000, 60_000] }, restart: [500, 5_000], power });
    }
    return faults;
  },
  safetyTicksMax: 4_000_000,
  ends: ['committed', 'none'],
  drivesTo: 'committed',
} satisfies Scenario;
