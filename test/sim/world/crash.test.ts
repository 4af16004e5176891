/** Holds what a crash takes with it, and what it leaves: heap, requests in flight, caches, the medium. */

import test from 'ava';

import type { FaultPlan, Scenario } from '../../../scenarios/scenario.js';
import type { ApplicationIo, ServicedRequest } from '../../../sim/oracles/observation.js';
import type { World } from '../../../sim/world/world.js';
import { calm, inCluster, runToy } from './toy-world.js';

/** Writes and nothing else, so that something is always in the cache. */
const writing: Scenario = {
  ...calm,
  workload: { depth: 3, thinkTicks: [20, 200], weights: { write: 1 }, blocksMax: 4 },
};

const crash = (extra: Partial<FaultPlan & { kind: 'crash' }> = {}): FaultPlan => ({
  kind: 'crash',
  node: 'host',
  at: { ticks: [6_000, 6_000] },
  restart: [500, 500],
  ...extra,
});

const ascending = (a: number, b: number): number => a - b;

const unflushed = ({ devices }: World): number => devices.devices[0]!.unflushedSectorsCount;

test('world: crash: the heap is gone, and what was in flight is lost', async (t) => {
  const lost: ApplicationIo[] = [];
  const starts: number[] = [];
  const issued: ApplicationIo[] = [];
  const result = await runToy(
    { ...calm, operator: [{ reach: 'setup' }, { wait: [9_000, 9_000] }], faults: [crash()] },
    {
      observers: () => [
        {
          applicationIssued: (io) => issued.push(io),
          nodeStarted: (_, generation) => starts.push(generation),
          nodeStopped: () => lost.push(...issued.filter(({ status }) => status === 'lost')),
        },
      ],
    },
  );
  t.deepEqual(result.outcome, { kind: 'passed', states: ['none'] });
  t.deepEqual(starts, [1, 2]);
  t.true(lost.length > 0 && lost.length <= 3);
  t.true(issued.every(({ status }) => status !== 'pending'));
});

test('world: crash: of its node alone, devices keep their caches; with the power of the site they do not', async (t) => {
  const left: Record<string, number[]> = { crash: [], power: [] };
  for (const power of [false, true]) {
    for (let seed = 1; seed <= 6; seed += 1) {
      await runToy(
        { ...writing, faults: [crash({ power })] },
        {
          seed,
          observers: (world) => [
            {
              nodeStarted: (_, generation) =>
                generation === 2 && left[power ? 'power' : 'crash']!.push(unflushed(world)),
            },
          ],
        },
      );
    }
  }
  t.true(
    left['crash']!.every((count) => count > 0),
    String(left['crash']),
  );
  t.true(
    left['power']!.every((count) => count === 0),
    String(left['power']),
  );
});

test('world: crash: a power loss keeps some of what was not flushed, and loses some', async (t) => {
  const kept = { old: 0, new: 0 };
  let mixedCount = 0;
  for (let seed = 1; seed <= 20; seed += 1) {
    let before: number[] = [];
    const stamps = (world: World): number[] =>
      Array.from({ length: 256 }, (_, sector) => world.devices.devices[0]!.lineage('volatile', 16 + sector));
    await runToy(
      { ...writing, faults: [crash({ power: true })] },
      {
        seed,
        observers: (world) => [
          {
            nodeStopped: (_node, _generation, cause) => cause === 'power' && (before = stamps(world)),
            nodeStarted: (_, generation) => {
              if (generation !== 2) return;
              const keptBefore = { ...kept };
              stamps(world).forEach((id, sector) => {
                if (before[sector]! > 1) kept[id === before[sector] ? 'new' : 'old'] += 1;
              });
              if (kept.old > keptBefore.old && kept.new > keptBefore.new) mixedCount += 1;
            },
          },
        ],
      },
    );
  }
  t.true(kept.old > 100 && kept.new > 100, JSON.stringify(kept));
  // Of one loss too, not only of many.
  t.true(mixedCount > 3, String(mixedCount));
});

const atStep = (position: 'before' | 'during' | 'after', step = 'setup.metadata.write'): Scenario => ({
  ...calm,
  faults: [crash({ node: 'stepping', at: { step: step as never, position } })],
});

async function crashesAt(
  scenario: Scenario,
): Promise<{ marks: string[]; requests: ServicedRequest[]; landed: number }> {
  const marks: string[] = [];
  const requests: ServicedRequest[] = [];
  let landed = 0;
  await runToy(scenario, {
    observers: ({ devices }) => [
      {
        requestServiced: (request) => request.step !== undefined && requests.push({ ...request }),
        crashedAtStep: (node, step, position, inRecovery) => marks.push(`${node} ${step} ${position} ${inRecovery}`),
        nodeStopped: () => {
          const id = requests.find(({ step }) => step === 'setup.metadata.write')!.operationId;
          for (const sector of [0, 1]) landed += devices.devices[2]!.lineage('volatile', sector) === id ? 1 : 0;
        },
      },
    ],
  });
  return { marks, requests, landed };
}

