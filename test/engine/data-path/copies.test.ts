/** Holds rule 5 of the data path, and what of rule 8 is the copier's: copies and writes exclude each other, nothing beyond the source is touched. */

import test from 'ava';

import { LABEL_SECTORS } from '../../../engine/records/layout.js';
import { bootedRig, bringTo, rigIn } from '../rig/migrations.js';
import type { Rig } from '../rig/rig.js';

/** Syncing, with the copy of the region of `sector` stopped at the given side. */
function copying(side: 'source' | 'target', sector: number): { rig: Rig; copy: ReturnType<Rig['hold']> } {
  const rig = rigIn('setup');
  const copy = rig.hold({ device: side, operation: side === 'source' ? 'read' : 'write', sector }, 1);
  rig.do('sync');
  return { rig, copy };
}

for (const side of ['source', 'target'] as const) {
  test(`engine: copies: a write to a region whose copy is at the ${side} waits, whole span`, (t) => {
    // The write spans regions 2 and 3; the copy is of region 3, not of the first.
    const { rig, copy } = copying(side, 25);
    const io = rig.write(20, 90, 8);
    const apart = rig.write(2, 91);
    rig.run();
    t.is(copy.waiting.length, 1);
    t.is(io.status, undefined);
    t.is(apart.status, 'ok');
    copy.release();
    rig.run();
    t.is(io.status, 'ok');
    t.is(rig.state(), 'source-selected');
    for (let sector = 0; sector < 60; sector += 1) t.is(rig.peek('target', sector), rig.peek('source', sector));
  });

  test(`engine: copies: a read of a region whose copy is at the ${side} goes on`, (t) => {
    const { rig, copy } = copying(side, 25);
    const io = rig.read(25);
    rig.run();
    t.is(io.status, 'ok');
    copy.release();
  });
}

test('engine: copies: a copy waits for a write in flight, whole span', (t) => {
  const rig = rigIn('setup');
  const write = rig.hold({ device: 'source', operation: 'write', sector: 20 });
  rig.write(20, 92, 8);
  rig.do('sync');
  t.is(rig.peek('target', 16), 0);
  t.is(rig.peek('target', 24), 0);
  t.is(rig.peek('target', 9), 10);
  write.release();
  rig.run();
  t.is(rig.peek('target', 20), 92);
  t.is(rig.peek('target', 27), 92);
  t.is(rig.state(), 'source-selected');
});

test('engine: copies: the dirty bit is cleared before the copy reads', (t) => {
  const rig = rigIn('setup');
  const dirty: boolean[] = [];
  rig.rule({ device: 'source', operation: 'read', sector: 25 }, () => {
    dirty.push(((rig.disk().map.words[0] ?? 0) & (1 << 3)) !== 0);
    return 'pass';
  });
  rig.do('sync');
  t.deepEqual(dirty, [false]);
});

test('engine: copies: a copy that failed is dirty again, and never counts as zeros', (t) => {
  const rig = rigIn('setup');
  const source = rig.fail({ device: 'source', operation: 'read', sector: 25 });
  rig.do('sync');
  t.is(rig.state(), 'setup');
  t.is(rig.do('commit'), 'not-allowed-in-state');
  source.stop();
  t.is(rig.do('sync'), 'done');
  t.is(rig.state(), 'source-selected');
  t.is(rig.peek('target', 25), 26);
});

test('engine: copies: a copy that the target fails sets its bit again before the transition', (t) => {
  const rig = rigIn('syncing');
  const held = rig.hold({ step: 'error.setup.write' });
  const target = rig.fail({ device: 'target', operation: 'write' });
  const dirtyBefore = rig.disk().map.dirtyCount;
  rig.give('resume');
  rig.run();
  t.is(rig.disk().map.dirtyCount, dirtyBefore);
  target.stop();
  held.release();
  rig.run();
  t.is(rig.state(), 'setup');
});

test('engine: copies: a region larger than a slot is copied in pieces, under one lock', (t) => {
  const rig = bootedRig({ sourceSectors: 120, targetSectors: 120, regionSectors: 40 });
  for (let sector = 0; sector < 120; sector += 8) rig.write(sector, sector + 1, 8);
  rig.run();
  bringTo(rig, 'setup');
  const piece = rig.hold({ device: 'source', operation: 'read', sector: 33 }, 1);
  rig.do('sync');
  const early = rig.write(0, 222);
  rig.run();
  t.is(early.status, undefined);
  piece.release();
  rig.run();
  t.is(rig.state(), 'source-selected');
  for (let sector = 0; sector < 120; sector += 1) t.is(rig.peek('target', sector), rig.peek('source', sector));
});

