/** Holds that a run is its seed's alone: not its neighbour's, not its placement's, and of another fault's only from where it fires on. */

import test from 'ava';

import type { FaultPlan, Scenario } from '../../../scenarios/scenario.js';
import type { ApplicationIo } from '../../../sim/oracles/observation.js';
import { calm, inCluster, runIn, runToy, threadsWorld } from './toy-world.js';

const stormy: Scenario = {
  ...calm,
  world: inCluster,
  faults: [
    { kind: 'crash', node: 'host', at: { ticks: [4_000, 9_000] }, restart: [2_000, 9_000] },
    { kind: 'crash', node: 'stepping', at: { step: 'any', occurrence: 5 }, restart: [1_000, 2_000], power: true },
    { kind: 'pause', node: 'host', at: { state: 'source-selected', ticks: [0, 500] }, ticks: [10_000, 40_000] },
    { kind: 'device', device: 'source', operation: 'write', effect: 'error', share: 0.1 },
    { kind: 'device', device: 'shared', operation: 'write', effect: 'slow', share: 0.5 },
  ],
};

test('world: determinism: the same seed gives the same digest, whatever ran before', async (t) => {
  const first = await runToy(stormy, { seed: 7 });
  await runToy(calm, { seed: 3 });
  const again = await runToy(stormy, { seed: 7 });
  t.is(again.digest, first.digest);
  t.deepEqual(again.checkpoints, first.checkpoints);
  t.is(first.outcome.kind, 'passed', JSON.stringify(first.outcome));
});

test('world: determinism: another seed gives another digest', async (t) => {
  const digests = new Set<string>();
  for (let seed = 1; seed <= 10; seed += 1) digests.add((await runToy(stormy, { seed })).digest);
  t.is(digests.size, 10);
});

test('world: determinism: nodes in threads of their own give the digest of nodes inline', async (t) => {
  const world = await threadsWorld();
  t.teardown(() => world.placement.close());
  for (let seed = 1; seed <= 4; seed += 1) {
    const inline = await runToy(stormy, { seed });
    const threads = runIn(world, stormy, { seed });
    t.is(threads.digest, inline.digest, `seed ${seed}`);
    t.is(threads.events, inline.events);
  }
});

test('world: determinism: looking and telling leave the digest as it is', async (t) => {
  const silent = await runToy(stormy, { seed: 2 });
  const watched = await runToy(stormy, {
    seed: 2,
    story: true,
    observers: () => [{ requestServiced() {}, applicationCompleted() {}, nodeStopped() {} }],
  });
  t.is(watched.digest, silent.digest);
  t.true(watched.story.length > 10);
});

test('world: determinism: a fault that never fires leaves a seed as it was', async (t) => {
  const never: FaultPlan[] = [
    { kind: 'crash', node: 'host', at: { ticks: [390_000, 399_000] }, restart: [1, 1] },
    { kind: 'device', device: 'target', operation: 'read', effect: 'error', share: 0.5 },
    { kind: 'crash', node: 'stepping', at: { step: 'any', occurrence: 5_000 }, restart: [1, 1] },
  ];
  const plain = await runToy({ ...stormy, faults: stormy.faults as FaultPlan[] }, { seed: 5 });
  const more = await runToy({ ...stormy, faults: [...(stormy.faults as FaultPlan[]), ...never] }, { seed: 5 });
  t.is(more.digest, plain.digest);
});

test('world: determinism: until a fault fires the application does what it does without it', async (t) => {
  const issuedBy = async (faults: readonly FaultPlan[]): Promise<string[]> => {
    const issued: string[] = [];
    const write = (io: ApplicationIo): number =>
      issued.push(`${io.issuedTick} ${io.operation} ${io.sector}+${io.count}`);
    await runToy({ ...calm, faults }, { seed: 4, observers: () => [{ applicationIssued: write }] });
    return issued;
  };
  const without = await issuedBy([]);
  const withCrash = await issuedBy([
    { kind: 'crash', node: 'host', at: { ticks: [6_000, 6_000] }, restart: [100, 100] },
  ]);
  const before = (list: string[]): string[] => list.filter((line) => Number(line.split(' ')[0]) < 6_000);
  t.true(before(without).length > 30);
  t.deepEqual(before(withCrash), before(without));
  t.notDeepEqual(withCrash, without);
});

test('world: determinism: the toy engine has the digests it always had, on every machine', async (t) => {
  const digests: string[] = [];
  for (const [scenario, seed] of [
    [calm, 1],
    [stormy, 7],
  ] as const) {
    const { digest, events } = await runToy(scenario, { seed });
    digests.push(`${digest} ${events}`);
  }
  t.deepEqual(digests, ['c6a1e7dcd0c0e1bf 604', 'd4977ac95f9beb31 8157']);
});
