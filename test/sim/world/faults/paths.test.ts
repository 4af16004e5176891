/** Holds what paths are and what their faults do: ports, losses told and untold, late landings, returns, longer ways, the last path, lineage. */

import test from 'ava';

import type { PathFaultPlan } from '../../../../scenarios/fault.js';
import type { Scenario, WorldPlan } from '../../../../scenarios/scenario.js';
import type { ServicedRequest } from '../../../../sim/oracles/observation.js';
import { sourceOf } from '../../../../sim/world/layout.js';
import { ViewOfWorld } from '../../../../sim/world/record/view.js';
import type { World } from '../../../../sim/world/world.js';
import { TRICK_PATIENT } from '../toy-engine.js';
import { calm, runToy, told } from '../toy-world.js';

const twoPaths: WorldPlan = { mode: 'standalone', nodes: 1, blocks: 32, regionBlocks: 2, paths: 2 };
const patient = { command: 'throttle', argument: TRICK_PATIENT } as const;

const pathFault = (effect: PathFaultPlan['effect'], extra: Partial<PathFaultPlan> = {}): PathFaultPlan => ({
  kind: 'path',
  effect,
  device: 'source',
  at: { ticks: [3_000, 3_000] },
  ...extra,
});

/** Everything serviced in the safety phase, by the path it came. */
async function seen(faults: readonly PathFaultPlan[], world: WorldPlan = twoPaths, seed = 1) {
  const requests: (ServicedRequest & { path: number; lostTick: number })[] = [];
  const fired: string[] = [];
  const scenario: Scenario = { ...calm, world, operator: [patient, { wait: [40_000, 40_000] }], faults };
  const result = await runToy(scenario, {
    seed,
    story: true,
    observers: (world: World) => [
      {
        requestServiced: (request) => {
          const { operationId: id } = request;
          const { log } = world;
          if (world.phase === 'safety') requests.push({ ...request, path: log.path[id]!, lostTick: log.lostTick[id]! });
        },
        faultFired: (kind) => fired.push(kind),
      },
    ],
  });
  return { requests, fired, result };
}

const onSource = ({ device, operation }: ServicedRequest): boolean =>
  device === sourceOf(0) && operation !== 'inquiry' && operation !== 'flush';

test('world: paths: each device hangs on as many ports as it has paths, and one path changes nothing', async (t) => {
  await runToy(
    { ...calm, world: { ...twoPaths, paths: 3 } },
    {
      observers: ({ ports }) => [
        {
          nodeStarted(node) {
            const places = Array.from({ length: ports.portsCount }, (_, port) => [
              ports.deviceAt(node, port),
              ports.pathAt(node, port),
            ]);
            for (const device of ports.attachable(node)) {
              const paths = places.flatMap(([at, path]) => (at === device ? [path] : []));
              t.deepEqual(
                [...paths].sort((a, b) => a! - b!),
                [0, 1, 2],
              );
            }
          },
        },
      ],
    },
  );
  const plain = await runToy({ ...calm, world: { ...twoPaths, paths: 1 } });
  const { paths: _, ...without } = twoPaths;
  t.is(plain.digest, (await runToy({ ...calm, world: without })).digest);
});

test('world: paths: on a lost path requests do not arrive, or their answers do not; the other path is well', async (t) => {
  for (const path of [0, 1]) {
    const { requests, fired, result } = await seen([pathFault('loss', { path, silent: false })]);
    t.is(result.outcome.kind, 'passed', JSON.stringify(result.outcome));
    const lost = requests.filter(({ lostTick }) => lostTick >= 0);
    t.true(lost.every((request) => request.path === path && request.tick >= 3_000));
    t.is(lost.length > 0, fired.length > 0);
    const well = requests.filter((request) => onSource(request) && request.lostTick < 0 && request.tick > 3_100);
    t.true(well.every((request) => request.path !== path));
  }
});

