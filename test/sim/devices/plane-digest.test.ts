/** Goal: a digest says what a plane reads as: all of it, and nothing about how it came to be. */
import test from 'ava';
import fc from 'fast-check';
import { Arena } from '../../../sim/devices/arena.js';
import { BlockDevice } from '../../../sim/devices/block-device.js';

import { histories, payload, perform, WINDOW_SECTORS } from './histories.js';
import { Size } from '../../../sim/devices/geometry.js';

test('digest: history: any other way to the same content', (t) => {
  const arena = new Arena();
  const property = fc.property(histories, fc.boolean(), (history, tearsSectors) => {
    arena.reset();
    const device = new BlockDevice(arena, WINDOW_SECTORS, { tearsSectors });
    history.forEach((step, index) => {
      perform(step, 0, index + 1, device);
      device.digest('volatile'); // so that a hash that is kept too long shows
    });
    for (const plane of ['volatile', 'durable'] as const) {
      // Sector by sector, backwards, in another size, and only what is not zero.
      const other = new BlockDevice(arena, 2 * WINDOW_SECTORS);
      const sector = new Uint8Array(Size.SECTOR_BYTES);
      for (let at = WINDOW_SECTORS - 1; at >= 0; at -= 1) {
        device.peek(plane, at, sector);
        if (sector.some((byte) => byte !== 0)) other.write(at, 1, sector, 0, 7);
      }
      t.deepEqual(device.digest(plane), other.digest('volatile'));
    }
  });
  fc.assert(property, { numRuns: 300 });
});

test('digest: content: any one bit, any one sector elsewhere', (t) => {
  const bit = fc.nat({ max: Size.SECTOR_BYTES * 8 - 1 });
  const sector = fc.nat({ max: WINDOW_SECTORS - 1 });
  const property = fc.property(bit, sector, sector, fc.boolean(), (flipped, at, elsewhere, blank) => {
    const written = (where: number, flip: boolean) => {
      const device = new BlockDevice(new Arena(), WINDOW_SECTORS);
      const bytes = payload(3, 1, blank);
      if (flip) bytes[flipped >>> 3]! ^= 1 << (flipped & 7);
      device.write(where, 1, bytes, 0, 1);
      return device.digest('volatile');
    };
    t.notDeepEqual(written(at, true), written(at, false));
    if (at !== elsewhere) t.notDeepEqual(written(at, true), written(elsewhere, true));
  });
  fc.assert(property);
});

test('digest: content: two sectors or two blocks change places', (t) => {
  const written = (first: number, second: number) => {
    const device = new BlockDevice(new Arena(), 64);
    device.write(first, 1, payload(1, 1), 0, 1);
    device.write(second, 1, payload(2, 1), 0, 2);
    return device.digest('volatile');
  };
  t.notDeepEqual(written(0, 1), written(1, 0));
  t.notDeepEqual(written(0, 8), written(8, 0));
});

test('digest: planes: they differ until a flush', (t) => {
  const device = new BlockDevice(new Arena(), 64);
  device.write(3, 4, payload(1, 4), 0, 1);
  t.notDeepEqual(device.digest('volatile'), device.digest('durable'));
  t.deepEqual(device.digest('durable'), new BlockDevice(new Arena(), 8).digest('durable'));
  device.flush();
  t.deepEqual(device.digest('volatile'), device.digest('durable'));
});

test('digest: values: the same on every platform and Node version', (t) => {
  const device = new BlockDevice(new Arena(), 4096);
  t.deepEqual(device.digest('volatile'), { hi: 0, lo: 0 });
  t.deepEqual(device.digest('volatile', 1, 2), { hi: 1364076727, lo: 821347078 });
  device.write(5, 30, payload(1, 30), 0, 1);
  t.deepEqual(device.digest('volatile'), { hi: 2058960575, lo: 2401379297 });
  t.deepEqual(device.digest('volatile', 1, 2), { hi: 2531863853, lo: 2031339749 });
});
