/** Holds the transitions that no command asks for: a target's fault and an unreadable source lead to setup, a source's fault to a forced commit. */

import test from 'ava';

import { localOn, sharedOn } from '../rig/records-on-devices.js';
import { rigIn, startPaused } from '../rig/migrations.js';

for (const nodes of [1, 2]) {
  for (const state of ['syncing', 'source-selected', 'target-selected'] as const) {
    for (const operation of ['write', 'flush', 'discard', 'writeZeroes'] as const) {
      test(`engine: forced: ${nodes} nodes: a target that fails a ${operation} in ${state} leads to setup`, (t) => {
        const rig = rigIn(state, { nodes });
        const fault = rig.fail({ device: 'target' });
        const io = rig.submit(operation, { sector: 4, count: 3, value: operation === 'write' ? 201 : 0 });
        rig.run();
        t.is(io.status, 'ok');
        t.is(rig.state(), 'setup');
        t.like(rig.changes.at(-1), { from: state, to: 'setup', cause: 'target-fault' });
        const local = localOn(rig.device('local0'), 0, 0, 'durable');
        t.like(local, {
          state: 'setup',
          errorFlag: false,
          targetFault: true,
          sourceAllowed: true,
          targetAllowed: false,
        });
        t.deepEqual(rig.wrongContents(), []);
        t.is(rig.do('commit'), 'not-allowed-in-state');
        fault.stop();
        t.is(rig.do('sync'), 'done');
        t.is(rig.state(), 'source-selected');
        t.is(rig.do('commit'), 'done');
        t.deepEqual(rig.wrongContents(), []);
        t.deepEqual(rig.breaches, []);
      });
    }
  }

  test(`engine: forced: ${nodes} nodes: a source that fails a write in target-selected makes a commit`, (t) => {
    const rig = rigIn('target-selected', { nodes });
    rig.fail({ device: 'source' });
    const flag = rig.hold({ step: 'commit.roll-forward-flag.flush' });
    const io = rig.write(4, 202, 3);
    const behind = rig.read(5);
    rig.run();
    t.is(flag.waiting.length, 1);
    t.is(io.status, undefined);
    t.is(behind.status, undefined);
    t.is(sharedOn(rig.device('shared'), 0, 'durable')?.rollForward, false);
    const flushed = rig.rule({ step: 'commit.roll-forward-flag.flush' }, () => {
      t.is(io.status, undefined);
      return 'pass';
    });
    flag.release();
    rig.run();
    flushed.stop();
    t.is(io.status, 'ok');
    t.deepEqual(rig.values(behind), [202]);
    t.like(rig.changes.at(-1), { from: 'target-selected', to: 'committed', cause: 'source-fault' });
    t.deepEqual(rig.wrongContents(), []);
  });
}

test('engine: forced: a failed flush of the source in target-selected is a fault of the source', (t) => {
  const rig = rigIn('target-selected');
  rig.fail({ device: 'source', operation: 'flush' });
  const io = rig.submit('flush', {});
  rig.run();
  t.is(io.status, 'ok');
  t.is(rig.state(), 'committed');
});

test('engine: forced: a fault of the target before the flag is written wins over the fault of the source', (t) => {
  const rig = rigIn('target-selected');
  const source = rig.fail({ device: 'source', operation: 'write' });
  const target = rig.fail({ step: 'commit.target.flush' });
  const io = rig.write(4, 204);
  rig.run();
  t.is(io.status, 'error');
  t.is(rig.state(), 'setup');
  t.is(sharedOn(rig.device('shared'), 0)?.rollForward, false);
  t.deepEqual(rig.wrongContents(), []);
  source.stop();
  target.stop();
  t.deepEqual(rig.wrongContents(), []);
});

test('engine: forced: a write that fails on both sides faults the target alone', (t) => {
  const rig = rigIn('target-selected');
  const faults = [
    rig.fail({ device: 'source', operation: 'write' }),
    rig.fail({ device: 'target', operation: 'write' }),
  ];
  const io = rig.write(4, 205);
  rig.run();
  t.is(io.status, 'error');
  t.is(rig.state(), 'setup');
  for (const fault of faults) fault.stop();
  t.deepEqual(rig.wrongContents(), []);
});

for (const state of ['syncing', 'source-selected'] as const) {
  test(`engine: forced: a dirty region that the source cannot read leads from ${state} to setup`, (t) => {
    const rig = rigIn('setup');
    if (state === 'syncing') startPaused(rig);
    else {
      rig.do('sync');
      const failing = rig.fail({ device: 'source', operation: 'write' });
      rig.fail({ device: 'source', operation: 'read', sector: 41 });
      const io = rig.write(40, 206);
      rig.run();
      failing.stop();
      t.is(io.status, 'error');
    }
    if (state === 'syncing') {
      rig.fail({ device: 'source', operation: 'read', sector: 41 });
      rig.give('resume');
      rig.run();
    }
    t.is(rig.state(), 'setup');
    t.like(rig.changes.at(-1), { from: state, to: 'setup', cause: 'source-unreadable' });
    t.not(rig.peek('source', 41), 0);
    t.is(localOn(rig.device('local0'), 0, 0, 'durable')?.errorFlag, false);
  });
}

test('engine: forced: a fault that passes within the retries is none', (t) => {
  for (const device of ['source', 'target']) {
    const rig = rigIn('target-selected');
    rig.fail({ device, operation: 'write' }, 2);
    const io = rig.write(4, 207);
    rig.run();
    t.is(io.status, 'ok');
    t.is(rig.state(), 'target-selected');
  }
});

test('engine: forced: a fault of the source on the way back to it makes a commit', (t) => {
  for (const [command, step] of [
    ['selectSource', 'select-source.source.flush'],
    ['abort', 'abort.source.flush'],
  ] as const) {
    const rig = rigIn('target-selected');
    rig.fail({ step });
    const id = rig.give(command);
    const held = rig.write(4, 208);
    rig.run();
    t.is(rig.outcome(id), 'source-fault', command);
    t.is(held.status, 'ok');
    t.is(rig.state(), 'committed');
    t.deepEqual(rig.wrongContents(), []);
  }
});

test('engine: forced: a write under way loses its source while abort drains: the engine commits', (t) => {
  for (const command of ['selectSource', 'abort'] as const) {
    const rig = rigIn('target-selected');
    const clone = rig.hold({ device: 'source', operation: 'write' });
    const io = rig.write(4, 209);
    const id = rig.give(command);
    rig.run();
    t.is(rig.outcome(id), 'unanswered');
    rig.fail({ device: 'source' });
    clone.release();
    rig.run();
    t.is(rig.outcome(id), 'source-fault');
    t.is(io.status, 'ok');
    t.is(rig.state(), 'committed');
    t.deepEqual(rig.wrongContents(), []);
  }
});
