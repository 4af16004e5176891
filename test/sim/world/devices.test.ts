/** Holds what becomes of device requests: service, errors, delay, cancels, unit attentions, ports dealt anew, lineage in words. */

import test from 'ava';

import type { FaultPlan } from '../../../scenarios/scenario.js';
import type { ServicedRequest } from '../../../sim/oracles/observation.js';
import { sourceOf } from '../../../sim/world/layout.js';
import { ViewOfWorld } from '../../../sim/world/record/view.js';
import { calm, runToy } from './toy-world.js';
import { TRICK_BEYOND, TRICK_PATIENT } from './toy-engine.js';

const ascending = (a: number, b: number): number => a - b;

/** What was serviced in a run with these faults. */
async function serviced(faults: readonly FaultPlan[], seed = 1): Promise<ServicedRequest[]> {
  const requests: ServicedRequest[] = [];
  await runToy(
    { ...calm, faults },
    {
      seed,
      observers: (world) => [
        { requestServiced: (request) => world.phase === 'safety' && requests.push({ ...request }) },
      ],
    },
  );
  return requests;
}

test('world: devices: a healthy run knows no status but ok', async (t) => {
  const requests = await serviced([]);
  t.deepEqual([...new Set(requests.map(({ status }) => status))], ['ok']);
  const operations = [...new Set(requests.map(({ operation }) => operation))].sort();
  t.deepEqual(operations, ['discard', 'flush', 'inquiry', 'read', 'write', 'writeZeroes']);
});

test('world: devices: operation ids are unique and name the node and its start', async (t) => {
  const requests = await serviced([
    { kind: 'crash', node: 'host', at: { ticks: [5_000, 5_000] }, restart: [100, 100] },
  ]);
  t.is(new Set(requests.map(({ operationId }) => operationId)).size, requests.length);
  t.deepEqual(new Set(requests.map(({ generation }) => generation)), new Set([1, 2]));
});

for (const [operation, shown] of [
  ['read', ['read']],
  ['write', ['write', 'discard', 'writeZeroes']],
  ['flush', ['flush']],
] as const) {
  test(`world: devices: injected errors of ${operation} hit that operation of that device alone`, async (t) => {
    const requests = await serviced([{ kind: 'device', device: 'source', operation, effect: 'error', share: 0.5 }]);
    const failed = requests.filter(({ status }) => status === 'error');
    t.true(failed.length > 3, `${failed.length} failed`);
    t.true(failed.every((request) => request.device === sourceOf(0) && shown.includes(request.operation as never)));
  });
}

test('world: devices: of a fault of the n-th request one request fails', async (t) => {
  const requests = await serviced([{ kind: 'device', device: 'source', operation: 'write', effect: 'error', nth: 3 }]);
  const writes = requests.filter(
    ({ operation, device }) => operation !== 'read' && operation !== 'flush' && operation !== 'inquiry' && device === 0,
  );
  t.deepEqual(
    writes.flatMap(({ status }, index) => (status === 'error' ? [index + 1] : [])),
    [3],
  );
});

test('world: devices: a fault of some blocks spares the others, and a persistent one repeats itself', async (t) => {
  const plan: FaultPlan = {
    kind: 'device',
    device: 'source',
    operation: 'read',
    effect: 'error',
    blocks: [4, 7],
    share: 0.3,
    persistent: true,
  };
  const requests = (await serviced([plan])).filter(({ operation, device }) => operation === 'read' && device === 0);
  const failed = requests.filter(({ status }) => status === 'error');
  t.true(failed.length > 0);
  t.true(failed.every(({ sector, count }) => sector < 16 + 64 && sector + count > 16 + 32));
  const [first] = failed;
  const later = requests.filter(
    ({ operationId, sector, count, tick }) =>
      operationId !== first!.operationId &&
      tick > first!.tick &&
      sector < first!.sector + first!.count &&
      sector + count > first!.sector,
  );
  t.true(later.length > 0);
  t.true(later.every(({ status }) => status === 'error'));
});

