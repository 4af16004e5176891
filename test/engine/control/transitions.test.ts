/** Holds the table of states and commands (`engine.md`): every row that a command or a finished copy takes, and what it leaves on the devices. */

import test from 'ava';

import type { Command, MigrationState } from '../../../engine/contract/vocabulary.js';
import { bootedRig, rigIn } from '../rig/migrations.js';
import { localOn, sharedOn } from '../rig/records-on-devices.js';
import type { Rig } from '../rig/rig.js';
import { LIMITS } from '../rig/vocabulary.js';

const changesOf = (rig: Rig): string[] => rig.changes.map(({ from, to, cause }) => `${from} → ${to} (${cause})`);

const ROWS: readonly [MigrationState, Command, string][] = [
  ['none', 'setup', 'none → setup (command)'],
  ['setup', 'sync', 'setup → syncing (command)'],
  ['source-selected', 'selectTarget', 'source-selected → target-selected (command)'],
  ['target-selected', 'selectSource', 'target-selected → source-selected (command)'],
  ['source-selected', 'commit', 'source-selected → committed (command)'],
  ['target-selected', 'commit', 'target-selected → committed (command)'],
  ['syncing', 'abort', 'syncing → setup (command)'],
  ['source-selected', 'abort', 'source-selected → setup (command)'],
  ['target-selected', 'abort', 'target-selected → setup (command)'],
  ['setup', 'cleanup', 'setup → none (command)'],
  ['committed', 'cleanup', 'committed → none (command)'],
];

for (const nodes of [1, 3]) {
  const mode = nodes === 1 ? 'standalone' : 'cluster';
  for (const [from, command, change] of ROWS) {
    test(`engine: transitions: ${mode}: ${command} in ${from}`, (t) => {
      const rig = rigIn(from, { nodes });
      const before = rig.changes.length;
      t.is(rig.do(command, command === 'setup' ? rig.identity('target') : 0), 'done');
      t.is(changesOf(rig)[before], change);
      t.deepEqual(rig.wrongContents(), []);
      t.deepEqual(rig.breaches, []);
      t.deepEqual(rig.held, []);
    });
  }

  test(`engine: transitions: ${mode}: a whole target makes source-selected by itself, flushed`, (t) => {
    const rig = rigIn('syncing', { nodes });
    rig.give('resume');
    rig.run();
    t.is(changesOf(rig).at(-1), 'syncing → source-selected (synchronised)');
    t.true(rig.served.some(({ request }) => request.step === 'sync.target.flush'));
    rig.loseVolatile('target');
    for (let sector = 0; sector < 60; sector += 1) t.is(rig.peek('target', sector), rig.peek('source', sector));
  });

  test(`engine: transitions: ${mode}: metadata is durable before a byte is copied`, (t) => {
    const rig = rigIn('setup', { nodes });
    rig.loseVolatile();
    const shared = sharedOn(rig.device('shared'), 0, 'durable');
    t.like(shared, { inProgress: true, rollForward: false, source: rig.identity('source'), migration: 1 });
    for (let node = 0; node < nodes; node += 1) {
      t.like(localOn(rig.device(`local${node}`), 0, node, 'durable'), { sourceAllowed: true, targetAllowed: false });
    }
    t.is(rig.device('target').volatile.size + rig.device('target').durable.size, 0);
  });

  test(`engine: transitions: ${mode}: the error flag is durable before the first cloned or copied write`, (t) => {
    const rig = rigIn('setup', { nodes });
    let judged = 0;
    rig.rule({ device: 'target', operation: 'write' }, () => {
      judged += localOn(rig.device('local0'), 0, 0, 'durable')?.errorFlag === true ? 1 : -1000;
      return 'pass';
    });
    const sync = rig.give('sync');
    while (rig.outcome(sync) === 'unanswered') {
      rig.write(5, 77);
      rig.step();
    }
    rig.run();
    t.true(judged > 0);
  });

  test(`engine: transitions: ${mode}: a second migration follows the first`, (t) => {
    const rig = rigIn('committed', { nodes, sourceSectors: 80 });
    t.is(rig.do('cleanup'), 'done');
    t.is(rig.do('setup', rig.identity('spare')), 'done');
    t.is(rig.do('sync'), 'done');
    rig.elapse(2 * LIMITS.requestTimeoutTicks);
    t.is(rig.do('commit'), 'done');
    t.is(rig.do('cleanup'), 'done');
    t.deepEqual(rig.wrongContents(), []);
    t.deepEqual(rig.breaches, []);
    t.is(sharedOn(rig.device('shared'), 0)?.migration, 2);
    t.is(rig.do('setup', rig.identity('source')), 'target-tombstoned');
  });
}

test('engine: transitions: with changed names the application is told the new one at commit', (t) => {
  const rig = rigIn('source-selected', { naming: 'change' });
  t.deepEqual(rig.node(0).names[0], { address: 'native', value: rig.identity('source') });
  t.is(rig.do('commit'), 'done');
  t.deepEqual(rig.node(0).names[0], { address: 'native', value: rig.identity('target') });
  const old = rig.submit('read', { sector: 0 }, { address: 'native', value: rig.identity('source') });
  rig.run();
  t.is(old.status, 'denied');
  t.deepEqual(rig.wrongContents(), []);
});

test('engine: transitions: an application that addresses the target before commit is denied in every state', (t) => {
  for (const state of ['none', 'setup', 'syncing', 'source-selected', 'target-selected'] as const) {
    const rig = rigIn(state);
    const io = rig.submit('write', { sector: 0, value: 9 }, { address: 'native', value: rig.identity('target') });
    rig.run();
    t.is(io.status, 'denied', state);
  }
});

test('engine: transitions: after commit nothing goes to the source any more', (t) => {
  const rig = rigIn('committed');
  const before = rig.served.length;
  const io = rig.write(3, 42);
  rig.run();
  t.is(io.status, 'ok');
  t.deepEqual(rig.wrongContents(), []);
  t.false(rig.served.slice(before).some(({ device }) => device?.name === 'source'));
});

test('engine: transitions: query is answered in every state, also where the disk is not served', (t) => {
  for (const state of ['none', 'setup', 'syncing', 'source-selected', 'target-selected', 'committed'] as const) {
    const rig = rigIn(state, { nodes: 2 });
    t.is(rig.do('query'), 'done');
    t.is(rig.progress.at(-1)?.state, state);
    t.is(rig.do('query', 0, 1), 'done');
  }
});

test('engine: transitions: no state is left by nothing: a booted rig has no migration', (t) => {
  const rig = bootedRig();
  t.is(rig.state(), 'none');
  t.deepEqual(rig.changes, []);
});
