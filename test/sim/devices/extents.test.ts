/** Goal: extents are the maximal runs of allocated blocks, and finding them on a vast device costs what was touched. */
import test from 'ava';
import fc from 'fast-check';
import { Arena } from '../../../sim/devices/arena.js';
import { BlockDevice } from '../../../sim/devices/block-device.js';

import type { AllocatedExtent } from '../../../sim/devices/extents.js';

import { histories, payload, perform, WINDOW_SECTORS } from './histories.js';
import { PlainMapModel } from './plain-map-model.js';
import { Size } from '../../../sim/devices/geometry.js';

/** Walks the extents of `device` among the sectors `from` to `end`. */
function extents(device: BlockDevice, from: number, end: number): AllocatedExtent[] {
  const found: AllocatedExtent[] = [];
  for (let at = from; ; ) {
    const extent = device.nextAllocatedExtent(at, end);
    if (extent === undefined) return found;
    found.push(extent);
    at = extent.start + extent.length;
  }
}

test('extents: history: any, asked about any range', (t) => {
  const arena = new Arena();
  const window = Size.CHUNK_SECTORS - 24;
  const edge = fc.nat({ max: WINDOW_SECTORS });
  const property = fc.property(histories, edge, edge, fc.boolean(), (history, a, b, tearsSectors) => {
    arena.reset();
    const device = new BlockDevice(arena, window + WINDOW_SECTORS, { tearsSectors });
    const model = new PlainMapModel();
    history.forEach((step, index) => perform(step, window, index + 1, device, model));
    const from = window + Math.min(a, b);
    const end = window + Math.max(a, b);
    const expected: AllocatedExtent[] = [];
    for (let sector = from; sector < end; sector += 1) {
      if (!model.isAllocated(Math.floor(sector / Size.BLOCK_SECTORS))) continue;
      const last = expected.at(-1);
      if (last !== undefined && last.start + last.length === sector) {
        expected[expected.length - 1] = { start: last.start, length: last.length + 1 };
      } else expected.push({ start: sector, length: 1 });
    }
    t.deepEqual(extents(device, from, end), expected);
  });
  fc.assert(property, { numRuns: 400 });
});

test('extents: tear: between never written and discarded', (t) => {
  const device = new BlockDevice(new Arena(), 8, { tearsSectors: true });
  device.discard(0, 8, 1);
  device.powerLoss(() => ({ older: 0, newer: 1, bytesNew: 8 }));
  t.is(device.nextAllocatedExtent(0, 8), undefined);
});

test('extents: whole chunks: one extent runs across them, and a discard cuts it', (t) => {
  const device = new BlockDevice(new Arena(), 4 * Size.CHUNK_SECTORS);
  device.write(Size.CHUNK_SECTORS, Size.CHUNK_SECTORS + 8, payload(1, Size.CHUNK_SECTORS + 8), 0, 1);
  t.deepEqual(extents(device, 0, device.sizeSectors), [{ start: Size.CHUNK_SECTORS, length: Size.CHUNK_SECTORS + 8 }]);
  device.discard(Size.CHUNK_SECTORS + 16, 16, 2);
  t.deepEqual(extents(device, 0, device.sizeSectors), [
    { start: Size.CHUNK_SECTORS, length: 16 },
    { start: Size.CHUNK_SECTORS + 32, length: Size.CHUNK_SECTORS - 24 },
  ]);
});

test('extents: one terabyte: touched here and there', (t) => {
  const arena = new Arena();
  const bytesBefore = process.memoryUsage().arrayBuffers;
  const device = new BlockDevice(arena, 2 ** 31);
  const stride = 8_388_616; // a block more than 4 GiB
  const touched: number[] = [];
  for (let sector = 0; sector < device.sizeSectors; sector += stride) touched.push(sector);
  // Backwards: the table may not rely on ascending use.
  for (const sector of touched.toReversed())
    device.write(sector, 1, payload(sector, 1), 0, touched.indexOf(sector) + 1);
  device.flushRange(0, device.sizeSectors);
  for (const sector of touched) device.read(sector + 8, 8, new Uint8Array(4096), 0);
  t.deepEqual(
    extents(device, 0, device.sizeSectors),
    touched.map((start) => ({ start, length: Size.BLOCK_SECTORS })),
  );
  t.is(device.unflushedSectorsCount, 0);
  t.is(device.lineage('durable', touched[200]!), 201);
  t.is(arena.cellsUsedCount, touched.length);
  const mebibytes = (process.memoryUsage().arrayBuffers - bytesBefore) / 2 ** 20;
  t.true(mebibytes < 16, `${mebibytes} MiB for ${touched.length} blocks`);
});

test('extents: discard: one of 4 GiB takes one cell and leaves nothing allocated', (t) => {
  const arena = new Arena();
  const device = new BlockDevice(arena, 2 ** 23);
  device.write(24, 8, payload(1, 8), 0, 1);
  device.discard(0, device.sizeSectors, 2);
  device.flush();
  t.is(arena.cellsUsedCount, 1);
  t.is(device.nextAllocatedExtent(0, device.sizeSectors), undefined);
  t.is(device.lineage('durable', 2 ** 23 - 1), 2);
});
