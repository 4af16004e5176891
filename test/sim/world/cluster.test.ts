/** Holds the cluster service: who runs what, failover beside an old host that still runs, planned moves, returns, standalone machines. */

import test from 'ava';

import type { FaultPlan, Scenario } from '../../../scenarios/scenario.js';
import type { ApplicationIo } from '../../../sim/oracles/observation.js';
import type { World } from '../../../sim/world/world.js';
import { calm, inCluster, runToy } from './toy-world.js';
import { TRICK_GIVE_UP } from './toy-engine.js';

const clustered: Scenario = { ...calm, world: inCluster, operator: [{ wait: [150_000, 150_000] }] };

/** What the cluster did, as words: `online 1`, `stop 1 crash`, … */
async function course(scenario: Scenario, seed = 1): Promise<{ words: string[]; ios: ApplicationIo[]; kind: string }> {
  const words: string[] = [];
  const ios: ApplicationIo[] = [];
  const result = await runToy(scenario, {
    seed,
    observers: (world: World) => [
      {
        onlineAsked: (node, disk) => words.push(`ask ${node} for ${disk}`),
        onlineAnswered: (node, disk, outcome) => words.push(`${outcome} ${disk} at ${node}`),
        nodeStopped: (node, _, cause) => words.push(`stop ${node} by ${cause}`),
        diskOffline: (node, disk, gaveUp) => words.push(`${gaveUp ? 'given up' : 'offline'} ${disk} at ${node}`),
        shutdownDone: (node) => words.push(`down ${node}`),
        applicationIssued: (io) => {
          ios.push(io);
          requireHost(world, io);
        },
      },
    ],
  });
  return { words, ios, kind: result.outcome.kind };
}

/** Only the host of a disk is given the application's requests, and a node that does not know that it is no host any more. */
function requireHost(world: World, io: ApplicationIo): void {
  if (world.cluster.hostOf(io.disk) !== io.node && !world.cluster.isStale(io.node, io.disk))
    throw new Error(`request ${io.io} at node ${io.node}, which is no host`);
}

const at = (tick: number): { ticks: readonly [number, number] } => ({ ticks: [tick, tick] });

test('world: cluster: a disk is brought online once, and served', async (t) => {
  const { words, ios, kind } = await course(clustered);
  t.is(words.length, 2);
  t.regex(words.join('; '), /^ask (\d) for 0; online 0 at \1$/);
  t.true(ios.length > 100);
  t.is(kind, 'passed');
});

test('world: cluster: the host crashes: another node, or the same again, takes over and serves', async (t) => {
  const successors = new Set<boolean>();
  for (let seed = 1; seed <= 8; seed += 1) {
    const fault: FaultPlan = { kind: 'crash', node: 'host', at: at(20_000), restart: [200_000, 200_000] };
    const { words, ios, kind } = await course({ ...clustered, faults: [fault] }, seed);
    const first = words[0]!.split(' ')[1];
    t.is(words[2], `stop ${first} by crash`);
    const second = words[3]!.split(' ')[1];
    successors.add(first === second);
    t.is(words[4], `online 0 at ${second}`);
    t.true(ios.some(({ node }) => String(node) === second));
    t.is(kind, 'passed');
  }
  t.deepEqual([...successors], [false]);
});

test('world: cluster: a host that only stalls loses its disk to another, and lets it go when it is heard again', async (t) => {
  const fault: FaultPlan = { kind: 'pause', node: 'host', at: at(20_000), ticks: [60_000, 60_000] };
  const { words, ios, kind } = await course({ ...clustered, faults: [fault] });
  const first = words[0]!.split(' ')[1];
  const second = words[2]!.split(' ')[1];
  t.not(first, second);
  t.deepEqual(words.slice(2, 5), [`ask ${second} for 0`, `online 0 at ${second}`, `offline 0 at ${first}`]);
  // Its application went on unawares, while the one that was started elsewhere was at work already.
  t.true(ios.some(({ node, issuedTick }) => String(node) === first && issuedTick >= 80_000));
  t.true(ios.some(({ node, issuedTick }) => String(node) === second && issuedTick < 80_000));
  t.is(kind, 'passed');
});

