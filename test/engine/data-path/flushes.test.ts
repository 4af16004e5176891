/** Holds rule 8 of the data path: flush, FUA, discard and write-zeroes keep their meaning on every device that may be read after a crash. */

import test from 'ava';

import { rigIn } from '../rig/migrations.js';

const CLONING = ['syncing', 'source-selected', 'target-selected'] as const;

for (const state of CLONING) {
  test(`engine: flushes: ${state}: an acknowledged flush is a flush of both sides`, (t) => {
    for (const late of ['source', 'target']) {
      const rig = rigIn(state);
      rig.write(6, 171);
      rig.run();
      const side = rig.hold({ device: late, operation: 'flush' });
      const flush = rig.submit('flush', {});
      rig.run();
      t.is(flush.status, undefined, late);
      side.release();
      rig.run();
      t.is(flush.status, 'ok');
      rig.loseVolatile('source', 'target');
      t.is(rig.peek('source', 6), 171);
      t.is(rig.peek('target', 6), 171);
    }
  });

  test(`engine: flushes: ${state}: a write with FUA is durable on both sides when it is acknowledged`, (t) => {
    const rig = rigIn(state);
    const io = rig.write(6, 172, 1, { fua: true });
    rig.run();
    t.is(io.status, 'ok');
    rig.loseVolatile('source', 'target');
    t.is(rig.peek('source', 6), 172);
    t.is(rig.peek('target', 6), 172);
  });

  test(`engine: flushes: ${state}: discard and write-zeroes reach both sides, over many regions`, (t) => {
    for (const operation of ['discard', 'writeZeroes'] as const) {
      const rig = rigIn(state);
      const io = rig.submit(operation, { sector: 5, count: 45 });
      rig.run();
      t.is(io.status, 'ok');
      for (let sector = 5; sector < 50; sector += 1) {
        t.is(rig.peek('source', sector), 0);
        t.is(rig.peek('target', sector), 0);
      }
      if (state === 'syncing') rig.do('resume');
      t.is(rig.do('commit'), 'done');
      t.deepEqual(rig.wrongContents(), []);
    }
  });
}

test('engine: flushes: committed: flush and FUA go to the target', (t) => {
  const rig = rigIn('committed');
  const fua = rig.write(6, 173, 1, { fua: true });
  rig.write(8, 174);
  rig.run();
  const flush = rig.submit('flush', {});
  rig.run();
  t.deepEqual([fua.status, flush.status], ['ok', 'ok']);
  rig.loseVolatile('target');
  t.is(rig.peek('target', 6), 173);
  t.is(rig.peek('target', 8), 174);
});

test('engine: flushes: the target is flushed before the roll-forward flag is written', (t) => {
  const rig = rigIn('source-selected');
  rig.write(6, 175);
  rig.run();
  rig.rule({ step: 'commit.roll-forward-flag.write' }, () => {
    rig.loseVolatile('target');
    return 'pass';
  });
  t.is(rig.do('commit'), 'done');
  t.deepEqual(rig.wrongContents(), []);
});
