/** Holds what the effects of device faults do: lost and stuck requests, latent sectors, thin and unplugged devices, aims by node, count and step. */

import test from 'ava';

import type { DeviceFaultPlan } from '../../../../scenarios/fault.js';
import type { FaultPlan, Scenario } from '../../../../scenarios/scenario.js';
import type { ServicedRequest } from '../../../../sim/oracles/observation.js';
import type { World } from '../../../../sim/world/world.js';
import { TRICK_PATIENT } from '../toy-engine.js';
import { calm, inCluster, runToy } from '../toy-world.js';

const source = (extra: Partial<DeviceFaultPlan>): DeviceFaultPlan => ({
  kind: 'device',
  device: 'source',
  operation: 'read',
  effect: 'error',
  ...extra,
});

interface Seen {
  requests: ServicedRequest[];
  fired: string[];
  stepHits: string[];
  outcome: string;
}

async function seen(
  scenario: Scenario,
  seed = 1,
  each?: (world: World, request: ServicedRequest) => void,
): Promise<Seen> {
  const requests: ServicedRequest[] = [];
  const fired: string[] = [];
  const stepHits: string[] = [];
  const result = await runToy(scenario, {
    seed,
    observers: (world) => [
      {
        requestServiced: (request) => {
          if (world.phase === 'safety') requests.push({ ...request });
          each?.(world, request);
        },
        faultFired: (kind, where) => fired.push(`${kind} at ${where}`),
        stepHit: (step, what) => stepHits.push(`${step} ${what}`),
      },
    ],
  });
  return { requests, fired, stepHits, outcome: result.outcome.kind };
}

const withFaults = (...faults: FaultPlan[]): Scenario => ({ ...calm, faults });

test('world: faults: a stuck request goes on when faults stop, a lost one is only ever answered to whoever aborts it', async (t) => {
  const at = { ticks: [6_000, 6_000] as const };
  for (const effect of ['lost', 'stuck'] as const) {
    const fault = source({ effect, at, times: 1 });
    const patient = { command: 'throttle', argument: TRICK_PATIENT } as const;
    const waiting = await seen({ ...calm, operator: [patient, { wait: [9_000, 9_000] }], faults: [fault] });
    t.deepEqual(waiting.fired, [`source-read-${effect} at source of disk 0`]);
    t.is(waiting.outcome, effect === 'stuck' ? 'passed' : 'hung');
    const aborting = await seen({ ...calm, operator: [{ wait: [90_000, 90_000] }], faults: [fault] });
    t.is(aborting.requests.filter(({ status }) => status === 'aborted').length, 1);
    t.is(aborting.outcome, 'passed');
  }
});

test('world: faults: a latent sector fails reads until it is written again', async (t) => {
  const plan = source({ effect: 'latent', share: 0.2, at: { ticks: [1_000, 1_000] } });
  const { requests } = await seen(withFaults(plan), 3);
  const failed = requests.filter(({ status }) => status === 'error');
  t.true(failed.length > 3 && failed.every(({ operation }) => operation === 'read'), String(failed.length));
});

test('world: faults: a full device takes what it holds already, and nothing else', async (t) => {
  const scenario: Scenario = {
    ...withFaults(source({ operation: 'write', effect: 'full' })),
    world: { mode: 'standalone', nodes: 1, blocks: 32, regionBlocks: 2, allocatedShare: 0.5 },
  };
  let landedCount = 0;
  const { requests } = await seen(scenario, 1, ({ devices }, { status, operation, device, sector, operationId }) => {
    if (status === 'error' && operation === 'write' && device === 0)
      landedCount += devices.devices[0]!.lineage('volatile', sector) === operationId ? 1 : 0;
  });
  const writes = requests.filter(({ operation, device }) => operation === 'write' && device === 0);
  t.true(writes.some(({ status }) => status === 'error') && writes.some(({ status }) => status === 'ok'));
  t.is(landedCount, 0);
  t.true(requests.every(({ operation, status }) => operation !== 'discard' || status === 'ok'));
});

test('world: faults: an unplugged device answers nobody, and who asked who it is meanwhile is told when it is back', async (t) => {
  const gone = source({ operation: 'any', effect: 'gone', at: { ticks: [4_000, 4_000] }, lasting: [6_000, 6_000] });
  const crash = { kind: 'crash', node: 'host', at: { ticks: [5_000, 5_000] }, restart: [500, 500] } as const;
  const { requests, outcome } = await seen({ ...calm, operator: [{ wait: [20_000, 20_000] }], faults: [gone, crash] });
  const of = (from: number, to: number) =>
    requests.filter(({ device, tick }) => device === 0 && tick > from && tick < to);
  t.deepEqual([...new Set(of(4_000, 10_000).map(({ status }) => status))], ['missing']);
  t.true(of(10_000, 11_000).some(({ operation }) => operation === 'inquiry'));
  t.true(of(11_000, 20_000).some(({ status, operation }) => status === 'ok' && operation === 'write'));
  t.is(outcome, 'passed');
});

