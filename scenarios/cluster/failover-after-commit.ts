/** Owns a failover when the roll-forward flag is set: whoever takes over completes the commit and serves the target. */

import type { Scenario } from '../scenario.js';
import { COMMIT_STEPS } from '../steps.js';
import { mixed } from '../workloads.js';

export default {
  name: 'failover-after-commit',
  title: 'The migration node dies at or after commit; a failover node serves the target, and the source stays denied.',
  world: (choose) => ({
    mode: 'cluster',
    nodes: choose.between(3, 4),
    naming: choose.pick(['remap', 'change']),
    blocks: 48,
    regionBlocks: 4,
  }),
  workload: { ...mixed, nativeShare: 0.15 },
  operator: (choose) => [
    { reach: choose.pick(['source-selected', 'target-selected']) },
    { reach: 'committed' },
    { wait: [5_000, 40_000] },
  ],
  faults: (choose) => {
    const steps = COMMIT_STEPS.filter(
      (step) => step !== 'commit.target.flush' && step !== 'commit.roll-forward-flag.write',
    );
    const at = choose.chance(0.7)
      ? { step: choose.pick(steps) }
      : { state: 'committed' as const, ticks: [0, 10_000] as const };
    const first = { kind: 'crash', node: 'step' in at ? 'stepping' : 'host', at, restart: [5_000, 80_000] } as const;
    const second = {
      kind: 'crash',
      node: 'host',
      at: { ticks: [20_000, 80_000] },
      restart: [5_000, 80_000],
      power: choose.chance(0.3),
    } as const;
    return choose.chance(0.4) ? [first, second] : [first];
  },
  safetyTicksMax: 2_000_000,
  ends: ['committed'],
  drivesTo: 'committed',
} satisfies Scenario;
