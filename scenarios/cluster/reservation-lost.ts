/** Owns devices that forget who has reserved them, against what they promise: the owner misses it at the reset, and the disk is taken anew. */

import type { Trigger } from '../fault.js';
import type { FaultPlan, Scenario } from '../scenario.js';
import { mixed } from '../workloads.js';

export default {
  name: 'reservation-lost',
  title:
    'A device is reset and has lost its reservation, or cannot be reserved for a while; the owner notices, and the disk is fenced again.',
  world: (choose) => ({
    mode: 'cluster',
    nodes: choose.between(2, 3),
    naming: choose.pick(['remap', 'change']),
    blocks: 32,
    regionBlocks: 2,
  }),
  workload: { ...mixed, depth: 3 },
  operator: (choose) => [
    { reach: choose.pick(['setup', 'syncing', 'source-selected', 'target-selected']) },
    { wait: [2_000, 10_000] },
    { reach: 'committed' },
    ...(choose.chance(0.5) ? [{ reach: 'none' } as const] : []),
    { wait: [2_000, 10_000] },
  ],
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    for (let losses = choose.between(1, 3); losses > 0; losses -= 1) {
      const device = choose.pick(['source', 'target', 'shared'] as const);
      const state = choose.pick(['setup', 'syncing', 'source-selected', 'target-selected', 'committed'] as const);
      faults.push({ kind: 'reservation', device, at: { state, ticks: [0, 6_000] } });
    }
    const isTargetDead = choose.chance(0.5);
    if (isTargetDead) {
      // The recovery that follows finds the target dead as a device, and leaves it out; or does not find it, and waits.
      const at = { step: 'recovery.target.preempt' } as const;
      const effect = choose.pick(['error', 'error', 'error', 'gone'] as const);
      faults.push({ kind: 'device', device: 'stepping', operation: 'any', effect, at, lasting: [3_000, 20_000] });
    }
    if (choose.chance(0.5))
      faults.push({
        kind: 'device',
        device: choose.pick(['source', 'target', 'shared'] as const),
        operation: 'reserve',
        effect: choose.pick(['error', 'slow', 'stuck'] as const),
        share: choose.pick([0.3, 1]),
        at: choose.chance(0.5) ? { ticks: [0, 30_000] } : { state: 'committed', ticks: [0, 1_000] },
        lasting: [5_000, 60_000],
      });
    // Not both: nobody can fence a target that is dead and comes back, against an owner that reads it and does not know that it lost the disk.
    if (!isTargetDead && choose.chance(0.7)) {
      const at: Trigger = choose.chance(0.5) ? { ticks: [5_000, 60_000] } : { state: 'committed', ticks: [0, 1_000] };
      faults.push({ kind: 'pause', node: 'host', at, ticks: [2_000, 60_000] });
    }
    return faults;
  },
  safetyTicksMax: 2_000_000,
  ends: ['committed', 'none'],
  drivesTo: 'committed',
} satisfies Scenario;
