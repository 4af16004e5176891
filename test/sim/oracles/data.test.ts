/** Goal: each promise on the application's data is judged: broken, it is named; the honest neighbour passes. */

import test from 'ava';

import { Stamp } from '../../../sim/oracles/observation.js';
import { SOURCE, TARGET } from './fake-world.js';
import { HistoryBuilder } from './history.js';

const booted = (): HistoryBuilder => new HistoryBuilder().boot();

test('oracles: data: a read returns what was acknowledged last', (t) => {
  const history = booted();
  const first = history.write(9, [SOURCE]);
  const second = history.write(9, [SOURCE]);
  history.read(8, 1, second, 1);
  t.deepEqual(history.found, []);
  history.world.put(SOURCE, 9, first);
  history.read(9, first);
  t.deepEqual(history.signatures, ['O1 acknowledged write lost']);
  const { sentence } = history.found[0]!;
  t.regex(
    sentence,
    /block 1 \(sector 9\) of disk 0 reads write 2 of node 0 .*but write 3 of node 0 was acknowledged at \d+\.\d{3} ms and is lost/,
  );
});

test('oracles: data: lost initial content is named', (t) => {
  const history = booted();
  history.world.put(SOURCE, 4, 0);
  history.read(4, 0);
  t.deepEqual(history.signatures, ['O1 initial content lost']);
});

test('oracles: data: a discard that is acknowledged reads as zeros', (t) => {
  const history = booted();
  const write = history.write(3, [SOURCE]);
  const discard = history.issue('discard', 0, 8);
  history.land(discard, SOURCE);
  history.answer(discard).read(3, 0);
  t.deepEqual(history.found, []);
  history.world.put(SOURCE, 3, write);
  history.read(3, write);
  t.deepEqual(history.signatures, ['O1 acknowledged discard or write of zeroes lost']);
});

test('oracles: data: a read may return a write in flight, and then no later read the old data', (t) => {
  const history = booted();
  const io = history.issue('write', 5);
  history.read(5, 1).read(5, io.io);
  t.deepEqual(history.found, []);
  history.world.put(SOURCE, 5, 1);
  history.read(5, 1);
  t.deepEqual(history.signatures, ['O10 read went back in time']);
});

test('oracles: data: a stale read of what the device still holds is named stale', (t) => {
  const history = booted();
  history.write(5, [SOURCE]);
  history.read(5, 1);
  t.deepEqual(history.signatures, ['O10 stale read']);
});

test('oracles: data: a failed write reads old or new, and then stays', (t) => {
  for (const [before, after] of [
    ['old', 'new'],
    ['new', 'old'],
  ] as const) {
    const history = booted();
    const io = history.issue('write', 5);
    history.world.fault(SOURCE);
    history.answer(io, 'error');
    const stamp = { old: 1, new: io.io };
    history.read(5, stamp[before]).read(5, stamp[before]);
    t.deepEqual(history.found, []);
    history.world.put(SOURCE, 5, stamp[after]);
    history.read(5, stamp[after]);
    t.deepEqual(history.signatures, ['O6 failed write flapped']);
  }
});

test('oracles: data: a write lost with its node may appear later, but not after newer data', (t) => {
  const history = booted();
  const io = history.issue('write', 5);
  history.world.stop(0);
  history.world.online(1);
  history.on(1).read(5, io.io);
  t.deepEqual(history.found, []);

  const late = booted();
  const lost = late.issue('write', 5);
  late.world.stop(0);
  late.world.online(1);
  late.on(1).write(5, [SOURCE]);
  late.world.put(SOURCE, 5, lost.io);
  late.read(5, lost.io);
  t.deepEqual(late.signatures, ['O1 acknowledged write lost']);
});

test('oracles: data: a node crash alone excuses nothing', (t) => {
  const history = booted();
  history.write(5, [SOURCE]);
  history.world.stop(0);
  history.world.online(1);
  history.world.put(SOURCE, 5, 1);
  history.on(1).read(5, 1);
  t.deepEqual(history.signatures, ['O1 acknowledged write lost']);
});

test('oracles: data: a power loss may take back what was not flushed, once and for all', (t) => {
  const history = booted();
  const write = history.write(5, [SOURCE]);
  history.losePower();
  history.world.put(SOURCE, 5, 1);
  history.world.online(0);
  history.read(5, 1);
  t.deepEqual(history.found, []);
  history.world.put(SOURCE, 5, write);
  history.read(5, write);
  t.is(history.found.length, 1);
});