test('world: cluster: a host that cannot be heard goes on until it is; then it lets the disk go', async (t) => {
  const fault: FaultPlan = {
    kind: 'network',
    effect: 'partition',
    node: 'host',
    at: at(20_000),
    lasting: [60_000, 60_000],
  };
  const { words, ios, kind } = await course({ ...clustered, faults: [fault] });
  const first = words[0]!.split(' ')[1];
  const second = words[2]!.split(' ')[1];
  t.deepEqual(words.slice(2, 5), [`ask ${second} for 0`, `online 0 at ${second}`, `offline 0 at ${first}`]);
  const served = (node: string | undefined) =>
    ios.filter((io) => String(io.node) === node && io.issuedTick > 50_000 && io.issuedTick < 75_000);
  t.true(served(first).length > 0 && served(second).length > 0);
  t.is(kind, 'passed');
});

test('world: cluster: a short stall goes unnoticed, and nothing is lost', async (t) => {
  const fault: FaultPlan = { kind: 'pause', node: 'host', at: at(20_000), ticks: [8_000, 8_000] };
  const { words, ios, kind } = await course({ ...clustered, faults: [fault] });
  t.is(words.length, 2);
  t.true(ios.every(({ status }) => status === 'ok'));
  const inStall = ios.filter(({ issuedTick }) => issuedTick > 20_200 && issuedTick < 27_800);
  t.is(inStall.length, 0);
  t.is(kind, 'passed');
});

test('world: cluster: a planned move takes the disk offline first, then brings it online elsewhere', async (t) => {
  const workload = { depth: 0, thinkTicks: [1, 1] as const, weights: {} };
  const { words, kind } = await course({
    ...clustered,
    workload,
    operator: [{ wait: [5_000, 5_000] }, { move: true }],
  });
  const first = words[0]!.split(' ')[1]!;
  t.is(words[2], `offline 0 at ${first}`);
  t.notRegex(words[3]!, new RegExp(`ask ${first}`));
  t.is(words.length, 5);
  t.is(kind, 'passed');
});

test('world: cluster: a reboot shuts the host down, and it comes back', async (t) => {
  const { words, kind } = await course({
    ...clustered,
    operator: [{ wait: [5_000, 5_000] }, { reboot: [3_000, 3_000] }],
  });
  const first = words[0]!.split(' ')[1]!;
  t.deepEqual(words.slice(2, 4), [`down ${first}`, `stop ${first} by shutdown`]);
  t.regex(words[4]!, /^ask/);
  t.is(kind, 'passed');
});

test('world: cluster: an engine that gives its disk up does not keep it from being served', async (t) => {
  const { words, kind } = await course({
    ...clustered,
    operator: [{ command: 'throttle', argument: TRICK_GIVE_UP }, { wait: [50_000, 50_000] }],
  });
  const first = words[0]!.split(' ')[1]!;
  t.is(words[2], `given up 0 at ${first}`);
  t.true(words.slice(3).some((word) => word.startsWith('online 0')));
  t.is(kind, 'passed');
});

test('world: cluster: a standalone machine brings its disks online at every start', async (t) => {
  const fault: FaultPlan = { kind: 'crash', node: 'host', at: at(20_000), restart: [1_000, 1_000] };
  const { words, kind } = await course({
    ...clustered,
    world: { ...(calm.world as object), disks: 2 } as never,
    faults: [fault],
  });
  const start = ['ask 0 for 0', 'ask 0 for 1', 'online 0 at 0', 'online 1 at 0'];
  t.deepEqual(words.slice(0, 4).sort(), start);
  t.is(words[4], 'stop 0 by crash');
  t.deepEqual(words.slice(5).sort(), start);
  t.is(kind, 'passed');
});

test('world: cluster: a device that is mapped later has no port before', async (t) => {
  const seen: [number, boolean][] = [];
  await runToy(
    { ...clustered, world: { ...inCluster, targetMappedLater: [1, 40_000] } },
    {
      observers: (world) => [
        {
          requestServiced: ({ tick }) => {
            const ports = Array.from({ length: world.ports.portsCount }, (_, port) => world.ports.deviceAt(1, port));
            if (world.nodes.isUp[1] === true) seen.push([tick, ports.includes(1)]);
          },
        },
      ],
    },
  );
  t.true(seen.some(([tick]) => tick < 40_000) && seen.some(([tick]) => tick > 40_000));
  t.true(seen.every(([tick, isMapped]) => isMapped === tick >= 40_000));
});
