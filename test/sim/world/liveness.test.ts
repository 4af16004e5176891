/** Holds how runs end: at rest and swept, hung with a sentence that says who waits, or at the first violation. */

import test from 'ava';

import type { Scenario } from '../../../scenarios/scenario.js';
import type { ApplicationIo } from '../../../sim/oracles/observation.js';
import { calm, inCluster, runToy, told } from './toy-world.js';
import { TRICK_DEAF, TRICK_MUTE, TRICK_THROW } from './toy-engine.js';

const withTrick = (trick: number): Scenario => ({
  ...calm,
  operator: [{ reach: 'setup' }, { command: 'throttle', argument: trick }, { reach: 'committed' }],
});

test('world: liveness: a command without an answer is named', async (t) => {
  const { outcome } = await runToy(withTrick(TRICK_MUTE));
  t.is(outcome.kind, 'hung');
  if (outcome.kind === 'passed') return;
  t.regex(outcome.sentence, /disk 0 is online at node 0 in state setup/);
  t.regex(outcome.sentence, /command \d+ \(throttle of disk 0\) at node 0/);
  t.is(outcome.signature, 'hung: online in setup; commands: throttle; application: none');
});

test('world: liveness: application requests without an answer are named', async (t) => {
  const result = await runToy(withTrick(TRICK_DEAF), { story: true });
  const { outcome } = result;
  t.is(outcome.kind, 'hung');
  t.false(told(result).some((line) => line.includes('all is quiet')));
  if (outcome.kind === 'passed') return;
  t.regex(
    outcome.sentence,
    /(read|write|flush|discard|writeZeroes) \d+ of sectors \d+\+\d+ of disk 0 at node 0 since tick/,
  );
  t.notRegex(outcome.signature, /\d/);
});

test('world: liveness: an engine that throws is an invariant broken, by name', async (t) => {
  const { outcome } = await runToy(withTrick(TRICK_THROW));
  t.like(outcome, { kind: 'failed', oracle: 'invariant', signature: 'Error: the toy was told to throw # times' });
});

test('world: liveness: the run is driven to the state it has to reach', async (t) => {
  const { outcome } = await runToy({ ...calm, operator: [], drivesTo: 'target-selected' });
  t.deepEqual(outcome, { kind: 'passed', states: ['target-selected'] });
});

test('world: liveness: an end that the scenario does not allow is a failure', async (t) => {
  const { outcome } = await runToy({ ...calm, ends: ['setup'] });
  t.like(outcome, { kind: 'failed', oracle: 'scenario', signature: 'ended in state committed' });
});

test('world: liveness: faults stop, sleepers wake, nodes start, and only then the sweep begins', async (t) => {
  const result = await runToy(
    {
      ...calm,
      world: inCluster,
      safetyTicksMax: 60_000,
      operator: [{ wait: [500_000, 500_000] }],
      drivesTo: 'committed',
      faults: [
        { kind: 'crash', node: 'standby', at: { ticks: [50_000, 50_000] }, restart: [900_000_000, 900_000_000] },
        { kind: 'pause', node: 'host', at: { ticks: [50_000, 50_000] }, ticks: [900_000_000, 900_000_000] },
      ],
    },
    { story: true },
  );
  t.deepEqual(result.outcome, { kind: 'passed', states: ['committed'] });
  const lines = told(result);
  const ofWorld = lines.indexOf('world: all faults stop');
  t.true(ofWorld > 0);
  t.true(lines.some((line, index) => index > ofWorld && line.includes('wakes up')));
  t.true(lines.some((line, index) => index > ofWorld && line.includes('boots, for the 2nd time')));
  t.true(lines.indexOf('world: all is quiet; the application reads everything') > ofWorld);
  t.true(result.ticks < 1_000_000);
});

test('world: liveness: nothing fails any more once faults have stopped', async (t) => {
  const failed = { safety: 0, liveness: 0, sweep: 0 };
  const fired = { ...failed };
  await runToy(
    { ...calm, faults: [{ kind: 'device', device: 'source', operation: 'read', effect: 'error', share: 0.5 }] },
    {
      observers: (world) => [
        {
          requestServiced: ({ status }) => (failed[world.phase] += status === 'error' ? 1 : 0),
          faultFired: () => (fired[world.phase] += 1),
        },
      ],
    },
  );
  t.true(failed.safety > 5 && failed.safety === fired.safety);
  t.deepEqual([failed.liveness, failed.sweep, fired.liveness, fired.sweep], [0, 0, 0, 0]);
});

test('world: liveness: the sweep reads every sector of a small disk, once, at its host', async (t) => {
  const reads: ApplicationIo[] = [];
  let isSweeping = false;
  const sparse: Scenario = {
    ...calm,
    world: { mode: 'standalone', nodes: 1, blocks: 32, regionBlocks: 2, allocatedShare: 0.2 },
  };
  await runToy(sparse, {
    observers: (world) => [
      {
        applicationIssued(io) {
          isSweeping ||= world.phase === 'sweep';
          if (isSweeping) reads.push(io);
        },
      },
    ],
  });
  t.true(reads.every(({ operation, status }) => operation === 'read' && status === 'ok'));
  const sectors = reads.flatMap(({ sector, count }) => Array.from({ length: count }, (_, index) => sector + index));
  t.deepEqual(
    sectors.sort((a, b) => a - b),
    Array.from({ length: 256 }, (_, sector) => sector),
  );
});

test('world: liveness: of a huge disk only what holds data, or did, is read', async (t) => {
  const reads: ApplicationIo[] = [];
  const result = await runToy(
    {
      ...calm,
      world: { mode: 'standalone', nodes: 1, blocks: 2 ** 28, regionBlocks: 2 ** 14, allocatedShare: 4e-7 },
    },
    {
      observers: (world) => [{ applicationIssued: (io) => world.phase === 'sweep' && reads.push(io) }],
    },
  );
  t.is(result.outcome.kind, 'passed', JSON.stringify(result.outcome));
  t.true(reads.length > 16 && reads.length < 2_000, String(reads.length));
});

test('world: liveness: the first violation ends the run', async (t) => {
  const result = await runToy(calm, {
    observers: ({ verdict }) => [
      {
        applicationCompleted() {
          verdict.report({ oracle: 'O1', sentence: 'first', signature: 'first' });
          verdict.report({ oracle: 'O2', sentence: 'second', signature: 'second' });
        },
      },
    ],
  });
  t.like(result.outcome, { kind: 'failed', oracle: 'O1', sentence: 'first' });
  t.true(result.events < 100);
});
