/**
 * Owns devices that are gone and never come back, data or metadata, and metadata devices that take no more writes. Nobody can ask for progress then; but what is answered must be true, what
 * cannot be served must be an error, and nothing may be left without an answer.
 */

import type { DeviceRole } from '../fault.js';
import type { Choose, FaultPlan, Scenario } from '../scenario.js';
import { mixed } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

const ROLES: readonly DeviceRole[] = ['source', 'source', 'target', 'target', 'shared', 'local', 'acknowledgement'];
const METADATA = ['shared', 'local', 'acknowledgement'] as const;

/** Whoever takes the disk over can do without the device: without the source once the flag is set, without a dead target until then. */
function recoveryWithout(choose: Choose): FaultPlan[] {
  const isCommitted = choose.chance(0.5);
  const state = isCommitted ? 'committed' : choose.pick(['syncing', 'source-selected'] as const);
  const at = { state, ticks: [0, 3_000] } as const;
  const lost = isCommitted
    ? ({ device: 'source', effect: 'gone' } as const)
    : ({ device: 'target', effect: 'error' } as const);
  const restart = choose.pick([[500, 5_000] as const, [30_000, 80_000] as const]);
  return [
    { kind: 'device', ...lost, operation: 'any', forever: true, at },
    { kind: 'crash', node: 'host', at: { state, ticks: [200, 3_500] }, restart, power: choose.chance(0.3) },
  ];
}

export default {
  name: 'lost-for-good',
  title:
    'A device is gone, or takes no metadata any more, and never will; the migration may stand still, the application gets true answers or errors.',
  class: 'must be safe',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    blocks: 32,
    regionBlocks: 2,
    naming: choose.pick(['remap', 'change']),
  }),
  workload: { ...mixed, depth: 3 },
  operator: (choose) => [
    { reach: choose.pick(['syncing', 'source-selected', 'target-selected']) },
    { wait: [500, 8_000] },
    ...(choose.chance(0.3) ? [{ reboot: [500, 4_000] } as const] : []),
    { command: 'commit' },
    { wait: [2_000, 20_000] },
    { command: 'cleanup' },
    { wait: [2_000, 20_000] },
  ],
  faults: (choose) => {
    const states = ['setup', 'syncing', 'source-selected', 'target-selected', 'committed'] as const;
    const at = choose.chance(0.7)
      ? { state: choose.pick(states), ticks: [0, 4_000] as const }
      : { step: 'any' as const, occurrence: choose.between(1, 40) };
    if (choose.chance(0.4)) return recoveryWithout(choose);
    const gone = (): FaultPlan => ({
      kind: 'device',
      device: choose.pick(ROLES),
      operation: 'any',
      effect: 'gone',
      forever: true,
      at,
    });
    // Each place that a write fails at is bad from then on.
    const unwritable = (): FaultPlan => ({
      kind: 'device',
      device: choose.pick(METADATA),
      operation: 'write',
      effect: 'error',
      persistent: true,
      share: choose.pick([0.3, 1]),
      at,
      ...(choose.chance(0.6) ? { forever: true } : { lasting: [5_000, 100_000] }),
    });
    const faults: FaultPlan[] = [choose.chance(0.6) ? gone() : unwritable()];
    if (choose.chance(0.4)) {
      const power = choose.chance(0.3);
      const when = { state: choose.pick(states), ticks: [0, 10_000] as const };
      faults.push({ kind: 'crash', node: 'host', at: when, restart: [500, 20_000], power });
    }
    return faults;
  },
  safetyTicksMax: 300_000,
  ends: ['none', 'setup', 'syncing', 'source-selected', 'target-selected', 'committed'],
} satisfies Scenario;
