/** Goal: transitions, errors and progress are judged: one thing wrong is named, the honest neighbour passes. */

import test from 'ava';

import { local, SHARED, SOURCE, TARGET } from './fake-world.js';
import { HistoryBuilder } from './history.js';

const built = (): HistoryBuilder => new HistoryBuilder();

test('oracles: state table: a transition that is not in it', (t) => {
  const history = built().boot().setup().state('setup', 'source-selected');
  t.deepEqual(history.signatures, ['O4 transition setup to source-selected by command']);
});

test('oracles: state table: the cause counts', (t) => {
  const history = built().boot().setup().sync().state('syncing', 'source-selected', 'command');
  t.deepEqual(history.signatures, ['O4 transition syncing to source-selected by command']);
});

test('oracles: state table: reports continue each other', (t) => {
  const history = built().boot().setup().state('syncing', 'source-selected', 'synchronised');
  t.deepEqual(history.signatures, ['O4 transition starts in another state']);
});

test('oracles: state table: recovery rolls forward only with the flag, and aborts only without', (t) => {
  for (const rollForward of [true, false]) {
    const history = built().synchronised();
    if (rollForward) history.request(TARGET, 'flush').rollForward();
    history.world.stop(0);
    history.world.watch.onlineAsked(1, 0);
    history.state('setup', 'committed', 'recovery', 1);
    t.deepEqual(history.signatures, rollForward ? [] : ['O4 transition setup to committed by recovery']);
  }
});

test('oracles: state table: a durable record does not skip where no path leads', (t) => {
  const history = built().boot().setup();
  history.world.writeLocal(0, { state: 'target-selected' });
  t.deepEqual(history.signatures, ['O4 durable state setup to target-selected']);
});

test('oracles: state table: the way back to setup is durable before it is reported', (t) => {
  const back = (isDurable: boolean): readonly string[] => {
    const history = built().synchronised().request(TARGET, 'write', { status: 'error' });
    if (isDurable) history.world.writeLocal(0, { state: 'setup', errorFlag: false, targetFault: true });
    return history.state('source-selected', 'setup', 'target-fault').signatures;
  };
  t.deepEqual(back(true), []);
  t.deepEqual(back(false), ['O4 setup before it is durable']);
});

test('oracles: state table: a clean restart goes on where it was, or back to setup', (t) => {
  for (const to of ['setup', 'source-selected', 'syncing']) {
    const history = new HistoryBuilder({ mode: 'standalone', nodes: 1 }).synchronised();
    history.world.writeLocal(0, { state: 'target-selected' });
    history.world.stop(0);
    history.world.start(0);
    history.world.watch.onlineAsked(0, 0);
    if (to === 'setup') history.world.writeLocal(0, { state: to, errorFlag: false });
    history.state('target-selected', to, 'startup');
    const transition = `O4 transition target-selected to ${to} by startup`;
    t.deepEqual(
      history.signatures.filter((signature) => signature.startsWith('O4 transition')),
      to === 'setup' ? [] : [transition],
    );
  }
});

test('oracles: errors: an error without a fault of the live device', (t) => {
  const history = built().synchronised();
  history.answer(history.issue('read', 3), 'error');
  t.deepEqual(history.signatures, ['O9 error without a fault of the live device']);
});

test('oracles: errors: a fault of the source excuses, of the target not', (t) => {
  for (const device of [SOURCE, TARGET]) {
    const history = built().synchronised();
    const io = history.issue('read', 3);
    history.world.fault(device);
    history.answer(io, 'error');
    t.deepEqual(history.signatures, device === SOURCE ? [] : ['O9 error without a fault of the live device']);
  }
});

test('oracles: errors: in target-selected it takes faults of both sides, after commit one of the target', (t) => {
  for (const devices of [[SOURCE], [TARGET], [SOURCE, TARGET]]) {
    const history = built().synchronised().selectTarget();
    const io = history.issue('write', 3);
    for (const device of devices) history.world.fault(device);
    history.answer(io, 'error');
    t.is(history.found.length, devices.length === 2 ? 0 : 1);
  }
  for (const device of [SOURCE, TARGET]) {
    const history = built().synchronised().commit();
    const io = history.issue('write', 3);
    history.world.fault(device);
    history.answer(io, 'error');
    t.is(history.found.length, device === TARGET ? 0 : 1);
  }
});

test('oracles: errors: a metadata device that fails excuses what was held', (t) => {
  for (const device of [SHARED, local(0), local(1)]) {
    const history = built().synchronised();
    const io = history.issue('write', 3);
    history.world.fault(device);
    history.answer(io, 'error');
    t.is(history.found.length, device === local(1) ? 1 : 0);
  }
});

test('oracles: errors: never denied on the device name, never busy', (t) => {
  const history = built().synchronised();
  history.answer(history.issue('read', 3), 'denied').answer(history.issue('read', 3), 'busy');
  t.deepEqual(history.signatures, ['O9 denied on its device name', 'O9 busy']);
});

test('oracles: errors: offline only when the disk then goes offline', (t) => {
  const going = built().synchronised();
  going.answer(going.issue('read', 3), 'offline');
  going.world.watch.diskOffline(0, 0, false);
  going.world.online(0);
  going.read(3, 1);
  t.deepEqual(
    going.signatures.filter((signature) => signature.startsWith('O9')),
    [],
  );

  const staying = built().synchronised();
  staying.answer(staying.issue('read', 3), 'offline').read(3, 1);
  t.deepEqual(staying.signatures, ['O9 offline answered while online']);
});