test('world: crash: before a step, its request never reaches the device', async (t) => {
  const { marks, requests, landed } = await crashesAt(atStep('before'));
  t.deepEqual(marks, ['0 setup.metadata.write before false']);
  t.is(requests.find(({ step }) => step === 'setup.metadata.write')!.status, 'dropped');
  t.is(landed, 0);
});

test('world: crash: during a step, some of its sectors land and some do not', async (t) => {
  const landedCounts = new Set<number>();
  for (let seed = 1; seed <= 40; seed += 1) {
    const requests: ServicedRequest[] = [];
    await runToy(atStep('during'), {
      seed,
      observers: ({ devices }) => [
        {
          requestServiced: (request) => request.step === 'setup.metadata.write' && requests.push({ ...request }),
          nodeStopped: () => {
            const [{ operationId, status } = {} as ServicedRequest] = requests;
            const landed = [0, 1].filter(
              (sector) => devices.devices[2]!.lineage('volatile', sector) === operationId,
            ).length;
            t.is(status, landed === 0 ? 'dropped' : 'partial');
            landedCounts.add(landed);
          },
        },
      ],
    });
  }
  t.deepEqual([...landedCounts].sort(ascending), [0, 1]);
});

test('world: crash: after a step, all of it has landed', async (t) => {
  const { marks, requests, landed } = await crashesAt(atStep('after'));
  t.is(marks[0], '0 setup.metadata.write after false');
  t.is(requests.find(({ step }) => step === 'setup.metadata.write')!.status, 'ok');
  t.is(landed, 2);
});

test('world: crash: after a step the node dies before it hears of it, or right after', async (t) => {
  const nextSteps = new Set<boolean>();
  for (let seed = 1; seed <= 10; seed += 1) {
    let wentOn = false;
    let stopped = false;
    await runToy(atStep('after'), {
      seed,
      observers: () => [
        {
          requestServiced: ({ step, status }) => {
            if (!stopped && step === 'setup.metadata.flush') wentOn = true;
            if (!stopped && step === 'setup.metadata.flush') t.true(['dropped', 'partial', 'ok'].includes(status));
          },
          nodeStopped: () => (stopped = true),
        },
      ],
    });
    nextSteps.add(wentOn);
  }
  t.is(nextSteps.size, 2);
});

test('world: crash: a step of recovery counts as one, and the run goes on after it', async (t) => {
  const scenario: Scenario = {
    ...calm,
    world: inCluster,
    faults: [
      crash(),
      crash({ node: 'stepping', at: { step: 'recovery.epoch.flush', position: 'during', occurrence: 2 } }),
    ],
  };
  const marks: string[] = [];
  const result = await runToy(scenario, {
    observers: () => [
      { crashedAtStep: (_, step, position, inRecovery) => marks.push(`${step} ${position} ${inRecovery}`) },
    ],
  });
  t.true(marks.includes('recovery.epoch.flush during true'));
  t.is(result.outcome.kind, 'passed', JSON.stringify(result.outcome));
});

test('world: crash: any step may be drawn, another for another seed', async (t) => {
  const steps = new Set<string>();
  for (let seed = 1; seed <= 12; seed += 1) {
    const scenario: Scenario = {
      ...calm,
      faults: [crash({ node: 'stepping', at: { step: 'any', occurrence: 1 + (seed % 6) } })],
    };
    await runToy(scenario, { seed, observers: () => [{ crashedAtStep: (_, step) => steps.add(step) }] });
  }
  t.true(steps.size >= 5, [...steps].join());
});

test('world: crash: torn sectors only where metadata devices are declared to tear', async (t) => {
  const torn = { data: 0, metadata: 0 };
  for (let seed = 1; seed <= 25; seed += 1) {
    await runToy(
      {
        ...calm,
        world: { ...(calm.world as object), metadataTears: true } as never,
        faults: [crash({ node: 'stepping', power: true, at: { step: 'setup.metadata.flush', position: 'before' } })],
      },
      {
        seed,
        observers: ({ devices }) => [
          {
            nodeStarted: (_, generation) => {
              if (generation !== 2) return;
              for (let sector = 0; sector < 16; sector += 1)
                torn.metadata += devices.devices[2]!.isTorn('durable', sector) ? 1 : 0;
              for (let sector = 0; sector < 256; sector += 1)
                torn.data += devices.devices[0]!.isTorn('durable', sector) ? 1 : 0;
            },
          },
        ],
      },
    );
  }
  t.is(torn.data, 0);
  t.true(torn.metadata > 0);
});
