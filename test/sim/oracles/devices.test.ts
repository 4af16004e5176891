/** Goal: mirrors, live device, access and bounds are judged: one thing wrong is named, the honest neighbour passes. */

import test from 'ava';

import { DISK_SECTORS, LABEL_SECTORS, SOURCE, SOURCE_IDENTITY, TARGET, TARGET_IDENTITY } from './fake-world.js';
import { HistoryBuilder } from './history.js';

const built = (): HistoryBuilder => new HistoryBuilder();

test('oracles: whole migration: an honest one passes every oracle', (t) => {
  const history = built().synchronised();
  history.write(5, [SOURCE, TARGET]);
  history.selectTarget();
  history.write(6, [SOURCE, TARGET], 4);
  history.commit('target-selected');
  history.write(7, [TARGET]);
  history.cleanup().end();
  t.deepEqual(history.found, []);
});

test('oracles: mirror: a write acknowledged before the target holds it', (t) => {
  const history = built().synchronised();
  const io = history.issue('write', 96, 8);
  history.land(io, SOURCE);
  history.answer(io);
  t.deepEqual(history.signatures, ['O1 write acknowledged before the target holds it']);
  t.regex(
    history.found[0]!.sentence,
    /write 2 of node 0 to block 12 \(sector 96\) of disk 0 was acknowledged at .* in state source-selected although the target does not hold it/,
  );
});

test('oracles: mirror: the last sector counts as well', (t) => {
  const history = built().synchronised();
  const io = history.issue('write', 6, 4);
  history.land(io, SOURCE);
  history.land(io, TARGET);
  history.world.put(TARGET, 9, 1);
  history.answer(io);
  t.deepEqual(history.signatures, ['O1 write acknowledged before the target holds it']);
});

test('oracles: mirror: excused by a fault of the target, an overlapping write, or a write older than the cloning', (t) => {
  const failed = built().synchronised();
  failed.world.fault(TARGET);
  failed.write(5, [SOURCE]);
  t.deepEqual(failed.found, []);

  const overlapping = built().synchronised();
  const first = overlapping.issue('write', 5);
  const second = overlapping.issue('write', 5);
  for (const io of [first, second]) for (const device of [SOURCE, TARGET]) overlapping.land(io, device);
  overlapping.answer(first).answer(second);
  t.deepEqual(overlapping.found, []);

  const older = built().boot().setup();
  const io = older.issue('write', 5);
  older.sync();
  older.land(io, SOURCE);
  older.answer(io);
  t.deepEqual(older.found, []);
});

test('oracles: mirror: after commit the target alone must hold it', (t) => {
  const history = built().synchronised().commit();
  history.write(5, [SOURCE]);
  t.true(history.signatures.includes('O1 write acknowledged before the target holds it'));
});

test('oracles: mirror: a target that was skipped for a fault must not be committed to', (t) => {
  const history = built().synchronised();
  history.world.fault(TARGET);
  history.write(5, [SOURCE]);
  history.request(TARGET, 'flush').rollForward();
  t.deepEqual(history.signatures, ['O11 commit although the target had failed', 'O6 sides differ when reads move']);
});

test('oracles: mirror: a target that was skipped for a fault needs a fault record before the error flag is cleared', (t) => {
  for (const targetFault of [true, false]) {
    const history = built().synchronised();
    history.world.fault(TARGET);
    history.write(5, [SOURCE]);
    for (const device of [SOURCE, TARGET]) history.request(device, 'flush');
    history.world.writeLocal(0, { state: 'source-selected', targetFault });
    history.world.writeLocal(0, { errorFlag: false });
    t.deepEqual(history.signatures, targetFault ? [] : ['O11 error flag cleared without a fault record']);
  }
});

test('oracles: live device: the target allowed while the roll-forward flag is clear', (t) => {
  const history = built().synchronised().flipAccess();
  t.deepEqual(history.signatures, [
    'O11 commit wrote the access control too early',
    'O2 target allowed while the roll-forward flag is clear',
  ]);
});

test('oracles: live device: both devices allowed', (t) => {
  const history = built().synchronised().request(TARGET, 'flush').rollForward();
  history.world.writeLocal(0, { targetAllowed: true });
  t.deepEqual(history.signatures, ['O2 access control allows both devices']);
});

test('oracles: live device: bound to a target that is denied', (t) => {
  const history = built().synchronised();
  history.world.writeLocal(0, { bound: TARGET_IDENTITY });
  t.deepEqual(history.signatures, ['O2 binding leads to a denied target']);
});

test('oracles: live device: two nodes serve one disk', (t) => {
  const history = built().boot();
  const old = history.issue('read', 1);
  history.world.online(1);
  history.answer(old, 'ok', [1]);
  t.deepEqual(history.found, []);
  history.read(1, 1);
  t.deepEqual(history.signatures, ['O2 two nodes serve one disk']);
});

test('oracles: live device: a node that comes online on the wrong device', (t) => {
  const history = built().synchronised().commit();
  history.world.stop(0);
  history.world.writeLocal(1, { bound: SOURCE_IDENTITY, sourceAllowed: true, targetAllowed: false });
  history.world.online(1);
  t.deepEqual(history.signatures, [
    'O2 node disagrees about the live device',
    'O11 recovery with the roll-forward flag set left the target denied',
  ]);
});

test('oracles: access: a denied device serves nothing', (t) => {
  const history = built().synchronised();
  const native = { address: 'native', identity: TARGET_IDENTITY } as const;
  history.answer(history.issue('read', 3, 1, native), 'denied');
  history.answer(history.issue('read', 3, 1, { address: 'native', identity: SOURCE_IDENTITY }), 'ok', [1]);
  t.deepEqual(history.found, []);
  history.answer(history.issue('read', 3, 1, native), 'ok', [1]);
  t.deepEqual(history.signatures, ['O3 denied device served the application']);
});

test('oracles: access: a denied write leaves nothing behind', (t) => {
  const history = built().synchronised();
  const io = history.issue('write', 3, 1, { address: 'native', identity: TARGET_IDENTITY });
  history.world.put(TARGET, 3, io.io);
  history.answer(io, 'denied');
  t.deepEqual(history.signatures, ['O3 denied write reached the device']);
});

test('oracles: access: nothing is served before the disk is online', (t) => {
  const history = built().boot().on(1);
  history.answer(history.issue('read', 3), 'offline');
  t.deepEqual(history.found, []);
  history.answer(history.issue('flush', 0, 0));
  t.true(history.signatures.includes('O3 disk served before it was online'));
});

test('oracles: beyond: the target outside the range is never touched', (t) => {
  const label = built().synchronised().request(TARGET, 'write', { sector: 0, count: 2 });
  t.deepEqual(label.signatures, ["O8 write beyond the source's range"]);
  const behind = built().synchronised();
  behind.request(TARGET, 'write', { sector: LABEL_SECTORS + DISK_SECTORS - 4, count: 8 });
  t.deepEqual(behind.signatures, ["O8 write beyond the source's range"]);
  const bytes = built().synchronised();
  bytes.world.putAtDevice(TARGET, LABEL_SECTORS + DISK_SECTORS + 1, 9);
  t.deepEqual(bytes.end().signatures, ["O8 bytes beyond the source's range changed"]);
});
