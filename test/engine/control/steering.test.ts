/** Holds pause, resume and throttle of the copier: application writes go on being cloned, and nothing that is paused stays so for ever. */

import test from 'ava';

import { rigIn } from '../rig/migrations.js';

const copies = (rig: ReturnType<typeof rigIn>): number =>
  rig.served.filter(({ device, request }) => device?.name === 'source' && request.operation === 'read').length;

test('engine: steering: paused, nothing is copied and writes are cloned; resumed, it ends', (t) => {
  const rig = rigIn('syncing');
  const before = copies(rig);
  const io = rig.write(44, 101);
  rig.elapse(5000);
  t.is(io.status, 'ok');
  t.is(copies(rig), before);
  t.is(rig.peek('target', 44), 101);
  t.is(rig.do('pause'), 'done');
  t.is(rig.do('resume'), 'done');
  t.is(rig.state(), 'source-selected');
  t.deepEqual(rig.wrongContents(), []);
});

test('engine: steering: throttled, one copy starts a period', (t) => {
  const rig = rigIn('syncing');
  t.is(rig.outcome(rig.give('throttle', 100)), 'done');
  rig.give('resume');
  const before = copies(rig);
  rig.elapse(50);
  t.is(copies(rig), before + 1);
  rig.elapse(100);
  t.is(copies(rig), before + 2);
  t.is(rig.outcome(rig.give('throttle', 0)), 'done');
  rig.run();
  t.is(rig.state(), 'source-selected');
});

test('engine: steering: throttled again, the last order alone sets the pace', (t) => {
  const rig = rigIn('syncing');
  for (let orders = 0; orders < 4; orders += 1) {
    rig.give('throttle', 100);
    rig.give('resume');
    rig.elapse(10);
  }
  const before = copies(rig);
  rig.elapse(200);
  t.is(copies(rig), before + 2);
});

test('engine: steering: throttled in the synchronisation before, the last order alone sets the pace', (t) => {
  const rig = rigIn('syncing');
  rig.give('throttle', 100);
  rig.give('resume');
  rig.elapse(10);
  rig.give('abort');
  rig.elapse(20);
  t.is(rig.state(), 'setup');
  const held = rig.hold({ device: 'source', operation: 'read' });
  rig.give('sync');
  rig.elapse(10);
  rig.give('throttle', 100);
  held.release();
  rig.elapse(10);
  const before = copies(rig);
  rig.elapse(200);
  t.is(copies(rig), before + 2);
});

test('engine: steering: progress counts regions, dirty ones and copied ones', (t) => {
  const rig = rigIn('syncing');
  rig.do('query');
  const { regionsCount, regionsDirtyCount, regionsCopiedCount, paused } = rig.progress.at(-1) ?? {};
  t.is(regionsCount, 8);
  t.true(paused);
  t.is((regionsDirtyCount ?? 0) + (regionsCopiedCount ?? 0), 8);
  rig.do('resume');
  rig.do('query');
  t.like(rig.progress.at(-1), { state: 'source-selected', regionsDirtyCount: 0, regionsCopiedCount: 8 });
});

test('engine: steering: progress estimates the rate and the time left by the clock of the queries', (t) => {
  const rig = rigIn('syncing');
  rig.do('query');
  t.like(rig.progress.at(-1), { regionsPerSecond: 0, remainingTicks: -1 });
  const before = rig.progress.at(-1)!;
  rig.do('throttle', 100);
  rig.give('resume');
  rig.elapse(200);
  rig.do('query');
  const after = rig.progress.at(-1)!;
  const copied = after.regionsCopiedCount - before.regionsCopiedCount;
  t.true(copied > 0 && after.regionsDirtyCount > 0);
  t.is(after.regionsPerSecond, (copied * 1_000_000) / 200);
  t.is(after.remainingTicks, Math.ceil((after.regionsDirtyCount * 200) / copied));
});

test('engine: steering: progress names the region of the source that could not be read', (t) => {
  const rig = rigIn('syncing');
  rig.fail({ device: 'source', operation: 'read' });
  rig.do('resume');
  rig.elapse(5_000);
  t.is(rig.state(), 'setup');
  rig.do('query');
  const { unreadableRegion = -1 } = rig.progress.at(-1) ?? {};
  t.true(unreadableRegion >= 0 && unreadableRegion < 8);
});
