/** Goal: after any history, every sector of both planes has the bytes, the lineage and the versions that plain maps say. */
import test from 'ava';
import fc from 'fast-check';
import { Arena } from '../../../sim/devices/arena.js';
import { BlockDevice } from '../../../sim/devices/block-device.js';

import { histories, payload, perform, WINDOW_SECTORS } from './histories.js';
import { firstDifference, PlainMapModel } from './plain-map-model.js';
import { Size } from '../../../sim/devices/geometry.js';

// At the start; across a chunk boundary; at the end of one terabyte; at the end of the largest device.
const windows = fc.constantFrom(0, 3 * Size.CHUNK_SECTORS - 24, 2 ** 31 - WINDOW_SECTORS, 2 ** 32 - WINDOW_SECTORS);

for (const tearsSectors of [false, true]) {
  test(`device: history: any, on a device ${tearsSectors ? 'that tears sectors' : 'with atomic sectors'}`, (t) => {
    const arena = new Arena();
    const property = fc.property(histories, windows, (history, window) => {
      arena.reset();
      const device = new BlockDevice(arena, window + WINDOW_SECTORS, { tearsSectors });
      const model = new PlainMapModel();
      history.forEach((step, index) => {
        perform(step, window, index + 1, device, model);
        const difference = firstDifference(device, model, window, window + WINDOW_SECTORS);
        if (difference !== undefined) throw new Error(`after step ${index}: ${difference}`);
      });
      // Freed one by one this time: whatever is left over was leaked.
      device.reset(0);
      if (arena.cellsUsedCount !== 0) throw new Error(`${arena.cellsUsedCount} cells leaked`);
    });
    t.notThrows(() => fc.assert(property, { numRuns: 400 }));
  });
}

test('device: read: any range, at any offset of the destination, which keeps its other bytes', (t) => {
  const sector = fc.nat({ max: WINDOW_SECTORS });
  const property = fc.property(histories, sector, sector, fc.nat({ max: 700 }), (history, a, b, offsetBytes) => {
    const device = new BlockDevice(new Arena(), WINDOW_SECTORS);
    const model = new PlainMapModel();
    history.forEach((step, index) => perform(step, 0, index + 1, device, model));
    const [from, end] = a < b ? [a, b] : [b, a];
    const destination = new Uint8Array(offsetBytes + (end - from) * Size.SECTOR_BYTES + 9).fill(0xee);
    const expected = destination.slice();
    for (let at = from; at < end; at += 1) {
      expected.set(model.at('volatile', at).bytes, offsetBytes + (at - from) * Size.SECTOR_BYTES);
    }
    device.read(from, end - from, destination, offsetBytes);
    return Buffer.compare(destination, expected) === 0;
  });
  t.notThrows(() => fc.assert(property));
});

test('device: write: the source changes afterwards', (t) => {
  const device = new BlockDevice(new Arena(), 16);
  const source = payload(1, 8);
  const before = source[0]!;
  device.write(0, 8, source, 0, 1);
  source[0] = before ^ 0xff;
  t.is(device.peekWord('volatile', 0, 0) & 0xff, before);
});

test('device: discard: of two blocks, one of which is flushed in part and then written', (t) => {
  // Both blocks share a cell; the write touches only a sector that has no unflushed version any more.
  const device = new BlockDevice(new Arena(), 16);
  device.discard(0, 16, 1);
  device.flushRange(0, 1);
  device.write(0, 1, payload(2, 1), 0, 2);
  t.is(device.lineage('volatile', 0), 2);
  t.is(device.lineage('volatile', 8), 1);
  t.is(device.peekWord('volatile', 8, 0), 0);
});

test('device: grow: the last block was short', (t) => {
  const device = new BlockDevice(new Arena(), 11);
  device.write(8, 3, payload(1, 3), 0, 1);
  device.grow(16);
  t.is(device.sizeSectors, 16);
  t.is(device.lineage('volatile', 10), 1);
  t.is(device.lineage('volatile', 11), 0);
  t.is(device.peekWord('volatile', 15, 5), 0);
});

test('device: assertions: calls that callers must not make', (t) => {
  const arena = new Arena();
  const device = new BlockDevice(arena, 16);
  const tearing = new BlockDevice(arena, 16, { tearsSectors: true });
  const slot = new Uint8Array(2 * Size.SECTOR_BYTES);
  const wrong: [string, RegExp, () => void][] = [
    ['range past the end', /expected sectors below 16, got 2 from 15 on/, () => device.write(15, 2, slot, 0, 1)],
    ['negative sector', /expected sectors below 16/, () => device.read(-1, 1, slot, 0)],
    ['fractional sector', /expected sectors below 16/, () => device.lineage('durable', 0.5)],
    ['source too short', /expected 2 sectors at byte 1 of the source/, () => device.write(0, 2, slot, 1, 1)],
    ['destination too short', /expected room for 2 sectors/, () => device.read(0, 2, slot, 1)],
    ['operation 0', /expected an operation id/, () => device.discard(0, 1, 0)],
    ['marks missing', /expected 2 marks, got 1/, () => device.writeSectors(0, 2, slot, 0, 1, new Uint8Array(1))],
    ['word outside the sector', /expected a word from 0 to 127/, () => device.peekWord('volatile', 0, 128)],
    ['smaller', /expected a size from 16/, () => device.grow(15)],
    ['tear of atomic sectors', /expected no torn sector/, () => device.tearSector(0, slot, 0, 8, 1)],
    [
      'tear from half a source',
      /expected 1 sectors at byte 520/,
      () => tearing.tearSector(0, slot.subarray(9), 520, 8, 1),
    ],
  ];
  for (const [name, message, call] of wrong) t.throws(call, { message }, name);
  t.is(arena.cellsUsedCount, 0, 'nothing was written');
  arena.reset();
  t.throws(() => device.flush(), { message: /got a stale device/ });
});
