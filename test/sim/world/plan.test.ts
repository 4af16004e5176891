/** Holds how scenarios become plans, what devices they make, and what the fault atlas grants of their faults. */

import test from 'ava';

import type { FaultPlan, Scenario } from '../../../scenarios/scenario.js';
import { createDecisions } from '../../../sim/determinism/decisions.js';
import { FaultAtlas } from '../../../sim/world/faults/fault-atlas.js';
import { describeDevices } from '../../../sim/world/layout.js';
import { nextLeg } from '../../../sim/world/operator/routes.js';
import { drawPlan } from '../../../sim/world/plan.js';
import { calm, inCluster } from './toy-world.js';

const planOf = (scenario: Scenario, seed = 1) => drawPlan(scenario, createDecisions(scenario.name, seed));

test('world: plan: parts that are functions are drawn, each from a stream of its own', (t) => {
  const drawn: Scenario = {
    ...calm,
    world: (choose) => ({ mode: 'standalone', nodes: 1, blocks: choose.between(10, 1_000), regionBlocks: 2 }),
    faults: (choose) =>
      choose.chance(0.5) ? [] : [{ kind: 'pause', node: 'host', at: { ticks: [1, 1] }, ticks: [1, 1] }],
  };
  const sizes = new Set<number>();
  for (let seed = 1; seed <= 10; seed += 1) {
    const plan = planOf(drawn, seed);
    sizes.add(plan.diskSectors);
    t.is(plan.diskSectors, planOf({ ...drawn, faults: [] }, seed).diskSectors);
  }
  t.true(sizes.size > 5);
});

test('world: plan: what is drawn may look at the world that was drawn', (t) => {
  const { operator } = planOf({
    ...calm,
    world: (choose) => ({ mode: 'standalone', nodes: 1, blocks: choose.between(10, 1_000), regionBlocks: 2 }),
    operator: (_, { blocks }) => [{ wait: [blocks, blocks] }],
  });
  const { diskSectors } = planOf({
    ...calm,
    world: (choose) => ({ mode: 'standalone', nodes: 1, blocks: choose.between(10, 1_000), regionBlocks: 2 }),
  });
  t.deepEqual(operator, [{ wait: [diskSectors / 8, diskSectors / 8] }]);
});

test('world: plan: a world that cannot be is refused, with what was expected', (t) => {
  const withWorld =
    (world: Scenario['world']): (() => unknown) =>
    () =>
      planOf({ ...calm, world });
  t.throws(withWorld({ mode: 'standalone', nodes: 2, blocks: 8, regionBlocks: 1 }), {
    message: /expected 1 node in standalone mode, got 2/,
  });
  t.throws(withWorld({ mode: 'cluster', nodes: 9, blocks: 8, regionBlocks: 1 }), {
    message: /expected 1 to 8 nodes, got 9/,
  });
  t.throws(withWorld({ mode: 'cluster', nodes: 2, blocks: 0, regionBlocks: 1 }), { message: /at least 1 block/ });
});

test('world: plan: devices of a cluster and of a machine of its own', (t) => {
  const words = (world: Scenario['world']): string[] =>
    describeDevices(planOf({ ...calm, world })).map(
      ({ role, identity, disk, node, sizeSectors }) => `${role} ${identity} ${disk} ${node} ${sizeSectors}`,
    );
  t.deepEqual(words({ ...inCluster, nodes: 2, disks: 2, sectorsShort: 3, targetExtraBlocks: 1 }), [
    'source 100 0 -1 269',
    'target 101 0 -1 277',
    'shared 102 0 -1 16',
    'source 110 1 -1 269',
    'target 111 1 -1 277',
    'shared 112 1 -1 16',
    'acknowledgement 10 -1 -1 64',
    'local 20 -1 0 2048',
    'local 21 -1 1 2048',
  ]);
  t.deepEqual(words(calm.world), [
    'source 100 0 -1 272',
    'target 101 0 -1 272',
    'shared 102 0 -1 16',
    'local 20 -1 0 1024',
  ]);
});

test('world: plan: data devices may fail for good, metadata devices take no writes for good only where a run may stand still', (t) => {
  const device = { kind: 'device', effect: 'error', persistent: true } as const;
  const wishes: FaultPlan[] = [
    { ...device, device: 'target', operation: 'write' },
    { ...device, device: 'shared', operation: 'write' },
    { ...device, device: 'local', operation: 'flush' },
    { ...device, device: 'local', operation: 'read' },
  ];
  const atlas = new FaultAtlas();
  const granted = (): number[] => atlas.grantAll(wishes).map(([index]) => index);
  t.deepEqual(granted(), [0, 3]);
  atlas.reset('must be safe');
  t.deepEqual(granted(), [0, 1, 2, 3]);
});

test('world: plan: the atlas grants no fault of a weaker class than the scenario allows, and keeps the numbers of the others', (t) => {
  const gone: FaultPlan = { kind: 'device', device: 'source', operation: 'any', effect: 'gone' };
  const wishes = [{ ...gone, forever: true }, gone];
  const atlas = new FaultAtlas();
  t.deepEqual(
    atlas.grantAll(wishes).map(([index]) => index),
    [1],
  );
  atlas.reset('must be safe');
  t.is(atlas.grantAll(wishes).length, 2);
});

test('world: plan: a fault that no device knows is refused by name', (t) => {
  const atlas = new FaultAtlas();
  t.throws(() => atlas.grantAll([{ kind: 'device', device: 'source', operation: 'read', effect: 'full' }]), {
    message: /got source-read-full/,
  });
});

test('world: plan: the atlas bounds the crashes of a run', (t) => {
  const atlas = new FaultAtlas();
  let admitted = 0;
  for (let crash = 0; crash < 100; crash += 1) admitted += atlas.admitCrash() ? 1 : 0;
  t.is(admitted, 16);
  atlas.reset('must survive');
  t.true(atlas.admitCrash());
});

test('world: plan: every goal is reached from every state, or known to be out of reach', (t) => {
  const after: Record<string, string> = {
    setup: 'setup',
    sync: 'syncing',
    wait: 'source-selected',
    selectTarget: 'target-selected',
    selectSource: 'source-selected',
    commit: 'committed',
    abort: 'setup',
    cleanup: 'none',
  };
  const states = ['none', 'setup', 'syncing', 'source-selected', 'target-selected', 'committed'] as const;
  for (const goal of states) {
    for (const start of states) {
      let state: (typeof states)[number] = start;
      let legs = 0;
      for (let leg = nextLeg(goal, state); leg !== 'arrived' && leg !== 'closed'; leg = nextLeg(goal, state)) {
        state = after[leg] as typeof state;
        legs += 1;
        t.true(legs < 6, `${start} to ${goal}`);
      }
      t.is(nextLeg(goal, state) === 'closed', start === 'committed' && goal !== 'committed' && goal !== 'none');
    }
  }
});
