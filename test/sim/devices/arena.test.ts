/** Goal: an arena that was used before behaves as a new one, whatever it held, and holds no more than it should. */
import test from 'ava';
import fc from 'fast-check';
import { Arena } from '../../../sim/devices/arena.js';
import { BlockDevice } from '../../../sim/devices/block-device.js';
import { FlushEpoch } from '../../../sim/devices/flush-epoch.js';
import { newPrivateMemory } from '../../../sim/devices/memory.js';
import { histories, payload, perform, type Step, WINDOW_SECTORS } from './histories.js';

/** Does `history` on both devices in turn; returns the next free cell and the digests after each step. */
function trace(arena: Arena, devices: readonly BlockDevice[], history: readonly Step[]): unknown[] {
  return history.map((step, index) => {
    perform(step, 0, index + 1, devices[index % devices.length]!);
    const cell = arena.allocate();
    arena.release(cell);
    return [
      cell,
      arena.cellsUsedCount,
      ...devices.map((device) => device.digest('volatile')),
      devices[0]!.digest('durable'),
    ];
  });
}

test('arena: reset: a history gives the same cells and digests after any other', (t) => {
  const arena = new Arena();
  const devices = [new BlockDevice(arena, WINDOW_SECTORS), new BlockDevice(arena, WINDOW_SECTORS)];
  const property = fc.property(histories, histories, (history, earlier) => {
    trace(arena, devices, earlier);
    arena.reset();
    for (const device of devices) device.reset(WINDOW_SECTORS);
    const fresh = new Arena();
    const freshDevices = [new BlockDevice(fresh, WINDOW_SECTORS), new BlockDevice(fresh, WINDOW_SECTORS)];
    t.deepEqual(trace(arena, devices, history), trace(fresh, freshDevices, history));
  });
  fc.assert(property, { numRuns: 200 });
});

test('arena: growth: no cell loses its bytes, lineage or marks; a reset gives back what is far more than a run needs, and what grows again is whole', (t) => {
  const arena = new Arena();
  const device = new BlockDevice(arena, 9000 * 8);
  t.is(arena.cellsReservedCount, 8192);
  for (let block = 0; block < 9000; block += 1) {
    device.write(block * 8 + 1, 1, payload(block + 1, 1), 0, block + 1);
    if (block % 100 === 0) device.flush();
  }
  for (let block = 0; block < 9000; block += 1) {
    t.is(device.lineage('volatile', block * 8 + 1), block + 1);
    t.is(device.lineage('volatile', block * 8), 0);
    t.is(device.peekWord('volatile', block * 8 + 1, 0) & 0xff, ((block + 1) * 89) & 0xff);
    t.is(device.peekWord('volatile', block * 8, 0), 0);
  }
  t.is(arena.cellsUsedCount, 9000);
  t.is(arena.cellsReservedCount, 2 * 8192);
  arena.reset();
  t.is(arena.cellsUsedCount, 0);
  t.is(arena.cellsReservedCount, 8192);
  const next = new BlockDevice(arena, 9000 * 8);
  for (let block = 0; block < 9000; block += 1) next.write(block * 8, 8, payload(block + 2, 8), 0, block + 1);
  for (let block = 0; block < 9000; block += 1)
    t.is(next.peekWord('volatile', block * 8, 0) & 0xff, ((block + 2) * 89) & 0xff);
  t.is(arena.cellsReservedCount, 2 * 8192);
});

test('arena: FUA: the same block over and over holds one cell', (t) => {
  const arena = new Arena();
  const device = new BlockDevice(arena, 64);
  for (let operation = 1; operation <= 9000; operation += 1) {
    device.write(8, 8, payload(operation, 8), 0, operation);
    device.flushRange(8, 8);
  }
  t.is(arena.cellsUsedCount, 1);
  t.is(arena.cellsReservedCount, 8192);
});

test('arena: epoch: slots of flushed blocks are used again', (t) => {
  const arena = new Arena();
  const epoch = new FlushEpoch(arena);
  for (let block = 0; block < 500; block += 1) {
    const entry = epoch.open(block);
    const cell = arena.allocate();
    epoch.append(entry, cell, 0b11);
    arena.release(cell);
    epoch.forget(entry, 0b01);
    t.is(epoch.sectorsCount, 1);
    epoch.forget(entry, 0b10);
  }
  t.is(epoch.entriesEnd, 2);
  t.is(epoch.sectorsCount, 0);
  t.is(arena.cellsUsedCount, 0);
});

test('arena: bound: a device that is never flushed says so', (t) => {
  const device = new BlockDevice(new Arena(newPrivateMemory, 100), 64);
  const source = payload(1, 8);
  const writeOn = () => {
    for (let operation = 1; operation < 200; operation += 1) device.write(0, 8, source, 0, operation);
  };
  t.throws(writeOn, { message: /expected at most 100 block versions/ });
  t.is(device.lineage('volatile', 0), 99);
});

test('arena: assertions: a cell released twice', (t) => {
  const arena = new Arena();
  const cell = arena.allocate();
  arena.release(cell);
  t.throws(() => arena.release(cell), { message: /got free cell 1, in release/ });
  t.throws(() => arena.retain(cell), { message: /got free cell 1, in retain/ });
});
