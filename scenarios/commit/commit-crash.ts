/** Owns the heart of the matter: crashes at every named step of commit, and again at every named step of the recovery that follows. */

import type { FaultPlan, Scenario } from '../scenario.js';
import { COMMIT_STEPS, RECOVERY_STEPS } from '../steps.js';
import { mixed } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

export default {
  name: 'commit-crash',
  title: 'The node crashes at a named step of commit, and the recovery may crash too.',
  world: (choose) => ({
    ...clusterOrStandalone(choose),
    naming: choose.pick(['remap', 'change']),
    blocks: 48,
    regionBlocks: 2,
    allocatedShare: choose.pick([1, 0.5]),
  }),
  workload: mixed,
  operator: (choose) => [
    { reach: choose.pick(['source-selected', 'target-selected']) },
    { wait: [200, 3_000] },
    { reach: 'committed' },
    { wait: [2_000, 6_000] },
  ],
  faults: (choose) => {
    const power = choose.chance(0.5);
    const faults: FaultPlan[] = [];
    const isUnwritable = choose.chance(0.45);
    // Where a record cannot be written, as often as not nothing else happens until the node gives the disk up.
    if (!isUnwritable || choose.chance(0.5)) {
      const at = { step: choose.pick(COMMIT_STEPS) };
      faults.push({ kind: 'crash', node: 'stepping', at, restart: [500, 20_000], power });
    }
    if (isUnwritable) {
      // The flag, or what follows it, cannot be written for a while: it is settled, or the node gives the disk up and recovery decides.
      const device = choose.pick(['shared', 'shared', 'local'] as const);
      const operation = choose.pick(['write', 'flush'] as const);
      const state = choose.pick(['source-selected', 'target-selected'] as const);
      const at =
        device === 'shared'
          ? ({ step: 'commit.roll-forward-flag.write' } as const)
          : ({ state, ticks: [0, 3_000] } as const);
      faults.push({
        kind: 'device',
        device,
        operation,
        effect: 'error',
        share: 1,
        at,
        lasting: choose.pick([[2_000, 20_000] as const, [60_000, 120_000] as const, [60_000, 120_000] as const]),
      });
      // What was written and not flushed may still be there after a crash without a power cut: whoever went on without it has lost.
      if (choose.chance(0.5))
        faults.push({
          kind: 'crash',
          node: 'host',
          at: { state, ticks: [5_000, 100_000] },
          restart: [500, 10_000],
        });
    }
    if (choose.chance(0.25)) {
      // The target has lost what it had not flushed, and says so when it is flushed for the commit.
      faults.push({ kind: 'devicePower', devices: ['target'], at: { step: 'commit.target.flush' } });
    }
    for (let again = choose.integer(3); again > 0; again -= 1) {
      const step = choose.pick(RECOVERY_STEPS);
      const occurrence = choose.between(1, 3);
      faults.push({
        kind: 'crash',
        node: 'stepping',
        at: { step, occurrence },
        restart: [500, 10_000],
        power: choose.chance(0.5),
      });
    }
    return faults;
  },
  safetyTicksMax: 2_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;
