/** Goal: the order of durable steps is judged: one step out of place is named, the honest order passes. */

import test from 'ava';

import { local, SHARED, SOURCE, SOURCE_IDENTITY, TARGET, TARGET_IDENTITY } from './fake-world.js';
import { HistoryBuilder } from './history.js';

const built = (): HistoryBuilder => new HistoryBuilder();
const RETIREMENTS = [{ source: SOURCE_IDENTITY, target: TARGET_IDENTITY, generation: 1 }];

test('oracles: order: roll-forward flag before the target is flushed', (t) => {
  const history = built().synchronised();
  history.write(5, [SOURCE, TARGET]);
  history.rollForward();
  t.deepEqual(history.signatures, ['O11 roll-forward flag before the target is flushed']);
});

test('oracles: order: a FUA write needs no flush before the roll-forward flag', (t) => {
  const history = built().synchronised();
  history.write(5, [SOURCE, TARGET], 1, { fua: true });
  history.rollForward();
  t.deepEqual(history.found, []);
});

test('oracles: order: commit while a failover node lacks the target', (t) => {
  const history = built().synchronised();
  history.world.writeAcknowledgement(1, { migration: 1, target: TARGET_IDENTITY, accessControl: true });
  history.rollForward();
  t.deepEqual(history.signatures, ['O11 commit while a failover node lacks the target']);
});

test('oracles: order: binding before access control', (t) => {
  const history = built().synchronised().rollForward();
  history.request(local(0), 'write', { sector: 8, count: 2, step: 'commit.binding.write' });
  t.deepEqual(history.signatures, ['O11 commit wrote the binding too early']);
});

test('oracles: order: nothing goes to the source after commit but its label', (t) => {
  const history = built().synchronised().commit();
  history.request(SOURCE, 'write', { sector: 0, count: 2, step: 'cleanup.label.write' }).request(SOURCE, 'flush');
  t.deepEqual(history.found, []);
  history.request(SOURCE, 'read');
  t.deepEqual(history.signatures, ['O11 read on the source after commit']);
});

test('oracles: order: a byte of the target before the in-progress mark', (t) => {
  const history = built().boot().request(TARGET, 'write');
  t.deepEqual(history.signatures, ['O11 target written before the in-progress mark']);
});

test('oracles: order: a byte of the target before the error flag', (t) => {
  const history = built().boot().setup().request(TARGET, 'write');
  t.deepEqual(history.signatures, ['O11 target written while the error flag is clear']);
});

test('oracles: order: the error flag of a cloning migration cleared by somebody else', (t) => {
  const history = built().synchronised();
  history.world.writeLocal(0, { errorFlag: false });
  t.deepEqual(history.found, []);
  const io = history.issue('write', 5);
  history.land(io, TARGET);
  t.deepEqual(history.signatures, ['O11 target written while the error flag is clear']);
});

test('oracles: order: a clone on its way when the migration goes back to setup is excused, a later one is not', (t) => {
  const history = built().synchronised();
  const io = history.issue('write', 5);
  history.land(io, SOURCE);
  history.world.watch.commandIssued(0, 0, 1, 'abort', 0);
  history.world.writeLocal(0, { state: 'setup', errorFlag: false });
  history.state('source-selected', 'setup');
  history.land(io, TARGET);
  history.answer(io);
  t.deepEqual(history.found, []);
  history.land(history.issue('write', 5), TARGET);
  t.deepEqual(history.signatures, ['O11 target written while the error flag is clear']);
});

test('oracles: order: shutdown flushes both devices before it clears the error flag', (t) => {
  for (const flushed of [[SOURCE, TARGET], [SOURCE], [TARGET]]) {
    const history = built().synchronised();
    history.write(5, [SOURCE, TARGET]);
    for (const device of flushed) history.request(device, 'flush');
    history.world.writeLocal(0, { state: 'source-selected' });
    history.world.writeLocal(0, { errorFlag: false });
    const missing = flushed.includes(SOURCE) ? 'target' : 'source';
    const expected = flushed.length === 2 ? [] : [`O11 error flag cleared before the ${missing} is flushed`];
    t.deepEqual(history.signatures, expected);
  }
});

