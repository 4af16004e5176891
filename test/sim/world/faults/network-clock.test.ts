/** Holds what becomes of messages while the network is at fault, and of timers and the time while a clock is. */

import test from 'ava';

import type { NetworkFaultPlan } from '../../../../scenarios/fault.js';
import type { Scenario } from '../../../../scenarios/scenario.js';
import { calm, inCluster, inlineWorld, runToy } from '../toy-world.js';

const talking: Scenario = { ...calm, world: inCluster, operator: [{ wait: [90_000, 90_000] }] };
const network = (effect: NetworkFaultPlan['effect'], extra: Partial<NetworkFaultPlan> = {}): NetworkFaultPlan => ({
  kind: 'network',
  effect,
  node: 'any',
  ...extra,
});

/** Messages that arrive while a node joins, as the toy engine says of each; and how often the fault hit. */
async function heard(
  fault: NetworkFaultPlan | undefined,
): Promise<{ messages: number; hits: number; arrivals: number[] }> {
  const arrivals: number[] = [];
  let hits = 0;
  await runToy(
    { ...talking, faults: fault === undefined ? [] : [fault] },
    {
      observers: (world) => [
        {
          // Once faults have stopped, whoever was cut off joins again.
          probe: (name) => world.phase === 'safety' && name === 'standby.rolled-forward' && arrivals.push(world.tick),
          faultFired: () => (hits += 1),
        },
      ],
    },
  );
  return { messages: arrivals.length, hits, arrivals };
}

test('world: faults: network: messages are lost, doubled, late, and cut off one way or both', async (t) => {
  const calmly = await heard(undefined);
  t.true(calmly.messages >= 6, String(calmly.messages));
  t.is((await heard(network('loss'))).messages, 0);
  // Who was cut off from the cluster service as well hears of the others when the partition is healed: as faults stop.
  t.true((await heard(network('partition'))).arrivals.every((tick) => tick > 90_000));
  const doubled = await heard(network('duplicate'));
  t.is(doubled.messages, 2 * doubled.hits);
  const late = await heard(network('delay'));
  t.is(late.messages, calmly.messages);
  t.true(Math.max(...late.arrivals) > Math.max(...calmly.arrivals));
  const some = await heard(network('loss', { share: 0.5 }));
  t.is(some.messages + some.hits, calmly.messages);
});

test('world: faults: network: a partition is one node’s, one way or both, and over when it is healed', async (t) => {
  for (const way of ['from', 'to', 'both'] as const) {
    const world = await inlineWorld();
    const cuts: boolean[][] = [];
    await runToy(
      {
        ...talking,
        faults: [
          network('partition', { node: 'host', way, at: { ticks: [40_000, 40_000] }, lasting: [10_000, 10_000] }),
        ],
      },
      {
        observers: ({ cluster, faults }) => [
          {
            requestServiced: ({ tick }) => {
              const host = cluster.carrierOf(0);
              const other = (host + 1) % 3;
              if (host >= 0 && (tick < 39_000 || tick > 41_000))
                cuts.push([
                  tick > 41_000 && tick < 49_000,
                  faults.network.isCut(host, other),
                  faults.network.isCut(other, host),
                ]);
            },
          },
        ],
      },
    );
    t.is(world.phase, 'sweep');
    const during = cuts.filter(([isDuring]) => isDuring);
    t.true(during.length > 0);
    for (const [, from, to] of during) t.deepEqual([from, to], [way !== 'to', way !== 'from']);
    t.deepEqual(cuts.at(-1), [false, false, false]);
  }
});

test('world: faults: clock: a jump moves pending timers, drift stretches them, and the time a node is told follows', async (t) => {
  const world = await inlineWorld();
  const dues = async (faults: Scenario['faults']): Promise<{ synced: number; ahead: number }> => {
    let began = 0;
    let synced = 0;
    await runToy(
      { ...calm, operator: [{ reach: 'syncing' }, { wait: [8_000, 8_000] }], faults },
      {
        observers: () => [
          {
            stateChanged: (_node, _disk, _from, to) => {
              if (to === 'syncing') began = world.tick;
              if (to === 'source-selected') synced = world.tick - began;
            },
          },
        ],
      },
    );
    return { synced, ahead: world.clocks.now(0) - world.tick };
  };
  const at = { state: 'syncing', ticks: [1_000, 1_000] } as const;
  t.deepEqual(await dues([]), { synced: 3_000, ahead: 0 });
  t.deepEqual(await dues([{ kind: 'clock', effect: 'jump', node: 'host', ticks: [500, 500], at }]), {
    synced: 2_500,
    ahead: 500,
  });
  t.deepEqual(await dues([{ kind: 'clock', effect: 'jump', node: 'host', ticks: [9_000, 9_000], at }]), {
    synced: 1_000,
    ahead: 9_000,
  });
  t.deepEqual(await dues([{ kind: 'clock', effect: 'jump', node: 'host', ticks: [-400, -400], at }]), {
    synced: 3_400,
    ahead: -400,
  });
  t.deepEqual(await dues([{ kind: 'clock', effect: 'skew', node: 'host', ticks: [77, 77], at }]), {
    synced: 3_000,
    ahead: 77,
  });
  const drifted = await dues([
    { kind: 'clock', effect: 'drift', node: 'host', rate: [500, 500], at, lasting: [100_000, 100_000] },
  ]);
  t.is(drifted.synced, 1_000 + 2 * 2_000);
  t.true(drifted.ahead < 0);
});
