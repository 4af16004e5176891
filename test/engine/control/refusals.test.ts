/** Holds what is refused: every (state, command) pair outside the table, and every guard of setup; a refusal changes nothing and may be repeated. */

import test from 'ava';

import { type Command, COMMANDS, type MigrationState, STATES } from '../../../engine/contract/vocabulary.js';
import { bootedRig, rigIn } from '../rig/migrations.js';
import type { Rig } from '../rig/rig.js';

const ALLOWED: Readonly<Record<Command, readonly MigrationState[]>> = {
  setup: ['none'],
  sync: ['setup'],
  pause: ['syncing'],
  resume: ['syncing'],
  throttle: ['syncing'],
  selectTarget: ['source-selected'],
  selectSource: ['target-selected'],
  commit: ['source-selected', 'target-selected'],
  abort: ['syncing', 'source-selected', 'target-selected'],
  cleanup: ['setup', 'committed'],
  query: STATES,
};

/** All that a refusal may not change: what the devices hold and what the engine remembers, but for counters of requests. */
function picture(rig: Rig, node = 0): unknown {
  const { procedure, state, map, shared, local, gate, lifecycle, copier } = rig.disk(node);
  const devices = rig.devices.map(({ durable, volatile }) => [[...durable], [...volatile]]);
  return structuredClone({ procedure, state, map, shared, local, gate, lifecycle, copier, devices });
}

for (const nodes of [1, 3]) {
  for (const state of STATES) {
    test(`engine: refusals: ${nodes} nodes: ${state}: what the table does not allow`, (t) => {
      const rig = rigIn(state, { nodes });
      for (const command of COMMANDS.filter((each) => !ALLOWED[each].includes(state))) {
        const before = picture(rig);
        const changes = rig.changes.length;
        for (const attempt of [1, 2]) {
          t.is(rig.do(command, rig.identity('target')), 'not-allowed-in-state', `${command}, attempt ${attempt}`);
          t.deepEqual(picture(rig), before, command);
        }
        t.is(rig.changes.length, changes);
      }
      t.deepEqual(rig.wrongContents(), []);
    });
  }
}

test('engine: refusals: a node that does not own the disk takes no command', (t) => {
  const rig = rigIn('source-selected', { nodes: 2 });
  for (const command of COMMANDS.filter((each) => each !== 'query')) {
    const before = picture(rig, 1);
    t.is(rig.do(command, rig.identity('target'), 1), 'not-owner', command);
    t.deepEqual(picture(rig, 1), before);
  }
});

for (const state of ['source-selected', 'target-selected'] as const) {
  test(`engine: refusals: from the start of commit in ${state} every other command is refused`, (t) => {
    const rig = rigIn(state);
    const commit = rig.give('commit');
    for (let steps = 0; rig.outcome(commit) === 'unanswered'; steps += 1) {
      for (const command of COMMANDS.filter((each) => each !== 'query'))
        t.is(rig.outcome(rig.give(command)), 'commit-in-progress');
      t.true(rig.step());
    }
    t.is(rig.outcome(commit), 'done');
    t.is(rig.state(), 'committed');
  });
}

test('engine: refusals: a command while another is carried out is refused as busy and changes nothing', (t) => {
  const rig = rigIn('setup');
  const sync = rig.give('sync');
  t.is(rig.outcome(rig.give('sync')), 'busy');
  t.is(rig.outcome(rig.give('cleanup')), 'busy');
  rig.run();
  t.is(rig.outcome(sync), 'done');
  t.is(rig.state(), 'source-selected');
});

test('engine: refusals: setup: same device, unknown device, small target, metadata, target of another disk', (t) => {
  const rig = bootedRig({ disks: 2 });
  const before = picture(rig);
  t.is(rig.do('setup', rig.identity('source')), 'same-device');
  t.is(rig.do('setup', 4711), 'target-not-visible');
  for (const name of ['shared', 'shared1', 'local0', 'source1'])
    t.is(rig.do('setup', rig.identity(name)), 'target-in-use', name);
  t.deepEqual(picture(rig), before);
  t.is(rig.do('setup', rig.identity('target'), 0, 1), 'done');
  t.is(rig.do('setup', rig.identity('target')), 'target-in-use');
  const small = bootedRig({ sourceSectors: 60, targetSectors: 59 });
  t.is(small.do('setup', small.identity('target')), 'target-too-small');
  t.is(small.do('setup', small.identity('target')), 'target-too-small');
});

test('engine: refusals: setup: a source that is not visible', (t) => {
  const rig = bootedRig();
  const port = rig.ports[0]?.findIndex((device) => device?.name === 'source') ?? -1;
  (rig.ports[0] ?? [])[port] = undefined;
  rig.handle(0, { kind: 'deviceMapped', port });
  rig.run();
  t.is(rig.do('setup', rig.identity('target')), 'source-not-visible');
});

test('engine: refusals: setup: a reachable node that does not acknowledge, and one that does not see the source', (t) => {
  const silent = bootedRig({ nodes: 3 });
  silent.dropMessages = true;
  t.is(silent.do('setup', silent.identity('target')), 'node-not-acknowledged');
  silent.dropMessages = false;
  t.is(silent.do('setup', silent.identity('target')), 'done');

  const blind = bootedRig({ nodes: 2 });
  const port = blind.ports[1]?.findIndex((device) => device?.name === 'source') ?? -1;
  (blind.ports[1] ?? [])[port] = undefined;
  blind.handle(1, { kind: 'deviceMapped', port });
  blind.run();
  t.is(blind.do('setup', blind.identity('target')), 'node-not-acknowledged');
});

test('engine: refusals: setup: a lost configure message is repeated', (t) => {
  const rig = bootedRig({ nodes: 2 });
  rig.dropMessages = true;
  const setup = rig.give('setup', rig.identity('target'));
  rig.settle();
  rig.dropMessages = false;
  rig.run();
  t.is(rig.outcome(setup), 'done');
});

test('engine: refusals: commit and selectTarget while a region is dirty', (t) => {
  const rig = rigIn('source-selected');
  // Three regions become dirty, two copies are under way, so that one region is dirty whoever looks.
  const copies = rig.hold({ device: 'source', operation: 'read' });
  const source = rig.fail({ device: 'source', operation: 'write' });
  const io = rig.write(4, 99, 16);
  rig.run();
  source.stop();
  t.is(io.status, 'error');
  t.is(rig.do('commit'), 'target-not-synchronised');
  t.is(rig.do('selectTarget'), 'target-not-synchronised');
  copies.release();
  rig.run();
  t.is(rig.do('commit'), 'done');
  t.deepEqual(rig.wrongContents(), []);
});

for (const command of ['commit', 'selectTarget'] as const) {
  test(`engine: refusals: ${command} when a write that it drains leaves a region dirty: what was held goes on`, (t) => {
    const rig = rigIn('source-selected');
    const clone = rig.hold({ device: 'source', operation: 'write' });
    const io = rig.write(4, 98);
    const id = rig.give(command);
    const held = rig.write(30, 97);
    rig.run();
    t.is(rig.outcome(id), 'unanswered');
    t.is(held.status, undefined);
    const source = rig.fail({ device: 'source', operation: 'write', sector: 4 });
    clone.release();
    rig.run();
    source.stop();
    t.is(rig.outcome(id), 'target-not-synchronised');
    t.is(io.status, 'error');
    t.is(held.status, 'ok');
    t.is(rig.do(command), 'done');
    t.deepEqual(rig.wrongContents(), []);
  });
}