test('oracles: data: what a flush covered survives a power loss', (t) => {
  const history = booted();
  history.write(5, [SOURCE]);
  history.flush().losePower();
  history.world.put(SOURCE, 5, 1);
  history.world.online(0);
  history.read(5, 1);
  t.deepEqual(history.signatures, ['O5 flushed write lost']);
});

test('oracles: data: a flush covers only what was acknowledged before it was issued', (t) => {
  const history = booted();
  const flush = history.issue('flush', 0, 0);
  history.write(5, [SOURCE]);
  history.answer(flush).losePower();
  history.world.put(SOURCE, 5, 1);
  history.world.online(0);
  history.read(5, 1);
  t.deepEqual(history.found, []);
});

test('oracles: data: a FUA write survives a power loss by itself', (t) => {
  const history = booted();
  history.write(5, [SOURCE], 1, { fua: true });
  history.losePower();
  history.world.put(SOURCE, 5, 1);
  history.world.online(0);
  history.read(5, 1);
  t.deepEqual(history.signatures, ['O5 FUA write lost']);
});

test('oracles: data: what a commit flushed survives a power loss of the target', (t) => {
  const history = new HistoryBuilder().synchronised();
  history.write(5, [SOURCE, TARGET]);
  history.commit().losePower();
  history.world.put(TARGET, 5, 1);
  history.world.online(0);
  history.read(5, 1);
  t.deepEqual(history.signatures, ['O5 flushed write lost']);
});

test('oracles: data: bytes nobody wrote there are named', (t) => {
  const garbage = booted().read(5, Stamp.GARBAGE);
  t.deepEqual(garbage.signatures, ['O1 damaged or torn data appears']);
  const unwritten = booted().read(5, 77);
  t.deepEqual(unwritten.signatures, ['O1 unwritten data appears']);
  const misplaced = booted();
  const write = misplaced.write(9, [SOURCE]);
  misplaced.read(5, write);
  t.deepEqual(misplaced.signatures, ['O1 data of another place appears']);
});

test('oracles: data: signatures hold no numbers of the run', (t) => {
  const history = booted();
  history.write(12, [SOURCE]);
  history.read(12, 1);
  for (const { oracle, signature } of history.found) t.regex(signature, new RegExp(`^${oracle} [^0-9]+$`));
});

test('oracles: data: a clean shutdown covers what was acknowledged, unless a device of the disk failed', (t) => {
  for (const isFaulted of [false, true]) {
    const history = booted();
    history.write(5, [SOURCE]);
    if (isFaulted) history.world.fault(SOURCE);
    history.world.watch.diskOffline(0, 0, false);
    history.world.watch.shutdownDone(0);
    history.losePower();
    history.world.put(SOURCE, 5, 1);
    history.world.online(0);
    history.read(5, 1);
    t.deepEqual(
      history.signatures,
      isFaulted ? [] : ['O11 clean stop left a cache unflushed', 'O5 flushed write lost'],
    );
  }
});

test('oracles: data: after all devices lost power the first read is durable, after one of them it is not', (t) => {
  for (const devices of [[SOURCE, TARGET], [TARGET]]) {
    const history = booted();
    const write = history.write(5, [SOURCE]);
    history.pass().world.losePower(...devices);
    history.read(5, write).losePower();
    history.world.put(SOURCE, 5, 1);
    history.world.online(0);
    history.read(5, 1);
    t.deepEqual(history.signatures, devices.length === 2 ? ['O5 flushed write lost'] : []);
  }
});

test('oracles: data: native I/O to the live device is part of the history, to the other it is not', (t) => {
  const live = booted();
  live.write(5, [SOURCE], 1, { address: 'native', identity: 100 });
  live.world.put(SOURCE, 5, 1);
  live.read(5, 1);
  t.deepEqual(live.signatures, ['O1 acknowledged write lost']);

  const other = booted();
  other.answer(other.issue('read', 5, 1, { address: 'native', identity: 101 }), 'ok', [0]);
  other.answer(other.issue('flush', 0, 0, { address: 'native', identity: 101 }));
  t.deepEqual(other.found, []);
});

test('oracles: data: a write that was denied must not be read', (t) => {
  const history = booted();
  const io = history.issue('write', 5, 1, { address: 'native', identity: 101 });
  history.answer(io, 'denied').read(5, io.io);
  t.deepEqual(history.signatures, ['O3 write of a denied I/O appears']);
});

test('oracles: data: a read that did not end well is not judged here', (t) => {
  const history = booted();
  const io = history.issue('read', 5);
  history.world.fault(SOURCE);
  history.answer(io, 'error');
  t.deepEqual(history.found, []);
});