test('world: paths: the path of a step is lost as its request comes by it, and that is counted where the node is told', async (t) => {
  const step = 'setup.metadata.write';
  for (const silent of [false, true]) {
    const stepHits: string[] = [];
    const lost: (string | undefined)[] = [];
    const plan: PathFaultPlan = {
      kind: 'path',
      effect: 'loss',
      node: 'stepping',
      silent,
      at: { step },
      lasting: [500, 500],
    };
    await runToy(
      { ...calm, world: twoPaths, faults: [plan] },
      {
        observers: ({ log }) => [
          {
            requestServiced: (request) => log.lostTick[request.operationId]! >= 0 && lost.push(request.step),
            stepHit: (name, what) => stepHits.push(`${name} ${what}`),
          },
        ],
      },
    );
    t.is(lost[0], step);
    t.deepEqual([...new Set(stepHits)], silent ? [] : [`${step} path`]);
  }
});

test('world: paths: on a path with zombies a write lands after its node was told, unless it is aborted', async (t) => {
  const late: number[] = [];
  for (let seed = 1; seed <= 6; seed += 1) {
    const { requests } = await seen([pathFault('zombie', { silent: false })], twoPaths, seed);
    const landed = requests.filter(({ lostTick, status, tick }) => lostTick >= 0 && status === 'ok' && tick > lostTick);
    late.push(...landed.map(({ tick, lostTick }) => tick - lostTick));
    t.true(landed.every(({ operation }) => operation !== 'read' && operation !== 'flush'));
  }
  t.true(late.length > 2, `${late.length} landed late`);
  t.true(late.every((ticks) => ticks >= 200 && ticks <= 20_000));
});

test('world: paths: a node is told when a path is back, each time it flaps', async (t) => {
  const { requests, fired } = await seen([pathFault('flap', { lasting: [30_000, 30_000] })]);
  const inquiries = requests.filter(({ operation, tick, device }) => {
    return operation === 'inquiry' && tick > 3_000 && device === sourceOf(0);
  });
  t.true(inquiries.length >= 3, `${inquiries.length} inquiries`);
  t.true(fired.every((kind) => kind === 'path-flap'));
});

test('world: paths: a longer path delays what goes by it', async (t) => {
  const { requests, fired } = await seen([pathFault('reorder', { path: 0 }), pathFault('reorder', { path: 1 })]);
  t.true(fired.length > 10 && fired.every((kind) => kind === 'path-reorder'));
  t.true(requests.every(({ lostTick }) => lostTick < 0));
});

test('world: paths: the last path to a device is lost for a while only, and whoever looks is told that it was', async (t) => {
  const cutOff: number[] = [];
  const served: number[] = [];
  const scenario: Scenario = {
    ...calm,
    operator: [{ wait: [60_000, 60_000] }],
    faults: [pathFault('loss', { silent: false })],
  };
  const result = await runToy(scenario, {
    observers: (world) => [
      {
        requestServiced: (request) => {
          if (!onSource(request)) return;
          const view = new ViewOfWorld(world);
          if (request.tick > 3_000 && request.tick < 20_000) cutOff.push(view.faultedSince(0, request.tick) ? 1 : 0);
          if (request.status === 'ok' && request.tick > 24_000 && world.phase === 'safety') served.push(request.tick);
        },
      },
    ],
  });
  t.is(result.outcome.kind, 'passed', JSON.stringify(result.outcome));
  t.true(cutOff.length > 0 && cutOff.every((each) => each === 1));
  t.true(served.length > 0);
});

test('world: paths: a sector says by which path it came, and the story which path was lost', async (t) => {
  const sentences: string[] = [];
  const { result } = await seen([pathFault('zombie', { silent: false })]);
  t.true(
    told(result).some((line) =>
      /^fault: path-zombie of path \d from node 0 to the source of disk 0 begins$/.test(line),
    ),
  );
  await runToy(
    { ...calm, world: twoPaths },
    {
      observers: (world) => [
        {
          end: () => {
            const view = new ViewOfWorld(world);
            for (let sector = 0; sector < view.disksSectors[0]!; sector += 1)
              sentences.push(view.lineageSentence(0, 'volatile', 16 + sector));
          },
        },
      ],
    },
  );
  t.true(sentences.some((sentence) => /\(operation \d+ by path [01]\)/.test(sentence)));
});
