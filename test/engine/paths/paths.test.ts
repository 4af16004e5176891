/** Holds what the loss of a path may do: nothing while there is another, and nothing that was sent on it may land late. */

import test from 'ava';

import { LostPaths } from '../rig/lost-paths.js';
import { rigIn } from '../rig/migrations.js';
import type { Rig } from '../rig/rig.js';
import { LIMITS } from '../rig/vocabulary.js';

const portsUsed = (rig: Rig, name: string, from = 0): number[] => {
  const served = rig.served.slice(from).filter(({ device, request }) => {
    return device?.name === name && request.operation !== 'inquiry';
  });
  return [...new Set(served.map(({ request }) => request.port))].sort((a, b) => a - b);
};

/** A write of sector 6 that was lost on its first path to the target. */
function lostWrite(rig: Rig, paths: LostPaths) {
  const ports = paths.portsOf('target');
  const held = rig.hold({ device: 'target', operation: 'write', sector: 6 }, 1);
  const io = rig.write(6, 111);
  rig.settle();
  const [pending] = held.waiting;
  const lost = ports.find((port) => port === pending?.request.port);
  const others = ports.filter((port) => port !== lost);
  return { io, pending: pending!, lost, others };
}

test('engine: paths: a device with several ports is one device, and its requests take turns', (t) => {
  const rig = rigIn('source-selected', { paths: 3 });
  const from = rig.served.length;
  for (let count = 0; count < 6; count += 1) {
    rig.write(count, 50 + count);
    rig.run();
  }
  for (const name of ['source', 'target']) t.is(portsUsed(rig, name, from).length, 3, name);
  t.is(rig.node(0).state.devices.length, rig.devices.length);
});

for (const state of ['syncing', 'source-selected', 'target-selected', 'committed'] as const) {
  test(`engine: paths: ${state}: a write whose path was lost is aborted by another, then sent by another, and no fault is noted`, (t) => {
    const rig = rigIn(state, { paths: 2 });
    const paths = new LostPaths(rig);
    const { io, pending, lost, others } = lostWrite(rig, paths);
    paths.lose(lost);
    const from = rig.served.length;
    rig.answer(pending, 'pathLost', [0, 0]);
    paths.tell();
    t.deepEqual(paths.aborts, others);
    t.is(io.status, 'ok');
    t.false(rig.held.some(({ request }) => request.operation === 'write'));
    t.deepEqual(portsUsed(rig, 'target', from), others);
    t.is(rig.peek('target', 6), 111);
    rig.run();
    t.is(rig.state(), state);
    t.true(rig.probes.has('path.aborted-before-retry'));
  });
}

test('engine: paths: until the abort is answered nothing else touches the range', (t) => {
  const rig = rigIn('source-selected', { paths: 2 });
  const paths = new LostPaths(rig);
  const { io, pending } = lostWrite(rig, paths);
  paths.lose(...paths.portsOf('target'));
  const newer = rig.write(6, 112);
  rig.answer(pending, 'pathLost', [0, 0]);
  paths.tell();
  t.is(io.status, undefined);
  t.is(newer.status, undefined);
  t.is(rig.peek('source', 6), 111);
  paths.restore(...paths.portsOf('target'));
  t.is(io.status, 'ok');
  t.is(newer.status, 'ok');
  t.is(rig.peek('target', 6), 112);
  t.is(rig.state(), 'source-selected');
  t.true(rig.probes.has('path.waited-for-path'));
});

test('engine: paths: an abort that did not get through is tried by the next path', (t) => {
  const rig = rigIn('source-selected', { paths: 3 });
  const paths = new LostPaths(rig);
  const { io, pending, lost, others } = lostWrite(rig, paths);
  // The node is told of the write alone: by which of the others it sends the abort is its own choice.
  const [first] = others;
  paths.lose(lost, first);
  rig.answer(pending, 'pathLost', [0, 0]);
  paths.tell();
  t.is(io.status, 'ok');
  t.is(paths.aborts.at(-1), others[1]);
  t.deepEqual(rig.node(0).state.devices.find(({ identity }) => identity === rig.identity('target'))?.ports, [
    others[1],
  ]);
});