test('world: devices: a stuck request is held until it is cancelled, and then aborted', async (t) => {
  const fired: string[] = [];
  const probes: string[] = [];
  const requests: ServicedRequest[] = [];
  const stuck: FaultPlan = { kind: 'device', device: 'source', operation: 'write', effect: 'stuck', nth: 2 };
  const result = await runToy(
    { ...calm, operator: [{ wait: [90_000, 90_000] }], faults: [stuck] },
    {
      observers: () => [
        {
          faultFired: (kind) => fired.push(kind),
          probe: (name) => probes.push(name),
          requestServiced: (request) => requests.push({ ...request }),
        },
      ],
    },
  );
  t.is(result.outcome.kind, 'passed', JSON.stringify(result.outcome));
  t.deepEqual(fired, ['source-write-stuck']);
  t.deepEqual(probes, ['request.cancelled']);
  const aborted = requests.filter(({ status }) => status === 'aborted');
  t.is(aborted.length, 1);
  t.true(aborted[0]!.tick > 60_000);
});

test('world: devices: a stuck request that nobody cancels goes on when faults stop', async (t) => {
  const faults: FaultPlan[] = [
    { kind: 'device', device: 'source', operation: 'write', effect: 'stuck', share: 1, at: { ticks: [4_000, 4_000] } },
  ];
  const operator = [{ command: 'throttle' as const, argument: TRICK_PATIENT }, { wait: [90_000, 90_000] as const }];
  const result = await runToy({ ...calm, operator, faults });
  t.is(result.outcome.kind, 'passed', JSON.stringify(result.outcome));
});

test('world: devices: a slow request is late, not lost', async (t) => {
  const usual = await serviced([]);
  const slow = await serviced([{ kind: 'device', device: 'source', operation: 'read', effect: 'slow', share: 0.2 }]);
  t.true(slow.filter(({ operation }) => operation === 'read').length > 10);
  t.true(slow.at(-1)!.tick !== usual.at(-1)!.tick);
});

test('world: devices: after a power loss each device owes each node one unit attention, inquiries left out', async (t) => {
  const requests = await serviced([
    { kind: 'crash', node: 'host', at: { ticks: [5_000, 5_000] }, restart: [100, 100], power: true },
  ]);
  const after = requests.filter(({ generation }) => generation === 2);
  const attentions = after.filter(({ status }) => status === 'unitAttention');
  t.deepEqual(attentions.map(({ device }) => device).sort(ascending), [0, 2]);
  for (const { device, operationId } of attentions) {
    const first = after.find((request) => request.device === device && request.operation !== 'inquiry');
    t.is(first!.operationId, operationId);
  }
  t.true(after.filter(({ operation }) => operation === 'inquiry').every(({ status }) => status === 'ok'));
});

test('world: devices: an engine that asks for a sector behind the end leaves its device', async (t) => {
  const result = await runToy({ ...calm, operator: [{ command: 'throttle', argument: TRICK_BEYOND }] });
  t.like(result.outcome, { kind: 'failed', oracle: 'O8', signature: 'read outside the device' });
});

test('world: devices: ports are dealt anew at each boot, and every device has one', async (t) => {
  const deals: string[] = [];
  await runToy(
    {
      ...calm,
      faults: [5_000, 9_000, 13_000].map((tick) => ({
        kind: 'crash' as const,
        node: 'host' as const,
        at: { ticks: [tick, tick] as const },
        restart: [100, 100] as const,
      })),
      operator: [{ wait: [20_000, 20_000] }],
    },
    {
      observers: ({ ports }) => [
        {
          nodeStarted(node) {
            const dealt = Array.from({ length: ports.portsCount }, (_, port) => ports.deviceAt(node, port));
            t.deepEqual(dealt.filter((device) => device >= 0).sort(ascending), [0, 1, 2, 3]);
            deals.push(dealt.join());
          },
        },
      ],
    },
  );
  t.is(deals.length, 4);
  t.true(new Set(deals).size > 1);
});

test('world: devices: a sector says in words who wrote it, and what made it durable', async (t) => {
  const sentences = new Set<string>();
  await runToy(calm, {
    observers: (world) => [
      {
        end() {
          const view = new ViewOfWorld(world);
          for (let sector = 0; sector < view.disksSectors[0]!; sector += 1) {
            sentences.add(view.lineageSentence(0, 'volatile', 16 + sector).replace(/\d+/g, '#'));
          }
        },
      },
    ],
  });
  const holds = 'source of disk # holds there';
  t.true(sentences.has(`${holds} write # that node # made at #.# ms (operation #), made durable by flush #`));
});
