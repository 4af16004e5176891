/** Holds clean shutdown and startup of a standalone machine: a migration spans them, the error flag tells a clean one from one that was not. */

import test from 'ava';

import { bootedRig, bringOnline, bringTo, fillWithValues, rigIn } from '../rig/migrations.js';
import { localOn } from '../rig/records-on-devices.js';
import type { Rig } from '../rig/rig.js';
import { armCrash } from './crashes.js';

const CLONING = ['syncing', 'source-selected', 'target-selected'] as const;
const local = (rig: Rig, disk = 0) => localOn(rig.device('local0'), disk, 0, 'durable');

function shutDown(rig: Rig): void {
  rig.handle(0, { kind: 'shutdown' });
  rig.run();
}

function start(rig: Rig): void {
  rig.crash(0);
  rig.boot(0);
  rig.run();
  for (let disk = 0; disk < rig.disksCount; disk += 1) bringOnline(rig, 0, disk);
}

for (const state of CLONING) {
  test(`engine: shutdown: ${state}: goes on after a clean restart, and commits`, (t) => {
    const rig = rigIn(state);
    const dirty = rig.disk().map.dirtyCount;
    shutDown(rig);
    t.true(rig.node(0).down);
    t.like(local(rig), { state, errorFlag: false, targetFault: false });
    rig.loseVolatile();
    const armed = rig.hold({ step: 'recovery.resume.flush' });
    rig.crash(0);
    rig.boot(0);
    rig.run();
    rig.handle(0, { kind: 'clusterOnline', disk: 0 });
    const early = rig.write(4, 99);
    rig.run();
    t.is(early.status, 'offline');
    t.is(rig.disk().map.dirtyCount, dirty);
    armed.release();
    rig.rule({ operation: 'write', where: ({ device }) => device?.name === 'target' }, () => {
      t.is(local(rig)?.errorFlag, true);
      return 'pass';
    });
    rig.write(4, 98);
    rig.run();
    t.like(local(rig), { errorFlag: true });
    t.is(rig.state(), state === 'syncing' ? 'source-selected' : state);
    t.is(rig.do('commit'), 'done');
    t.deepEqual(rig.wrongContents(), []);
  });

  test(`engine: shutdown: ${state}: a second crash, after a clean restart, is caught`, (t) => {
    const rig = rigIn(state);
    shutDown(rig);
    start(rig);
    start(rig);
    t.is(rig.state(), 'setup');
    t.like(local(rig), { state: 'setup', errorFlag: false, targetFault: true });
    t.deepEqual(rig.wrongContents(), []);
  });

  test(`engine: shutdown: ${state}: a fault of the target is recorded and forces setup after startup`, (t) => {
    const rig = rigIn(state);
    const fault = rig.fail({ step: 'shutdown.target.flush' });
    shutDown(rig);
    fault.stop();
    t.like(local(rig), { state, errorFlag: false, targetFault: true });
    const before = rig.served.length;
    start(rig);
    t.is(rig.state(), 'setup');
    t.false(
      rig.served
        .slice(before)
        .some(({ device, request }) => device?.name === 'target' && request.operation === 'write'),
    );
    t.deepEqual(rig.wrongContents(), []);
  });
}

for (const state of ['syncing', 'source-selected'] as const) {
  test(`engine: shutdown: ${state}: a source that cannot be flushed leaves the error flag set`, (t) => {
    const rig = rigIn(state);
    const fault = rig.fail({ step: 'shutdown.source.flush' });
    shutDown(rig);
    fault.stop();
    t.true(rig.node(0).down);
    t.is(local(rig)?.errorFlag, true);
    start(rig);
    t.is(rig.state(), 'setup');
  });
}

test('engine: shutdown: target-selected: a source that cannot be flushed makes a forced commit first', (t) => {
  const rig = rigIn('target-selected');
  rig.write(4, 97, 1, { fua: true });
  rig.run();
  const fault = rig.fail({ device: 'source' });
  shutDown(rig);
  fault.stop();
  t.true(rig.node(0).down);
  t.like(local(rig), { state: 'committed', errorFlag: false, sourceAllowed: false, targetAllowed: true });
  start(rig);
  t.is(rig.state(), 'committed');
  t.deepEqual(rig.wrongContents(), []);
});

test('engine: shutdown: target-selected: a write under way that loses its source commits before the disk goes down', (t) => {
  const rig = rigIn('target-selected');
  const slow = rig.hold({ device: 'source', operation: 'write' });
  const io = rig.write(4, 96);
  rig.handle(0, { kind: 'shutdown' });
  rig.run();
  t.false(rig.node(0).down);
  rig.fail({ device: 'source' });
  slow.release();
  rig.run();
  t.true(rig.node(0).down);
  t.is(io.status, 'ok');
  start(rig);
  t.is(rig.state(), 'committed');
  t.deepEqual(rig.wrongContents(), []);
});

