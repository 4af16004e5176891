/** Goal: a power loss leaves, sector by sector, an allowed version, and every mixture of allowed versions can be had. */
import test from 'ava';
import fc from 'fast-check';
import { Arena } from '../../../sim/devices/arena.js';
import { BlockDevice } from '../../../sim/devices/block-device.js';

import type { SectorChoice } from '../../../sim/devices/power-loss.js';
import { histories, payload, perform, WINDOW_SECTORS } from './histories.js';
import { PlainMapModel } from './plain-map-model.js';
import { Size } from '../../../sim/devices/geometry.js';

test('power loss: outcome: each sector is an allowed version, and its lineage names the bytes', (t) => {
  const arena = new Arena();
  const property = fc.property(histories, fc.infiniteStream(fc.nat({ max: 99 })), (history, draws) => {
    arena.reset();
    const device = new BlockDevice(arena, WINDOW_SECTORS);
    const model = new PlainMapModel();
    history.forEach((step, index) => perform(step, 0, index + 1, device, model));
    const asked: number[] = [];
    device.powerLoss((candidatesCount, sector) => {
      asked.push(sector);
      return draws.next().value! % (candidatesCount + 1);
    });
    const buffer = new Uint8Array(Size.SECTOR_BYTES);
    if (asked.join() !== model.unflushedSectors().join()) return false;
    for (let sector = 0; sector < WINDOW_SECTORS; sector += 1) {
      const lineage = device.lineage('durable', sector);
      const version = model.versions(sector).find(({ operation }) => operation === lineage);
      device.peek('durable', sector, buffer);
      if (version === undefined || Buffer.compare(buffer, version.bytes) !== 0) return false;
      if (device.lineage('volatile', sector) !== lineage) return false;
    }
    const { hi, lo } = device.digest('durable');
    const seen = device.digest('volatile');
    return seen.hi === hi && seen.lo === lo && device.unflushedSectorsCount === 0;
  });
  t.notThrows(() => fc.assert(property, { numRuns: 300 }));
});

test('power loss: mixture: old, first and last write in neighbouring sectors of one block', (t) => {
  const device = new BlockDevice(new Arena(), 8);
  device.write(0, 8, payload(1, 8), 0, 1);
  device.flush();
  for (const operation of [2, 3, 4]) device.write(0, 8, payload(operation, 8), 0, operation);
  device.flushRange(7, 1);
  device.powerLoss((candidatesCount, sector) => sector % (candidatesCount + 1));
  const lineage = [0, 1, 2, 3, 4, 5, 6, 7].map((sector) => device.lineage('durable', sector));
  t.deepEqual(lineage, [1, 2, 3, 4, 1, 2, 3, 4]);
});

test('power loss: tear: the cut is where the choice says', (t) => {
  const device = new BlockDevice(new Arena(), 8, { tearsSectors: true });
  device.write(2, 1, new Uint8Array(Size.SECTOR_BYTES).fill(7), 0, 1);
  device.powerLoss(() => ({ older: 0, newer: 1, bytesNew: 24 }));
  const sector = new Uint8Array(Size.SECTOR_BYTES);
  device.read(2, 1, sector, 0);
  t.deepEqual([...sector.subarray(22, 26)], [7, 7, 0, 0]);
  t.true(device.isTorn('durable', 2));
  t.is(device.lineage('durable', 2), 1);
});

test('power loss: assertions: choices that are not on offer', (t) => {
  const lose = (tearsSectors: boolean, choose: SectorChoice) => () => {
    const device = new BlockDevice(new Arena(), 8, { tearsSectors });
    device.write(0, 1, payload(1, 1), 0, 1);
    device.powerLoss(choose);
  };
  t.throws(
    lose(false, () => 2),
    { message: /expected a version from 0 to 1, got 2, at sector 0/ },
  );
  t.throws(
    lose(false, () => 0.5),
    { message: /expected a version from 0 to 1/ },
  );
  t.throws(
    lose(false, () => ({ older: 0, newer: 1, bytesNew: 8 })),
    { message: /expected no torn sector/ },
  );
  t.throws(
    lose(true, () => ({ older: 1, newer: 1, bytesNew: 8 })),
    { message: /expected a version from 0 to 0/ },
  );
  t.throws(
    lose(true, () => ({ older: 0, newer: 1, bytesNew: 12 })),
    { message: /expected a tear inside a sector/ },
  );
});