test('oracles: order: the error flag is tested before the target is used', (t) => {
  const early = new HistoryBuilder({ mode: 'standalone', nodes: 1 }).synchronised();
  early.world.stop(0);
  early.world.start(0);
  early.request(TARGET, 'inquiry').request(TARGET, 'write');
  t.deepEqual(early.signatures, ['O11 target used before the error flag is tested']);
});

test('oracles: order: a set error flag makes a fault record before the target is used', (t) => {
  for (const recorded of [true, false]) {
    const history = new HistoryBuilder({ mode: 'standalone', nodes: 1 }).synchronised();
    history.world.stop(0);
    history.world.start(0);
    history.request(local(0), 'read', { sector: 0, count: 16 });
    if (recorded) history.world.writeLocal(0, { targetFault: true });
    history.request(TARGET, 'write');
    t.deepEqual(history.signatures, recorded ? [] : ['O11 target used before the fault record']);
  }
});

test('oracles: order: what a restarting node reads from a cache counts, not only what is durable', (t) => {
  const history = new HistoryBuilder({ mode: 'standalone', nodes: 1 }).synchronised();
  history.world.writeLocal(0, { state: 'source-selected' });
  history.world.writeLocal(0, { errorFlag: false }, ['volatile']);
  history.world.stop(0);
  history.world.start(0);
  history.request(local(0), 'read', { sector: 0, count: 16 });
  history.world.watch.onlineAsked(0, 0);
  history.world.writeLocal(0, { errorFlag: true });
  history.world.finishOnline(0);
  history.request(TARGET, 'write');
  t.deepEqual(history.found, []);
});

test('oracles: order: reads come from the side that the state says, unless it has failed', (t) => {
  const sides = [
    { state: 'source-selected', right: SOURCE, wrong: TARGET, name: 'target' },
    { state: 'target-selected', right: TARGET, wrong: SOURCE, name: 'source' },
  ];
  for (const { state, right, wrong, name } of sides) {
    for (const hasFailed of [true, false]) {
      const history = built().synchronised();
      if (state === 'target-selected') history.state('source-selected', state);
      const at = { sector: 16, count: 8 };
      history.request(right, 'read', at);
      if (hasFailed) history.request(right, 'read', { ...at, status: 'error' });
      history.request(wrong, 'read', at);
      const reads = history.signatures.filter((signature) => signature.startsWith('O11 read from'));
      t.deepEqual(reads, hasFailed ? [] : [`O11 read from the ${name} in ${state}`]);
    }
  }
});

test('oracles: order: every node denies the target before the migration is in progress', (t) => {
  const history = built().boot().command('setup');
  const shared = { migration: 1, inProgress: true, source: SOURCE_IDENTITY, target: TARGET_IDENTITY, owner: 0 };
  history.world.writeShared(shared);
  t.deepEqual(history.signatures, ['O11 migration in progress before access control']);
});

test('oracles: order: no migration begins with the roll-forward flag set', (t) => {
  const history = built().boot();
  const shared = { migration: 1, inProgress: true, source: SOURCE_IDENTITY, target: TARGET_IDENTITY, owner: 0 };
  history.world.writeShared({ ...shared, rollForward: true });
  t.deepEqual(history.signatures, ['O11 roll-forward flag set at setup']);
});

test('oracles: order: cleanup clears nothing before the retirement and the last node', (t) => {
  const retiring = (): HistoryBuilder => {
    const history = built().synchronised().commit();
    history.world.writeLabel(SOURCE, { tombstone: true });
    return history;
  };
  const early = retiring();
  early.world.writeShared({ inProgress: false });
  t.deepEqual(early.signatures, ['O11 in-progress mark cleared before the retirement']);

  const unmarked = built().synchronised().commit();
  unmarked.world.writeShared({ retirements: RETIREMENTS });
  unmarked.world.writeShared({ inProgress: false });
  t.deepEqual(unmarked.signatures, ['O11 source not marked as retired']);

  const behind = retiring().command('cleanup');
  behind.world.writeLocal(1, { bound: SOURCE_IDENTITY });
  behind.world.writeShared({ retirements: RETIREMENTS });
  behind.world.writeShared({ inProgress: false });
  t.deepEqual(behind.signatures, ['O11 cleanup before every node is on the target']);

  const first = retiring();
  first.world.writeShared({ retirements: RETIREMENTS });
  first.world.writeShared({ inProgress: false, rollForward: false });
  t.deepEqual(first.signatures, ['O11 roll-forward flag not cleared last']);
});