test('engine: shutdown: what is held or comes late is refused, what is under way is finished', (t) => {
  const rig = rigIn('source-selected');
  const slow = rig.hold({ device: 'target', operation: 'write' });
  const under = rig.write(4, 95);
  const waiting = rig.write(4, 94);
  rig.handle(0, { kind: 'shutdown' });
  const late = rig.read(9);
  slow.release();
  rig.run();
  t.deepEqual([under.status, waiting.status, late.status], ['ok', 'offline', 'offline']);
});

test('engine: shutdown: a region map that was altered is not trusted', (t) => {
  for (const [state, then] of [
    ['syncing', 'source-selected'],
    ['source-selected', 'setup'],
  ] as const) {
    const rig = rigIn(state);
    shutDown(rig);
    const device = rig.device('local0');
    const bytes = device.bytes('durable', 16, 1);
    bytes[0] = (bytes[0] ?? 0) ^ 4;
    device.write(16, bytes);
    start(rig);
    t.is(rig.state(), then);
    t.deepEqual(rig.wrongContents(), []);
  }
});

for (const step of [
  'shutdown.source.flush',
  'shutdown.target.flush',
  'shutdown.region-map.write',
  'shutdown.region-map.flush',
  'shutdown.fault-record.write',
  'shutdown.fault-record.flush',
  'shutdown.error-flag.write',
] as const) {
  test(`engine: shutdown: cut short before ${step}: the error flag is set and startup finds it`, (t) => {
    const rig = rigIn('source-selected');
    const isOver = armCrash(rig, { step, node: 0, occurrence: 0, phase: 'before', loss: 'site' });
    shutDown(rig);
    t.true(isOver());
    t.is(local(rig)?.errorFlag, true);
    start(rig);
    t.is(rig.state(), 'setup');
    t.like(local(rig), { errorFlag: false, targetFault: true });
    t.deepEqual(rig.wrongContents(), []);
  });
}

test('engine: shutdown: an abort while the disk is being stopped is refused, and the stop goes on', (t) => {
  const rig = rigIn('source-selected');
  const slow = rig.hold({ step: 'shutdown.source.flush' });
  shutDown(rig);
  t.is(rig.do('abort'), 'not-owner');
  slow.release();
  rig.run();
  t.true(rig.node(0).down);
});

test('engine: shutdown: a fault of the target while the disk is being stopped is recorded', (t) => {
  const rig = rigIn('source-selected');
  const slow = rig.hold({ device: 'target', operation: 'write' });
  const io = rig.write(4, 93);
  shutDown(rig);
  const fault = rig.fail({ device: 'target' });
  slow.release();
  rig.run();
  fault.stop();
  t.is(io.status, 'ok');
  t.like(local(rig), { state: 'source-selected', errorFlag: false, targetFault: true });
  start(rig);
  t.is(rig.state(), 'setup');
  t.deepEqual(rig.wrongContents(), []);
});

test('engine: shutdown: two migrations have an error flag each', (t) => {
  const rig = bootedRig({ disks: 2 });
  for (const disk of [0, 1]) fillWithValues(rig, disk);
  bringTo(rig, 'source-selected', 0, 0);
  bringTo(rig, 'target-selected', 0, 1);
  t.is(rig.do('abort', 0, 0, 0), 'done');
  t.is(local(rig, 0)?.errorFlag, false);
  t.is(local(rig, 1)?.errorFlag, true);
  t.is(rig.do('sync', 0, 0, 0), 'done');
  rig.handle(0, { kind: 'clusterOffline', disk: 0 });
  rig.run();
  t.is(local(rig, 0)?.errorFlag, false);
  t.is(local(rig, 1)?.errorFlag, true);
  start(rig);
  t.is(rig.state(0, 0), 'source-selected');
  t.is(rig.state(0, 1), 'setup');
  for (const disk of [0, 1]) t.deepEqual(rig.wrongContents(0, disk), []);
});

test('engine: shutdown: two migrations side by side both commit', (t) => {
  const rig = bootedRig({ disks: 2 });
  for (const disk of [0, 1]) fillWithValues(rig, disk);
  for (const disk of [0, 1]) rig.give('setup', rig.identity(disk === 0 ? 'target' : 'target1'), 0, disk);
  rig.run();
  for (const disk of [0, 1]) rig.give('sync', 0, 0, disk);
  rig.run();
  const ids = [0, 1].map((disk) => rig.give('commit', 0, 0, disk));
  rig.run();
  t.deepEqual(
    ids.map((id) => rig.outcome(id)),
    ['done', 'done'],
  );
  for (const disk of [0, 1]) t.deepEqual(rig.wrongContents(0, disk), []);
});
