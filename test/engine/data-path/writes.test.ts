/** Holds rules 2, 3, 4 and 7 of the data path: where writes go, in which order, when they are acknowledged, what a failed one leaves. */

import test from 'ava';

import { rigIn } from '../rig/migrations.js';
import type { Rig } from '../rig/rig.js';

const CLONING = ['syncing', 'source-selected', 'target-selected'] as const;

/** Values of the writes to a sector that a device was asked for, in order. */
function writesTo(rig: Rig, name: string, from: number): number {
  return rig.served.slice(from).filter(({ device, request }) => device?.name === name && request.operation === 'write')
    .length;
}

for (const state of CLONING) {
  test(`engine: writes: ${state}: both sides get a write, the application its answer after both`, (t) => {
    for (const late of ['source', 'target']) {
      const rig = rigIn(state);
      const side = rig.hold({ device: late, operation: 'write', sector: 6 });
      const io = rig.write(6, 111);
      rig.run();
      t.is(side.waiting.length, 1);
      t.is(io.status, undefined, late);
      side.release();
      rig.run();
      t.is(io.status, 'ok');
      t.is(rig.peek('source', 6), 111);
      t.is(rig.peek('target', 6), 111);
    }
  });

  test(`engine: writes: ${state}: two overlapping writes reach both sides in one order`, (t) => {
    for (const late of ['source', 'target']) {
      const rig = rigIn(state);
      const side = rig.hold({ device: late, operation: 'write', sector: 6 }, 1);
      const first = rig.write(4, 121, 4);
      const second = rig.write(6, 122, 4);
      const apart = rig.write(20, 123);
      rig.run();
      t.is(apart.status, 'ok');
      t.is(second.status, undefined);
      side.release();
      rig.run();
      t.is(first.status, 'ok');
      t.is(second.status, 'ok');
      for (const name of ['source', 'target']) {
        const seen = [4, 5, 6, 7, 8, 9].map((sector) => rig.peek(name, sector));
        t.deepEqual(seen, [121, 121, 122, 122, 122, 122], name);
      }
    }
  });

  test(`engine: writes: ${state}: the payload is captured once`, (t) => {
    const rig = rigIn(state);
    const side = rig.hold({ device: 'target', operation: 'write', sector: 6 });
    const io = rig.write(6, 131);
    rig.run();
    io.buffer.fill(132);
    side.release();
    rig.run();
    t.is(io.status, 'ok');
    t.is(rig.peek('source', 6), 131);
    t.is(rig.peek('target', 6), 131);
  });

  test(`engine: writes: ${state}: a read waits for a write in flight on one side`, (t) => {
    for (const late of ['source', 'target']) {
      const rig = rigIn(state);
      const side = rig.hold({ device: late, operation: 'write', sector: 6 });
      rig.write(6, 141);
      const read = rig.read(5, 3);
      const apart = rig.read(20);
      rig.run();
      t.is(apart.status, 'ok');
      t.is(read.status, undefined, late);
      side.release();
      rig.run();
      t.deepEqual(rig.values(read), [6, 141, 0]);
    }
  });

  test(`engine: writes: ${state}: a write waits for a read in flight, later ones for both`, (t) => {
    const rig = rigIn(state);
    const side = rig.hold({ operation: 'read', sector: 6 });
    const read = rig.read(6);
    const write = rig.write(6, 142);
    const again = rig.read(6);
    rig.run();
    t.is(write.status, undefined);
    side.release();
    rig.run();
    t.deepEqual([rig.values(read), write.status, rig.values(again)], [[7], 'ok', [142]]);
  });
}

test('engine: writes: reads come from the side that the state names', (t) => {
  for (const [state, from] of [
    ['none', 'source'],
    ['setup', 'source'],
    ['syncing', 'source'],
    ['source-selected', 'source'],
    ['target-selected', 'target'],
    ['committed', 'target'],
  ] as const) {
    const rig = rigIn(state);
    const before = rig.served.length;
    rig.read(8);
    rig.run();
    t.deepEqual(
      rig.served.slice(before).map(({ device }) => device?.name),
      [from],
      state,
    );
  }
});