test('engine: copies: the short last region is not rounded up, the rest of a larger target stays', (t) => {
  const rig = bootedRig({ sourceSectors: 59, targetSectors: 90 });
  const target = rig.device('target');
  for (let sector = 0; sector < 90; sector += 1) target.write(LABEL_SECTORS + sector, new Uint8Array(512).fill(7));
  target.persist();
  for (let sector = 0; sector < 59; sector += 1) rig.write(sector, sector + 1);
  rig.run();
  bringTo(rig, 'target-selected');
  rig.write(58, 250);
  rig.submit('discard', { sector: 50, count: 9 });
  rig.run();
  t.is(rig.do('commit'), 'done');
  for (let sector = 59; sector < 90; sector += 1) t.is(rig.peek('target', sector), 7, `sector ${sector}`);
  for (let sector = 0; sector < LABEL_SECTORS; sector += 1) t.is(target.read(sector), undefined, 'label is not copied');
});

test('engine: copies: what a blank target need not get is not copied; a used target gets all', (t) => {
  for (const used of [false, true]) {
    const rig = bootedRig({ sourceSectors: 64 });
    for (const sector of [3, 17, 40]) {
      rig.write(sector, 9);
      rig.run();
    }
    if (used) {
      for (let sector = 0; sector < 80; sector += 1)
        rig.device('target').write(LABEL_SECTORS + sector, new Uint8Array(512).fill(7));
    }
    bringTo(rig, 'setup');
    const before = rig.served.length;
    rig.do('sync');
    rig.elapse(3000);
    const copied = rig.served
      .slice(before)
      .filter(({ device, request }) => device?.name === 'target' && request.operation === 'write')
      .map(({ request }) => (request.sector - LABEL_SECTORS) / 8);
    t.deepEqual(
      copied.sort((a, b) => a - b),
      used ? [0, 1, 2, 3, 4, 5, 6, 7] : [0, 2, 5],
    );
    t.is(rig.state(), 'source-selected');
    for (let sector = 0; sector < 64; sector += 1) t.is(rig.peek('target', sector), rig.peek('source', sector));
  }
});

test('engine: copies: of a large region a blank target gets what the source holds, or all of it where the source does not tell', (t) => {
  for (const tells of [true, false]) {
    const rig = bootedRig({ sourceSectors: 96, targetSectors: 96, regionSectors: 48 });
    for (const sector of [3, 40, 41]) rig.write(sector, sector);
    rig.run();
    bringTo(rig, 'setup');
    const before = rig.served.length;
    if (!tells) rig.fail({ device: 'source', operation: 'nextExtent' });
    rig.do('sync');
    rig.elapse(3000);
    const copied = rig.served
      .slice(before)
      .filter(({ device, request }) => device?.name === 'target' && request.operation === 'write')
      .map(({ request }) => [request.sector - LABEL_SECTORS, request.count]);
    if (tells)
      t.deepEqual(copied, [
        [3, 1],
        [40, 2],
      ]);
    else
      t.is(
        copied.reduce((sum, [, count]) => sum + (count ?? 0), 0),
        96,
      );
    t.is(rig.state(), 'source-selected');
    for (let sector = 0; sector < 96; sector += 1) t.is(rig.peek('target', sector), rig.peek('source', sector));
  }
});

test('engine: copies: writes and discards meanwhile do not mislead what a blank target need not get', (t) => {
  const rig = bootedRig({ sourceSectors: 64 });
  rig.write(3, 9);
  rig.run();
  bringTo(rig, 'setup');
  const late = rig.hold({ device: 'source', operation: 'write', sector: 40 });
  const old = rig.write(40, 10);
  const copy = rig.hold({ device: 'source', operation: 'read', sector: 3 }, 1);
  rig.do('sync');
  rig.write(50, 11);
  rig.submit('discard', { sector: 48, count: 2 });
  rig.run();
  late.release();
  rig.run();
  copy.release();
  rig.run();
  rig.elapse(3000);
  t.is(old.status, 'ok');
  t.is(rig.state(), 'source-selected');
  for (let sector = 0; sector < 64; sector += 1) t.is(rig.peek('target', sector), rig.peek('source', sector));
});

test('engine: copies: the cursor goes round: a region dirtied behind it is copied too', (t) => {
  const rig = rigIn('setup', { copiesMax: 1 });
  const copy = rig.hold({ device: 'source', operation: 'read', sector: 41 }, 1);
  rig.do('sync');
  const source = rig.fail({ device: 'source', operation: 'write' });
  rig.write(2, 93);
  rig.run();
  source.stop();
  rig.device('target').write(LABEL_SECTORS + 2, new Uint8Array(512).fill(44));
  copy.release();
  rig.run();
  t.is(rig.state(), 'source-selected');
  t.is(rig.peek('target', 2), 3);
});
