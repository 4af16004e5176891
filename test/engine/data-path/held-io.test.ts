/** Holds rule 10 of the data path: no application I/O is left hanging, whatever ends a procedure; a request that timed out is over before its range is used again. */

import test from 'ava';

import type { Command, MigrationState } from '../../../engine/contract/vocabulary.js';
import { transfersLeft } from '../../../engine/state/state.js';
import { rigIn } from '../rig/migrations.js';
import { LIMITS } from '../rig/vocabulary.js';

const ENDINGS: readonly [MigrationState, Command][] = [
  ['source-selected', 'selectTarget'],
  ['target-selected', 'selectSource'],
  ['source-selected', 'commit'],
  ['target-selected', 'commit'],
  ['syncing', 'abort'],
  ['source-selected', 'abort'],
  ['target-selected', 'abort'],
];

for (const [state, command] of ENDINGS) {
  for (const broken of ['nothing', 'source', 'target'] as const) {
    test(`engine: held I/O: ${command} in ${state} with ${broken} broken leaves nothing hanging`, (t) => {
      const rig = rigIn(state);
      const slow = rig.hold(
        {
          where: ({ request, device }) =>
            request.operation === 'write' && device?.name !== 'local0' && device?.name !== 'shared',
        },
        2,
      );
      const ios = [rig.write(6, 181), rig.write(5, 182, 4), rig.read(6), rig.submit('flush', {})];
      rig.settle();
      const id = rig.give(command);
      ios.push(rig.write(6, 183), rig.read(30), rig.write(30, 184), rig.submit('discard', { sector: 40, count: 3 }));
      rig.settle();
      if (broken !== 'nothing') rig.fail({ device: broken });
      slow.release();
      rig.run();
      t.not(rig.outcome(id), 'unanswered');
      t.deepEqual(
        ios.map(({ status }) => status === undefined),
        ios.map(() => false),
      );
      const { state: engineState } = rig.node(0);
      t.is(transfersLeft(engineState), engineState.transfersMax - rig.disk().copier.inFlightCount);
    });
  }
}

test('engine: held I/O: requests held at the gate go on in the order they came', (t) => {
  const rig = rigIn('source-selected');
  const slow = rig.hold({ device: 'target', operation: 'write' }, 1);
  rig.write(6, 185);
  const id = rig.give('selectTarget');
  for (const value of [186, 187, 188]) rig.write(6, value);
  rig.run();
  slow.release();
  rig.run();
  t.is(rig.outcome(id), 'done');
  t.is(rig.peek('source', 6), 188);
  t.is(rig.peek('target', 6), 188);
});

test('engine: held I/O: metadata that cannot be written after the flag ends in offline, never on the source', (t) => {
  const rig = rigIn('source-selected');
  rig.fail({ step: 'commit.access-control.write' });
  const id = rig.give('commit');
  while (rig.disk().gate !== 'held') t.true(rig.step());
  const io = rig.write(6, 189);
  rig.run();
  t.is(rig.outcome(id), 'gave-up');
  t.is(io.status, 'offline');
  t.deepEqual(rig.offlines, [{ node: 0, disk: 0, gaveUp: true }]);
  t.is(rig.peek('source', 6), 7);
});

test('engine: held I/O: a flag whose write is answered as failed though it landed is settled, not undone', (t) => {
  const rig = rigIn('source-selected');
  let times = 0;
  rig.rule({ step: 'commit.roll-forward-flag.write' }, (pending) => {
    times += 1;
    if (times > 4) return 'pass';
    rig.perform(pending);
    return 'fail';
  });
  const id = rig.give('commit');
  const io = rig.write(6, 190);
  rig.run();
  t.is(rig.outcome(id), 'done');
  t.is(rig.state(), 'committed');
  t.is(io.status, 'ok');
  t.true(rig.probes.has('commit.settled-by-rewrite'));
});

test('engine: held I/O: a stuck write is cancelled at its device, and its range is free only then', (t) => {
  const rig = rigIn('source-selected');
  let stuck = 0;
  rig.rule({ device: 'target', operation: 'write', sector: 6 }, () => {
    stuck += 1;
    return stuck <= LIMITS.retriesMax + 1 ? 'hold' : 'pass';
  });
  const io = rig.write(6, 191);
  const behind = rig.write(6, 192);
  rig.settle();
  rig.elapse(LIMITS.requestTimeoutTicks - 1);
  t.is(rig.held.length, 1);
  t.is(io.status, undefined);
  t.is(behind.status, undefined);
  rig.elapse(20 * LIMITS.requestTimeoutTicks);
  t.is(io.status, 'ok');
  t.is(behind.status, 'ok');
  t.is(stuck, LIMITS.retriesMax + 1);
  t.is(rig.state(), 'setup');
  t.deepEqual(rig.wrongContents(), []);
});

for (const naming of ['remap', 'change'] as const) {
  test(`engine: held I/O: what comes by device name at any point of commit is served by the target (${naming})`, (t) => {
    for (const step of [
      'commit.roll-forward-flag.write',
      'commit.access-control.flush',
      'commit.binding.write',
    ] as const) {
      const rig = rigIn('source-selected', { naming });
      const held = rig.hold({ step });
      const commit = rig.give('commit');
      rig.settle();
      const ios = [rig.write(6, 201), rig.read(30)];
      rig.settle();
      t.deepEqual(
        ios.map(({ status }) => status),
        [undefined, undefined],
        step,
      );
      held.release();
      rig.run();
      t.is(rig.outcome(commit), 'done');
      t.deepEqual(
        ios.map(({ status }) => status),
        ['ok', 'ok'],
      );
      t.is(rig.peek('target', 6), 201);
      t.not(rig.peek('source', 6), 201);
    }
  });
}