test('oracles: order: a roll-forward flag is never taken back', (t) => {
  const history = built().synchronised().rollForward();
  history.world.writeShared({ rollForward: false });
  t.deepEqual(history.signatures, ['O11 roll-forward flag taken back']);
});

test('oracles: order: the two copies of a record are never both in flight', (t) => {
  const write = (history: HistoryBuilder, sector: number): HistoryBuilder =>
    history.request(SHARED, 'write', { sector, count: 2 });
  const honest = built().boot();
  write(write(honest, 0), 0).request(SHARED, 'flush');
  write(honest, 8);
  t.deepEqual(honest.found, []);
  write(honest, 0);
  t.deepEqual(honest.signatures, ['O11 both copies of a record in flight']);
});

test('oracles: order: a record is never without a valid copy again', (t) => {
  const history = built().boot().setup();
  history.world.spoil(SHARED, 0);
  t.deepEqual(history.signatures, ['O11 no valid copy of the shared record']);
});

test('oracles: order: recovery with the flag clear leaves an aborted migration', (t) => {
  const online = (change: object): string[] => {
    const history = built().synchronised();
    history.world.stop(0);
    history.world.watch.onlineAsked(0, 0);
    history.world.writeShared({ owner: 0, epoch: 2 });
    history.world.writeLocal(0, change);
    history.world.finishOnline(0);
    return history.signatures;
  };
  t.deepEqual(online({ state: 'setup', errorFlag: false }), []);
  t.deepEqual(online({}), ['O11 recovery with the roll-forward flag clear left the migration not aborted']);
  t.deepEqual(online({ state: 'setup' }), ['O11 recovery with the roll-forward flag clear left the error flag set']);
});

test('oracles: order: recovery with the flag set leaves the target alone', (t) => {
  const online = (change: object): string[] => {
    const history = built().synchronised().rollForward();
    history.world.stop(0);
    history.world.watch.onlineAsked(1, 0);
    history.world.writeLocal(1, change);
    history.world.finishOnline(1);
    return history.signatures.filter((signature) => signature.startsWith('O11'));
  };
  const whole = { state: 'committed', sourceAllowed: false, targetAllowed: true, bound: TARGET_IDENTITY } as const;
  t.deepEqual(online(whole), []);
  const flag = 'O11 recovery with the roll-forward flag set left';
  t.deepEqual(online({ ...whole, sourceAllowed: true }), [`${flag} the source allowed`]);
  t.deepEqual(online({ ...whole, bound: SOURCE_IDENTITY }), [`${flag} the device name on the source`]);
});

test('oracles: order: a standalone migration goes on only with the error flag armed', (t) => {
  for (const errorFlag of [true, false]) {
    const history = new HistoryBuilder({ mode: 'standalone', nodes: 1 }).synchronised();
    history.world.writeLocal(0, { state: 'source-selected' });
    history.world.writeLocal(0, { errorFlag: false });
    history.world.stop(0, 'shutdown');
    history.world.start(0);
    history.world.watch.onlineAsked(0, 0);
    history.world.writeLocal(0, { errorFlag });
    history.world.finishOnline(0);
    const expected = errorFlag ? [] : ['O11 recovery with the roll-forward flag clear left the error flag unarmed'];
    t.deepEqual(history.signatures, expected);
  }
});

test('oracles: order: at the end of a commit the error flag is clear', (t) => {
  for (const errorFlag of [false, true]) {
    const history = built().synchronised().rollForward();
    history.world.writeLocal(0, { sourceAllowed: false, targetAllowed: true });
    history.world.writeLocal(0, { bound: TARGET_IDENTITY });
    history.world.writeLocal(0, { state: 'committed', errorFlag });
    history.end();
    const found = history.signatures.filter((signature) => signature.includes('error flag left'));
    t.deepEqual(found, errorFlag ? ['O11 error flag left set'] : []);
  }
});