test('world: faults: after so many, so often, and of one node only', async (t) => {
  const after = await seen(withFaults(source({ operation: 'write', after: 5, times: 2 })));
  const writes = after.requests.filter(
    ({ device, operation }) => device === 0 && ['write', 'discard', 'writeZeroes'].includes(operation),
  );
  t.deepEqual(
    writes.flatMap(({ status }, index) => (status === 'error' ? [index + 1] : [])),
    [6, 7],
  );
  const shared = { device: 'shared', operation: 'any', effect: 'gone', at: { ticks: [3_000, 3_000] } } as const;
  for (const from of ['host', 'standby'] as const) {
    const hosts = new Set<boolean>();
    await runToy(
      { ...calm, world: inCluster, faults: [source({ ...shared, from, lasting: [30_000, 30_000] })] },
      {
        observers: ({ cluster }) => [
          { requestServiced: ({ status, node }) => status === 'missing' && hosts.add(node === cluster.carrierOf(0)) },
        ],
      },
    );
    t.false(hosts.has(from !== 'host'));
  }
});

test('world: faults: a device is at fault towards one path alone', async (t) => {
  const fired = new Set<string>();
  for (const path of [0, 1]) {
    const served: { status: string; by: number }[] = [];
    await runToy(
      {
        ...calm,
        world: { mode: 'standalone', nodes: 1, blocks: 32, regionBlocks: 2, paths: 2 },
        faults: [source({ operation: 'any', path, at: { ticks: [3_000, 3_000] } })],
      },
      {
        observers: ({ log }) => [
          {
            requestServiced: ({ device, status, operationId, tick }) => {
              if (device === 0 && tick > 3_000) served.push({ status, by: log.path[operationId]! });
            },
            faultFired: (kind, where) => fired.add(`${kind} at ${where}`),
          },
        ],
      },
    );
    t.true(served.length > 10 && served.every(({ status, by }) => status !== 'error' || by === path));
  }
  t.deepEqual([...fired], ['path-error at source of disk 0']);
});

test('world: faults: what is bad for good is bad when faults have stopped, where a run may stand still', async (t) => {
  const plan = source({ device: 'shared', operation: 'write', persistent: true, forever: true });
  const statuses = async (faultClass: NonNullable<Scenario['class']>) => {
    const seenInLiveness = new Set<string>();
    const fired = new Set<string>();
    await runToy(
      { ...calm, class: faultClass, operator: [], drivesTo: 'committed', faults: [plan] },
      {
        observers: (world) => [
          {
            requestServiced: ({ device, operation, status }) => {
              if (world.phase === 'liveness' && device === 2 && operation === 'write') seenInLiveness.add(status);
            },
            faultFired: (kind) => fired.add(kind),
          },
        ],
      },
    );
    return [[...seenInLiveness], [...fired]];
  };
  t.deepEqual(await statuses('must be safe'), [['error'], ['shared-write-persistent']]);
  t.deepEqual(await statuses('must survive'), [['ok'], []]);
});

test('world: faults: a fault of a step hits the requests of that step alone', async (t) => {
  const step = 'setup.metadata.flush';
  const plan = { ...source({ device: 'stepping', operation: 'any', at: { step }, times: 2 }) };
  const { requests, fired, stepHits } = await seen(withFaults(plan));
  t.deepEqual(fired, Array(2).fill('step-error at shared metadata device of disk 0'));
  t.deepEqual(stepHits, Array(2).fill(`${step} device`));
  t.deepEqual(
    requests.filter((request) => request.step === step).map(({ status }) => status),
    ['error', 'error', 'ok'],
  );
  // After the step: its first request is spared.
  const later = await seen(
    withFaults(
      source({ device: 'shared', operation: 'any', effect: 'gone', times: 1, at: { step, position: 'after' } }),
    ),
  );
  t.is(later.requests.find((request) => request.step === step)!.status, 'ok');
});

test('world: faults: a pause at a step begins before the node hears of it, or right after', async (t) => {
  const step = 'setup.metadata.write';
  for (const position of ['before', 'after'] as const) {
    const heard: boolean[] = [];
    const result = await runToy(
      { ...calm, faults: [{ kind: 'pause', node: 'stepping', at: { step, position }, ticks: [5_000, 5_000] }] },
      {
        observers: ({ requests, steps }) => [
          {
            nodePaused: () => {
              let isOpen = false;
              for (let row = 0; row < requests.rowsEnd; row += 1)
                isOpen ||= requests.rows[row]!.state !== 0 && steps.words[requests.rows[row]!.step] === step;
              heard.push(!isOpen);
            },
          },
        ],
      },
    );
    t.deepEqual(heard, [position === 'after']);
    t.is(result.outcome.kind, 'passed');
  }
});