test('oracles: progress: an abort that nobody called for', (t) => {
  const back = (history: HistoryBuilder, cause: string): HistoryBuilder => {
    history.world.writeLocal(0, { state: 'setup', errorFlag: false });
    return history.state('source-selected', 'setup', cause);
  };
  const needless = { command: 'O7 needless abort by command', 'target-fault': 'O7 needless abort by target-fault' };
  for (const [cause, signature] of Object.entries(needless)) {
    t.deepEqual(back(built().synchronised(), cause).signatures, [signature]);
  }
  const commanded = built().synchronised();
  commanded.world.watch.commandIssued(0, 0, 1, 'abort', 0);
  t.deepEqual(back(commanded, 'command').found, []);
  const faulted = built().synchronised();
  faulted.world.fault(TARGET);
  t.deepEqual(back(faulted, 'target-fault').found, []);
  const unreadable = built().synchronised();
  t.deepEqual(back(unreadable, 'source-unreadable').signatures, ['O7 needless abort by source-unreadable']);
});

test('oracles: progress: a clean standalone restart goes on', (t) => {
  for (const errorFlag of [true, false]) {
    const history = new HistoryBuilder({ mode: 'standalone', nodes: 1 }).synchronised();
    history.world.writeLocal(0, { state: 'source-selected', errorFlag });
    history.world.stop(0, 'shutdown');
    history.world.start(0);
    history.world.watch.onlineAsked(0, 0);
    history.world.writeLocal(0, { targetFault: true });
    history.world.writeLocal(0, { state: 'setup', errorFlag: false });
    history.state('source-selected', 'setup', 'startup');
    t.deepEqual(history.signatures, errorFlag ? [] : ['O7 needless abort by startup']);
  }
});

test('oracles: way back: a clean stop leaves the state on record in which the node served in this life', (t) => {
  const left = (isNewLife: boolean): readonly string[] => {
    const history = built().synchronised();
    if (isNewLife) {
      history.world.stop(0);
      history.world.start(0);
    }
    history.world.writeLocal(0, { state: 'committed', errorFlag: false });
    history.world.watch.diskOffline(0, 0, false);
    return history.signatures.filter((signature) => signature.startsWith('O11 clean stop left state'));
  };
  t.deepEqual(left(false), ['O11 clean stop left state committed on record for source-selected']);
  t.deepEqual(left(true), []);
});

test('oracles: progress: nothing is kept waiting before anything has gone wrong', (t) => {
  const kept = (): HistoryBuilder => built().synchronised();
  const history = kept();
  history.answer(history.pass().issue('flush', 0, 0));
  t.deepEqual(history.found, []);
  const waiting = history.issue('flush', 0, 0);
  history.pass(20_000).answer(waiting);
  t.deepEqual(history.signatures, ['O7 application I/O kept waiting']);

  const troubled = kept();
  const slow = troubled.issue('flush', 0, 0);
  troubled.world.watch.faultFired('target-write-slow', 'target of disk 0', 'syncing');
  troubled.pass(20_000).answer(slow);
  t.deepEqual(troubled.found, []);
});

test('oracles: progress: a disk is given up for a reason', (t) => {
  const givenUp = (reason?: (history: HistoryBuilder) => void): readonly string[] => {
    const history = built().synchronised();
    history.world.watch.onlineAsked(0, 0);
    reason?.(history);
    history.world.watch.diskOffline(0, 0, true);
    return history.signatures;
  };
  t.deepEqual(givenUp(), ['O7 disk given up needlessly']);
  t.deepEqual(
    givenUp(({ world }) => world.watch.conflictHeard(0, 0, 1)),
    [],
  );
  t.deepEqual(
    givenUp(({ world }) => world.watch.reservationLost(SOURCE)),
    [],
  );
  t.deepEqual(
    givenUp((history) => history.request(SHARED, 'write', { status: 'error' })),
    [],
  );
});

test('oracles: progress: when faults have stopped, the disk is online and nothing hangs', (t) => {
  const served = built().synchronised();
  served.world.watch.livenessBegun();
  t.deepEqual(served.end().found, []);

  const unserved = built().synchronised();
  unserved.world.watch.livenessBegun();
  unserved.world.stop(0);
  t.deepEqual(unserved.end().signatures, ['O7 disk not served after faults had stopped']);

  const hanging = built().synchronised();
  hanging.issue('write', 1);
  hanging.world.watch.livenessBegun();
  t.deepEqual(hanging.pass(20_000_000).end().signatures, ['O7 application I/O hangs']);
});

test('oracles: states: a synchronisation by a node that does not see a device', (t) => {
  for (const device of [SOURCE, TARGET]) {
    const history = built().boot().setup();
    history.world.start(0);
    history.world.online(0);
    history.request(device === SOURCE ? TARGET : SOURCE, 'inquiry').sync();
    t.true(history.signatures.includes(`O4 synchronisation without a ${device === SOURCE ? 'source' : 'target'}`));
  }
  t.deepEqual(built().boot().setup().sync().found, []);
});
