/** Holds the workload and the operator: what they ask for, of whom, and how they take an answer. */

import test from 'ava';

import type { Scenario } from '../../../scenarios/scenario.js';
import type { ApplicationIo } from '../../../sim/oracles/observation.js';
import { calm, inCluster, runToy } from './toy-world.js';

async function issued(workload: Scenario['workload'], seed = 1): Promise<ApplicationIo[]> {
  const ios: ApplicationIo[] = [];
  await runToy(
    { ...calm, operator: [{ wait: [60_000, 60_000] }], workload },
    { seed, observers: (world) => [{ applicationIssued: (io) => world.phase === 'safety' && ios.push(io) }] },
  );
  return ios;
}

const mixed: Scenario['workload'] = {
  depth: 4,
  thinkTicks: [10, 50],
  weights: { read: 1, write: 2, flush: 0.5, discard: 0.5, writeZeroes: 0.5 },
  blocksMax: 8,
  unalignedShare: 0.5,
  fuaShare: 0.3,
  nativeShare: 0.2,
  hotShare: 0.5,
};

test('world: workload: requests lie inside the disk, and fit a slot', async (t) => {
  const ios = await issued(mixed);
  t.true(ios.length > 300);
  for (const { operation, sector, count } of ios) {
    if (operation === 'flush') continue;
    t.true(count >= 1 && count <= 64 && sector >= 0 && sector + count <= 256, `${sector}+${count}`);
  }
});

test('world: workload: every kind comes up: unaligned, spanning, FUA, native by either identity, of every operation', async (t) => {
  const ios = await issued(mixed);
  t.is(new Set(ios.map(({ operation }) => operation)).size, 5);
  t.true(ios.some(({ sector, count }) => sector % 8 !== 0 && count % 8 !== 0));
  t.true(ios.some(({ operation, fua }) => operation === 'write' && fua));
  t.true(ios.some(({ operation, fua }) => operation === 'discard' && fua));
  t.true(ios.every(({ operation, fua }) => (operation !== 'read' && operation !== 'flush') || !fua));
  const natives = new Set(ios.flatMap(({ address, identity }) => (address === 'native' ? [identity] : [])));
  t.deepEqual([natives.size, natives.has(100), natives.has(101)], [2, true, true]);
  t.true(ios.every(({ address, identity }) => address === 'native' || identity === -1));
  t.true(ios.every(({ address, status }) => status === (address === 'native' ? 'denied' : 'ok')));
});

test('world: workload: numbers count up from 2, and at most `depth` are in flight', async (t) => {
  let inFlight = 0;
  let inFlightMax = 0;
  const numbers: number[] = [];
  await runToy(
    { ...calm, workload: mixed },
    {
      observers: (world) => [
        {
          applicationIssued: (io) => {
            numbers.push(io.io);
            if (world.phase !== 'safety') return;
            inFlight += 1;
            inFlightMax = Math.max(inFlightMax, inFlight);
          },
          applicationCompleted: () => (inFlight -= 1),
        },
      ],
    },
  );
  t.deepEqual(
    numbers,
    numbers.map((_, index) => index + 2),
  );
  t.is(inFlightMax, 4);
});

test('world: workload: weights of nothing mean no application', async (t) => {
  t.is((await issued({ depth: 3, thinkTicks: [1, 1], weights: {} })).length, 0);
});

interface Given {
  node: number;
  command: string;
  argument: number;
}

async function commands(operator: Scenario['operator'], extra: Partial<Scenario> = {}): Promise<Given[]> {
  const given: Given[] = [];
  const answered: number[] = [];
  const ids: number[] = [];
  const result = await runToy(
    { ...calm, operator, ...extra },
    {
      observers: () => [
        {
          commandIssued: (node, _disk, id, command, argument) => {
            ids.push(id);
            if (command !== 'query') given.push({ node, command, argument });
          },
          commandCompleted: (_node, _disk, id) => answered.push(id),
        },
      ],
    },
  );
  if (result.outcome.kind !== 'passed') throw new Error(JSON.stringify(result.outcome));
  if (new Set(ids).size !== ids.length) throw new Error('two commands with one id');
  if (answered.length !== ids.length) throw new Error(`${ids.length} commands, ${answered.length} answers`);
  return given;
}

const names = (given: Given[]): string[] => given.map(({ command }) => command);

test('world: operator: reaching a state issues the commands on the way, once each', async (t) => {
  t.deepEqual(names(await commands([{ reach: 'target-selected' }])), ['setup', 'sync', 'selectTarget']);
  t.deepEqual(names(await commands([{ reach: 'committed' }, { reach: 'none' }])), [
    'setup',
    'sync',
    'commit',
    'cleanup',
  ]);
  t.deepEqual(names(await commands([{ reach: 'syncing' }, { reach: 'setup' }])), ['setup', 'sync', 'abort']);
});

test('world: operator: setup names the target of its disk', async (t) => {
  const given = await commands([{ reach: 'setup', disk: 1 }], {
    world: { ...(calm.world as object), disks: 2 } as never,
  });
  t.deepEqual(given, [{ node: 0, command: 'setup', argument: 111 }]);
});

test('world: operator: after a crash the way is taken again from where the engine is', async (t) => {
  const given = await commands([{ reach: 'source-selected' }, { wait: [9_000, 9_000] }, { reach: 'source-selected' }], {
    faults: [{ kind: 'crash', node: 'host', at: { state: 'source-selected', ticks: [100, 100] }, restart: [500, 500] }],
  });
  t.deepEqual(names(given), ['setup', 'sync', 'setup', 'sync']);
});

test('world: operator: a single command is given once, also where it is refused, also to the wrong node', async (t) => {
  const given = await commands([{ command: 'commit' }, { command: 'setup', argument: 4_711, on: 'standby' }], {
    world: inCluster,
  });
  t.is(given.length, 2);
  t.deepEqual(names(given), ['commit', 'setup']);
  t.is(given[1]!.argument, 4_711);
  t.not(given[1]!.node, given[0]!.node);
});

test('world: operator: chaos gives as many commands as it says', async (t) => {
  const given: string[] = [];
  await runToy(
    { ...calm, world: inCluster, operator: [{ chaos: 30 }, { wait: [5_000, 5_000] }] },
    {
      observers: (world) => [
        { commandIssued: (_n, _d, _i, command) => world.phase === 'safety' && given.push(command) },
      ],
    },
  );
  t.is(given.length, 30);
  t.true(new Set(given).size > 5);
});

test('world: operator: waiting takes its time, whatever else happens', async (t) => {
  const { ticks } = await runToy({ ...calm, operator: [{ reach: 'syncing' }, { wait: [50_000, 50_000] }] });
  t.true(ticks > 50_000 && ticks < 60_000, String(ticks));
});

test('world: operator: a share that is copied, or a migration that is past syncing, ends the wait for it', async (t) => {
  const given = await commands([{ reach: 'syncing' }, { waitCopied: 0.5 }, { command: 'abort' }]);
  t.deepEqual(names(given), ['setup', 'sync', 'abort']);
});
