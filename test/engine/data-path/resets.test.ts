/** Holds rule 9 of the data path: what a device that was reset may have lost, and where it is brought back from. */

import test from 'ava';

import { rigIn } from '../rig/migrations.js';
import type { Rig } from '../rig/rig.js';

/** The device loses what it has not flushed, and says so to whoever asks it next. */
function reset(rig: Rig, name: string): void {
  rig.loseVolatile(name);
  rig.rule({ device: name }, () => 'reset', 1);
}

function flush(rig: Rig): void {
  rig.submit('flush', {});
  rig.run();
}

for (const state of ['syncing', 'source-selected'] as const) {
  test(`engine: resets: ${state}: what the target lost is copied again, and nothing else`, (t) => {
    const rig = rigIn(state);
    flush(rig);
    const dirtyBefore = rig.disk().map.dirtyCount;
    rig.write(6, 171);
    rig.run();
    reset(rig, 'target');
    rig.write(50, 172);
    const held = rig.hold({ device: 'source', operation: 'read' });
    rig.run();
    t.true(rig.disk().map.dirtyCount + rig.disk().copier.inFlightCount >= 1);
    t.true(rig.disk().map.dirtyCount <= dirtyBefore + 2);
    held.release();
    if (state === 'syncing') rig.do('resume');
    rig.run();
    t.is(rig.peek('target', 6), 171);
    t.is(rig.do('commit'), 'done');
    t.deepEqual(rig.wrongContents(), []);
  });

  test(`engine: resets: ${state}: what the source lost is taken from it as it is now`, (t) => {
    const rig = rigIn(state);
    flush(rig);
    rig.write(6, 171);
    rig.run();
    reset(rig, 'source');
    if (state === 'syncing') rig.do('resume');
    rig.write(50, 172);
    rig.run();
    t.is(rig.peek('source', 6), rig.peek('target', 6));
    t.is(rig.peek('target', 6), 7);
  });
}

test('engine: resets: a commit that notices the reset of the target at its flush is refused', (t) => {
  const rig = rigIn('source-selected');
  flush(rig);
  rig.write(6, 171);
  rig.run();
  reset(rig, 'target');
  t.is(rig.do('commit'), 'target-not-synchronised');
  rig.run();
  t.is(rig.do('commit'), 'done');
  t.is(rig.peek('target', 6), 171);
});

test('engine: resets: target-selected: a reset of the target that lost something is a fault of it', (t) => {
  const rig = rigIn('target-selected');
  flush(rig);
  rig.write(6, 171);
  rig.run();
  reset(rig, 'target');
  const read = rig.read(6);
  rig.run();
  t.is(read.status, 'ok');
  t.is(read.buffer[0], 171);
  t.is(rig.state(), 'setup');
});

test('engine: resets: target-selected: a reset that cost nothing is no fault', (t) => {
  const rig = rigIn('target-selected');
  flush(rig);
  reset(rig, 'target');
  reset(rig, 'source');
  rig.write(6, 171);
  rig.run();
  t.is(rig.state(), 'target-selected');
  t.true(rig.probes.has('reset.nothing-lost'));
});

test('engine: resets: target-selected: what a target was read of after its reset is not brought back', (t) => {
  const rig = rigIn('target-selected');
  flush(rig);
  for (const sector of [6, 14, 22]) rig.write(sector, 171);
  rig.run();
  reset(rig, 'source');
  const first = rig.hold({ device: 'target', operation: 'read' });
  rig.write(50, 172);
  rig.run();
  // Two copies are under way; the third region is written, on both sides, before it is its turn.
  rig.write(22, 173);
  rig.run();
  const last = rig.hold({ device: 'target', operation: 'read', sector: 22 });
  first.release();
  rig.run();
  t.is(last.waiting.length, 1);
  rig.loseVolatile('target');
  rig.rule({ device: 'target', operation: 'write' }, () => 'reset', 1);
  rig.write(50, 174);
  rig.run();
  last.release();
  rig.run();
  t.is(rig.state(), 'setup');
  t.is(rig.peek('source', 22), 173);
});

test('engine: resets: target-selected: nothing is brought back over what the target has failed', (t) => {
  const rig = rigIn('target-selected');
  flush(rig);
  rig.fail({ device: 'target', operation: 'write' });
  rig.rule({ step: 'error.source.flush' }, () => 'reset', 1);
  rig.write(6, 171);
  rig.run();
  t.is(rig.state(), 'setup');
  t.is(rig.peek('source', 6), 171);
});

for (const command of ['abort', 'selectSource'] as const) {
  test(`engine: resets: target-selected: ${command} brings back what the source lost`, (t) => {
    const rig = rigIn('target-selected');
    flush(rig);
    rig.write(6, 171);
    rig.run();
    reset(rig, 'source');
    t.is(rig.peek('source', 6), 7);
    t.is(rig.do(command), 'done');
    t.is(rig.peek('source', 6), 171);
    rig.loseVolatile('source');
    t.is(rig.peek('source', 6), 171);
  });
}

test('engine: resets: target-selected: no flush is answered before the source has everything', (t) => {
  const rig = rigIn('target-selected');
  flush(rig);
  rig.write(6, 171);
  rig.run();
  reset(rig, 'source');
  const back = rig.hold({ device: 'target', operation: 'read' });
  const answer = rig.submit('flush', {});
  rig.run();
  t.is(answer.status, undefined);
  back.release();
  rig.run();
  t.is(answer.status, 'ok');
  rig.crash(0);
  rig.loseVolatile();
  t.is(rig.peek('source', 6), 171);
});

test('engine: resets: a record that a reset took back before its flush is written again', (t) => {
  const rig = rigIn('source-selected');
  let isReset = false;
  rig.rule({ step: 'commit.access-control.flush' }, () => {
    if (isReset) return 'pass';
    isReset = true;
    rig.loseVolatile('local0');
    return 'reset';
  });
  t.is(rig.do('commit'), 'done');
  t.true(rig.probes.has('metadata.reset-while-writing'));
  t.deepEqual(rig.breaches, []);
});