test('engine: writes: in none, setup and committed one device gets a write', (t) => {
  for (const [state, on, off] of [
    ['none', 'source', 'target'],
    ['setup', 'source', 'target'],
    ['committed', 'target', 'source'],
  ] as const) {
    const rig = rigIn(state);
    const before = rig.served.length;
    rig.write(8, 150);
    rig.run();
    t.deepEqual([writesTo(rig, on, before), writesTo(rig, off, before)], [1, 0], state);
  }
});

test('engine: writes: failed on the source in source-selected: the region is dirty, is copied again, then stays', (t) => {
  const rig = rigIn('source-selected');
  const copies = rig.hold({ device: 'source', operation: 'read', sector: 6 });
  const source = rig.fail({ device: 'source', operation: 'write' });
  const io = rig.write(6, 151);
  rig.run();
  source.stop();
  t.is(io.status, 'error');
  t.is(rig.peek('target', 6), 151);
  t.is(copies.waiting.length, 1);
  copies.release();
  rig.run();
  t.is(rig.peek('target', 6), 7);
  t.is(rig.do('selectTarget'), 'done');
  t.deepEqual(rig.wrongContents(), []);
});

test('engine: writes: a failed spanning write dirties every region it touches', (t) => {
  const rig = rigIn('syncing');
  rig.give('resume');
  rig.run();
  const held = rig.hold({ device: 'source', operation: 'read' });
  const source = rig.fail({ device: 'source', operation: 'write' });
  rig.write(7, 152, 10);
  rig.run();
  source.stop();
  // Regions 0, 1 and 2: two are being copied, one waits.
  t.is(held.waiting.length + rig.disk().map.dirtyCount, 3);
  held.release();
  rig.run();
  for (let sector = 0; sector < 60; sector += 1) t.is(rig.peek('target', sector), rig.peek('source', sector));
});

test('engine: writes: a flush that the source failed makes every region dirty, for it may have lost any', (t) => {
  const rig = rigIn('source-selected');
  const held = rig.hold({ device: 'source', operation: 'read' });
  const source = rig.fail({ device: 'source', operation: 'flush' });
  const io = rig.submit('flush', {});
  rig.run();
  source.stop();
  t.is(io.status, 'error');
  t.is(held.waiting.length + rig.disk().map.dirtyCount, 8);
  held.release();
  rig.run();
  t.is(rig.do('commit'), 'done');
});

test('engine: writes: a target that fails is never seen by the application before commit, and is after it', (t) => {
  for (const state of CLONING) {
    const rig = rigIn(state);
    rig.fail({ device: 'target' });
    const ios = [rig.write(6, 153), rig.read(20), rig.submit('flush', {}), rig.write(8, 154, 1, { fua: true })];
    rig.run();
    const more = [rig.write(6, 155), rig.read(6)];
    rig.run();
    t.deepEqual(
      [...ios, ...more].map(({ status }) => status),
      ['ok', 'ok', 'ok', 'ok', 'ok', 'ok'],
      state,
    );
    t.deepEqual(rig.wrongContents(), []);
  }
  const rig = rigIn('committed');
  rig.fail({ device: 'target' });
  const io = rig.write(6, 156);
  rig.run();
  t.is(io.status, 'error');
});

test('engine: writes: a write that waits for a range goes to where its route then leads', (t) => {
  const rig = rigIn('setup');
  const first = rig.hold({ device: 'source', operation: 'write', sector: 6 }, 1);
  rig.write(6, 160);
  const waiting = rig.write(6, 161);
  rig.give('sync');
  rig.run();
  t.is(rig.state(), 'syncing');
  first.release();
  rig.run();
  t.is(waiting.status, 'ok');
  t.is(rig.state(), 'source-selected');
  t.is(rig.peek('target', 6), 161);
});

test('engine: writes: a write older than the cloning keeps the migration syncing until it is copied', (t) => {
  const rig = rigIn('setup');
  const first = rig.hold({ device: 'source', operation: 'write', sector: 6 }, 1);
  rig.write(6, 162);
  rig.do('sync');
  t.is(rig.state(), 'syncing');
  first.release();
  rig.run();
  t.is(rig.state(), 'source-selected');
  t.is(rig.peek('target', 6), 162);
});
