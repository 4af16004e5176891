/** Owns a cluster whose network fails: messages are late, lost, doubled and out of order, and nodes are cut off, one way or both, and back again. */

import type { FaultPlan, Scenario } from '../scenario.js';
import { mixed } from '../workloads.js';

export default {
  name: 'partition',
  title:
    'Nodes are cut off from each other and from the cluster service, one way or both; messages are late, lost or doubled.',
  world: (choose) => ({
    mode: 'cluster',
    nodes: choose.between(2, 4),
    naming: choose.pick(['remap', 'change']),
    blocks: 32,
    regionBlocks: 2,
  }),
  workload: { ...mixed, depth: 3, nativeShare: 0.1 },
  operator: (choose) => [
    { reach: choose.pick(['setup', 'syncing', 'source-selected', 'target-selected']) },
    { wait: [0, 10_000] },
    ...(choose.chance(0.3) ? [{ move: true } as const] : []),
    { reach: 'committed' },
    { wait: [0, 10_000] },
    ...(choose.chance(0.5) ? [{ reach: 'none' } as const] : []),
    { wait: [500, 5_000] },
  ],
  faults: (choose) => {
    const faults: FaultPlan[] = [];
    const at = () =>
      choose.chance(0.5)
        ? { ticks: [0, 60_000] as const }
        : {
            state: choose.pick(['setup', 'syncing', 'source-selected', 'target-selected', 'committed'] as const),
            ticks: [0, 5_000] as const,
          };
    for (let cuts = choose.between(0, 3); cuts > 0; cuts -= 1) {
      faults.push({
        kind: 'network',
        effect: 'partition',
        node: choose.pick(['host', 'host', 'standby'] as const),
        way: choose.pick(['from', 'to', 'both'] as const),
        at: at(),
        // Shorter and longer than the cluster's patience.
        lasting: choose.pick([
          [1_000, 15_000],
          [20_000, 150_000],
        ]),
      });
    }
    for (let ills = choose.between(0, 3); ills > 0; ills -= 1) {
      faults.push({
        kind: 'network',
        effect: choose.pick(['delay', 'loss', 'duplicate', 'reorder'] as const),
        node: choose.pick(['host', 'standby', 'any'] as const),
        way: choose.pick(['from', 'to', 'both'] as const),
        share: choose.pick([0.2, 0.5, 1]),
        at: at(),
        lasting: [5_000, 150_000],
      });
    }
    if (choose.chance(0.3)) {
      // What was said when the migration was set up is heard when it is committed, or over.
      faults.push({
        kind: 'network',
        effect: choose.pick(['delay', 'duplicate'] as const),
        node: 'any',
        share: choose.pick([0.3, 0.7]),
        at: { ticks: [0, 0] },
        lasting: [5_000, 20_000],
      });
    }
    if (choose.chance(0.3)) {
      const node = choose.pick(['host', 'standby'] as const);
      faults.push({ kind: 'crash', node, at: at(), restart: [2_000, 60_000], power: choose.chance(0.2) });
    }
    return faults;
  },
  safetyTicksMax: 4_000_000,
  ends: ['committed', 'none'],
  drivesTo: 'committed',
} satisfies Scenario;
