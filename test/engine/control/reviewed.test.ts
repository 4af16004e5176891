/** What a review of the engine found and the engine was mended for: each of these once lost data, or got stuck. */
import test from 'ava';

import { bootedRig, bringOnline, bringTo, rigIn } from '../rig/migrations.js';
import type { Rig } from '../rig/rig.js';
import { LIMITS } from '../rig/vocabulary.js';

function map(rig: Rig, node: number, name: string, attached: boolean): void {
  const port = rig.devices.findIndex((_, at) => rig.devices[(at + node * 3) % rig.devices.length]?.name === name);
  (rig.ports[node] ?? [])[port] = attached ? rig.device(name) : undefined;
  rig.handle(node, { kind: 'deviceMapped', port });
  rig.run();
}

test('resume while abort is carried out: no copy begins', (t) => {
  const rig = rigIn('syncing');
  const held = rig.hold({ step: 'abort.setup.write' });
  rig.give('abort');
  rig.settle();
  const resume = rig.give('resume');
  const copy = rig.hold({ device: 'source', operation: 'read' });
  rig.run();
  t.is(rig.outcome(resume), 'busy');
  held.release();
  rig.run();
  t.is(copy.waiting.length, 0);
  t.notThrows(() => {
    rig.fail({ device: 'source', operation: 'read' });
    copy.release();
    rig.run();
  });
});

for (const device of ['source', 'target'] as const) {
  test(`a clone that is slow on the ${device}: cleanup waits until it has ended, so that it meets no later migration`, (t) => {
    const rig = bootedRig({ sourceSectors: 64 });
    rig.write(0, 5);
    rig.run();
    bringTo(rig, 'source-selected');
    const late = rig.hold({ device, operation: 'write', sector: 40 });
    const io = rig.write(40, 77);
    rig.run();
    t.is(rig.do('abort'), 'done');
    const cleanup = rig.give('cleanup');
    rig.run();
    t.is(rig.state(), 'setup');
    late.release();
    rig.run();
    t.is(rig.outcome(cleanup), 'done');
    t.is(io.status, 'ok');
    bringTo(rig, 'source-selected');
    t.is(rig.do('commit'), 'done');
    t.deepEqual(rig.wrongContents(), []);
  });
}

test('a clone that is slow on the target: synchronising again waits until it has ended', (t) => {
  const rig = rigIn('source-selected');
  const late = rig.hold({ device: 'target', operation: 'write', sector: 40 });
  rig.write(40, 77);
  rig.run();
  t.is(rig.do('abort'), 'done');
  const sync = rig.give('sync');
  rig.run();
  t.is(rig.state(), 'setup');
  late.release();
  rig.run();
  t.is(rig.outcome(sync), 'done');
  rig.elapse(5000);
  t.is(rig.state(), 'source-selected');
});

test('devices that swapped ports between two attempts: the repeated write goes to its device, not its port', (t) => {
  const rig = bootedRig({ disks: 2 });
  rig.write(8, 50, 1, { fua: true });
  rig.write(8, 60, 1, { disk: 1, fua: true });
  rig.run();
  rig.fail({ device: 'source', operation: 'write' }, 1);
  const io = rig.write(8, 51);
  rig.settle();
  const ports = rig.ports[0] ?? [];
  const a = ports.findIndex((d) => d?.name === 'source'),
    b = ports.findIndex((d) => d?.name === 'source1');
  [ports[a], ports[b]] = [ports[b], ports[a]];
  rig.handle(0, { kind: 'deviceMapped', port: a });
  rig.handle(0, { kind: 'deviceMapped', port: b });
  rig.run();
  t.is(io.status, 'ok');
  t.is(rig.peek('source1', 8), 60);
  t.is(rig.peek('source', 8), 51);
});

test('paused while the last copy is in flight: source-selected still copies what becomes dirty', (t) => {
  const rig = rigIn('setup');
  const copy = rig.hold({ device: 'target', operation: 'write', sector: 57 }, 1);
  rig.do('sync');
  rig.give('pause');
  copy.release();
  rig.run();
  t.is(rig.state(), 'source-selected');
  const source = rig.fail({ device: 'source', operation: 'write' });
  rig.write(9, 99);
  rig.run();
  source.stop();
  rig.run();
  rig.give('resume');
  rig.run();
  t.is(rig.do('commit'), 'done');
});

test('nothing to copy to a blank target: source-selected follows at once, not with the next watchdog', (t) => {
  const rig = bootedRig();
  bringTo(rig, 'setup');
  t.is(rig.do('sync'), 'done');
  t.is(rig.state(), 'source-selected');
});

test('a disk taken away while it comes online and fails: the next time online it stays', (t) => {
  const rig = bootedRig();
  rig.handle(0, { kind: 'clusterOffline', disk: 0 });
  rig.run();
  const fault = rig.fail({ device: 'shared' });
  rig.handle(0, { kind: 'clusterOnline', disk: 0 });
  rig.settle();
  rig.handle(0, { kind: 'clusterOffline', disk: 0 });
  rig.run();
  fault.stop();
  bringOnline(rig, 0);
  t.is(rig.disk().lifecycle, 'online');
});

test('application I/O beyond the source while the source is not visible is refused', (t) => {
  for (const state of ['source-selected', 'target-selected'] as const) {
    const rig = rigIn(state);
    map(rig, 0, 'source', false);
    t.notThrows(() => {
      rig.write(70, 66);
      rig.run();
    });
    t.is(rig.peek('target', 70), 0);
  }
});

test('an acknowledgement from a refused setup does not pass for one of the next', (t) => {
  const rig = bootedRig({ nodes: 3 });
  // Node 2 does not acknowledge: setup is refused, node 1 has acknowledged with the target in sight.
  const deaf = rig.fail({ node: 2, step: 'standby.acknowledge.write' });
  t.is(rig.do('setup', rig.identity('target')), 'node-not-acknowledged');
  deaf.stop();
  rig.crash(1);
  const ports = rig.ports[1] ?? [];
  ports[ports.findIndex((d) => d?.name === 'target')] = undefined;
  rig.boot(1);
  rig.run();
  const drop = rig.hold({ node: 1, step: 'standby.access-control.write' });
  const setup = rig.give('setup', rig.identity('target'));
  rig.settle();
  rig.elapse(50);
  t.is(rig.outcome(setup), 'unanswered', 'node 1 has not set its access control for this setup');
  drop.release();
  rig.run();
});

test('throttle 0 takes effect at once', (t) => {
  const rig = rigIn('syncing');
  rig.give('throttle', 1_000_000);
  rig.give('resume');
  rig.settle();
  rig.give('throttle', 0);
  rig.elapse(1000);
  t.is(rig.state(), 'source-selected');
});

test('a target whose label area holds foreign bytes can be migrated to', (t) => {
  const rig = bootedRig();
  rig.device('target').write(0, new Uint8Array(16 * 512).fill(0xa5));
  t.is(rig.do('setup', rig.identity('target')), 'done');
});

test('setup that cannot write its metadata is refused; the disk stays online', (t) => {
  const rig = bootedRig();
  rig.fail({ step: 'setup.access-control.write' });
  t.is(rig.disk().lifecycle, 'online');
});

test('a failed discard on the source counts as a reset of the source', (t) => {
  const rig = rigIn('source-selected');
  const held = rig.hold({ device: 'source', operation: 'read' });
  rig.fail({ device: 'source', operation: 'discard' });
  rig.submit('discard', { sector: 4, count: 2 });
  rig.run();
  t.is(held.waiting.length + rig.disk().map.dirtyCount, 8);
});
void LIMITS;