test('engine: paths: what changes nothing needs no abort', (t) => {
  const rig = rigIn('source-selected', { paths: 2 });
  const paths = new LostPaths(rig);
  const held = rig.hold({ device: 'source', operation: 'read', sector: 6 }, 1);
  const io = rig.read(6);
  rig.settle();
  const [pending] = held.waiting;
  paths.lose(pending!.request.port);
  rig.answer(pending!, 'pathLost', [0, 0]);
  paths.tell();
  t.is(io.status, 'ok');
  t.deepEqual(paths.aborts, []);
});

test('engine: paths: a path that is back is used again, one that only flickered at once', (t) => {
  const rig = rigIn('source-selected', { paths: 2 });
  const paths = new LostPaths(rig);
  const ports = paths.portsOf('target');
  const use = (): number[] => {
    const from = rig.served.length;
    for (let count = 0; count < 4; count += 1) {
      rig.write(20 + count, 60);
      rig.settle();
      paths.tell();
    }
    return portsUsed(rig, 'target', from);
  };
  paths.lose(ports[0]);
  use();
  t.deepEqual(use(), [ports[1]]);
  paths.restore(ports[0]);
  t.deepEqual(use(), ports);
  t.true(rig.probes.has('path.back-in-use'));
  const held = rig.hold({ device: 'target', operation: 'write', sector: 30 }, 1);
  rig.write(30, 61);
  rig.settle();
  rig.answer(held.waiting[0]!, 'pathLost', [0, 0]);
  rig.settle();
  t.deepEqual(use(), ports);
});

test('engine: paths: a request that a silent path swallowed is aborted by another, and the path asked who is there', (t) => {
  const rig = rigIn('source-selected', { paths: 2 });
  const paths = new LostPaths(rig);
  const ports = paths.portsOf('target');
  paths.lose(ports[0]);
  const ios = [rig.write(20, 60), rig.write(21, 61)];
  rig.settle();
  t.is(paths.untold.length, 1);
  rig.elapse(2 * LIMITS.requestTimeoutTicks);
  t.deepEqual(paths.aborts, [ports[1]]);
  t.deepEqual(
    ios.map(({ status }) => status),
    ['ok', 'ok'],
  );
  t.is(paths.untold.at(-1)?.request.operation, 'inquiry');
  t.is(rig.state(), 'source-selected');
});

test('engine: paths: without any path a read fails after its retries, a device that was never seen at once', (t) => {
  const rig = rigIn('source-selected', { paths: 2 });
  const paths = new LostPaths(rig);
  paths.lose(...paths.portsOf('source'));
  const io = rig.read(6);
  paths.tell();
  t.is(io.status, undefined);
  rig.run();
  t.is(io.status, 'error');
  paths.restore(...paths.portsOf('source'));
  const again = rig.read(6);
  rig.run();
  t.is(again.status, 'ok');
});

test('engine: paths: paths that lose whatever is sent do not keep a request for ever', (t) => {
  const rig = rigIn('source-selected', { paths: 2 });
  let lostCount = 0;
  const rule = rig.rule({ device: 'source', operation: 'read', sector: 6 }, (pending) => {
    lostCount += 1;
    rig.afterwards.push(() => rig.answer(pending, 'pathLost', [0, 0]));
    return 'hold';
  });
  const io = rig.read(6);
  for (let turns = 0; turns < 200 && io.status === undefined; turns += 1) {
    rig.run();
    for (const then of rig.afterwards.splice(0)) then();
  }
  rule.stop();
  t.is(io.status, 'error');
  t.is(lostCount, 1 + LIMITS.detoursMax + LIMITS.retriesMax);
});
