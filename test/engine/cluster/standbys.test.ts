/** Holds what a cluster adds: standby nodes acknowledge and follow, commit and cleanup wait for them, late messages change nothing, a planned move aborts. */

import test from 'ava';

import { bringOnline, bootedRig, bringTo, rigIn } from '../rig/migrations.js';
import { acknowledgementOn, labelOn, localOn, sharedOn } from '../rig/records-on-devices.js';
import type { Rig } from '../rig/rig.js';

const acknowledgement = (rig: Rig, node: number) => acknowledgementOn(rig.device('acks'), 0, node, rig.nodesCount);
const local = (rig: Rig, node: number) => localOn(rig.device(`local${node}`), 0, node, 'durable');

/** Takes a device away from a node, or gives it back; the node notices. */
function map(rig: Rig, node: number, name: string, attached: boolean): void {
  const ports = rig.ports[node] ?? [];
  const port = rig.devices.findIndex((_, at) => rig.devices[(at + 3 * node) % rig.devices.length]?.name === name);
  ports[port] = attached ? rig.device(name) : undefined;
  rig.handle(node, { kind: 'deviceMapped', port });
  rig.run();
}

test('engine: standbys: setup is done when every node has written its access control and acknowledged', (t) => {
  const rig = bootedRig({ nodes: 3 });
  const slow = rig.hold({ node: 2, step: 'standby.acknowledge.write' });
  const setup = rig.give('setup', rig.identity('target'));
  rig.settle();
  t.is(rig.outcome(setup), 'unanswered');
  t.like(sharedOn(rig.device('shared'), 0), { migration: 0, inProgress: false });
  slow.release();
  rig.run();
  t.is(rig.outcome(setup), 'done');
  for (const node of [1, 2]) {
    t.like(acknowledgement(rig, node), {
      migration: 1,
      accessControl: true,
      targetConfigured: true,
      rolledForward: false,
    });
    t.like(local(rig, node), { sourceAllowed: true, targetAllowed: false, target: rig.identity('target') });
  }
});

test('engine: standbys: commit and selectTarget are refused while a node lacks the target', (t) => {
  const rig = bootedRig({ nodes: 3 });
  map(rig, 2, 'target', false);
  bringTo(rig, 'source-selected');
  for (const command of ['commit', 'selectTarget'] as const) {
    t.is(rig.do(command), 'node-lacks-target');
    t.is(rig.do(command), 'node-lacks-target');
  }
  map(rig, 2, 'target', true);
  t.is(rig.do('commit'), 'done');
});

test('engine: standbys: commit is refused while a configured node has not acknowledged, and possible once it has joined', (t) => {
  const rig = bootedRig({ nodes: 3 });
  rig.crash(2);
  bringTo(rig, 'source-selected');
  t.is(rig.do('commit'), 'node-not-acknowledged');
  rig.boot(2);
  rig.run();
  t.true(rig.node(2).ready);
  t.like(local(rig, 2), { state: 'setup', sourceAllowed: true, targetAllowed: false });
  t.is(rig.do('commit'), 'done');
});

test('engine: standbys: after the roll-forward flag every standby flips and acknowledges, and touches nothing else', (t) => {
  const rig = rigIn('source-selected', { nodes: 3 });
  const before = rig.served.length;
  t.is(rig.do('commit'), 'done');
  for (const node of [1, 2]) {
    t.like(local(rig, node), { sourceAllowed: false, targetAllowed: true, bound: rig.identity('target') });
    t.like(acknowledgement(rig, node), { rolledForward: true });
  }
  const written = rig.served
    .slice(before)
    .filter(({ node, request }) => node > 0 && request.operation !== 'read')
    .map(({ node, device }) => `${node} ${device?.name ?? ''}`);
  t.deepEqual(
    [...new Set(written)].sort((a, b) => a.localeCompare(b)),
    ['1 acks', '1 local1', '2 acks', '2 local2'],
  );
});

test('engine: standbys: no standby allows the target before the flag is durable', (t) => {
  const rig = rigIn('source-selected', { nodes: 3 });
  const flag = rig.hold({ step: 'commit.roll-forward-flag.flush' });
  rig.give('commit');
  rig.run();
  for (const node of [1, 2]) t.is(local(rig, node)?.targetAllowed, false);
  flag.release();
  rig.run();
  t.deepEqual(rig.breaches, []);
});

test('engine: standbys: cleanup is refused until every reachable node has rolled forward', (t) => {
  const rig = rigIn('source-selected', { nodes: 3 });
  const slow = rig.hold({ node: 2, step: 'standby.access-control.write' });
  t.is(rig.do('commit'), 'done');
  t.is(rig.do('cleanup'), 'node-not-acknowledged');
  t.is(rig.do('cleanup'), 'node-not-acknowledged');
  t.is(labelOn(rig.device('source')), undefined);
  slow.release();
  rig.run();
  t.is(rig.do('cleanup'), 'done');
  t.like(labelOn(rig.device('source')), { tombstone: true, generation: 1 });
});

test('engine: standbys: a lost message is made good by the next cleanup', (t) => {
  const rig = rigIn('source-selected', { nodes: 2 });
  rig.dropMessages = true;
  t.is(rig.do('commit'), 'done');
  t.is(rig.do('cleanup'), 'node-not-acknowledged');
  rig.dropMessages = false;
  t.is(rig.do('cleanup'), 'node-not-acknowledged');
  t.is(rig.do('cleanup'), 'done');
});

for (const then of ['fails over to it', 'goes on elsewhere'] as const) {
  test(`engine: standbys: a node that was away follows the retirement; the disk ${then}`, (t) => {
    const rig = rigIn('source-selected', { nodes: 2 });
    rig.crash(1);
    t.is(rig.do('commit'), 'done');
    t.is(rig.do('cleanup'), 'done');
    t.is(local(rig, 1)?.bound, rig.identity('source'));
    if (then === 'fails over to it') rig.crash(0);
    rig.boot(1);
    rig.run();
    t.like(local(rig, 1), { bound: rig.identity('target'), sourceAllowed: false, targetAllowed: true, state: 'none' });
    if (then === 'goes on elsewhere') return;
    bringOnline(rig, 1);
    t.deepEqual(rig.wrongContents(1), []);
    t.is(rig.submit('read', { node: 1 }, { address: 'native', value: rig.identity('source') }).status, 'denied');
  });
}

test('engine: standbys: a configure message that comes after commit changes nothing', (t) => {
  const rig = rigIn('committed', { nodes: 2 });
  const message = {
    kind: 'message',
    from: 0,
    message: 'configure',
    disk: 0,
    migration: 1,
    source: rig.identity('source'),
    target: rig.identity('target'),
  } as const;
  for (const stage of ['committed', 'cleaned up']) {
    const before = [structuredClone(local(rig, 1)), structuredClone(acknowledgement(rig, 1))];
    rig.handle(1, message);
    rig.handle(1, message);
    rig.run();
    t.deepEqual([local(rig, 1), acknowledgement(rig, 1)], before, stage);
    rig.do('cleanup');
  }
});

for (const state of ['syncing', 'source-selected', 'target-selected'] as const) {
  test(`engine: standbys: a planned move in ${state} aborts, there and back`, (t) => {
    const rig = rigIn(state, { nodes: 2 });
    rig.handle(0, { kind: 'clusterOffline', disk: 0 });
    rig.run();
    t.deepEqual(rig.offlines, [{ node: 0, disk: 0, gaveUp: false }]);
    const epoch = sharedOn(rig.device('shared'), 0)?.epoch ?? 0;
    bringOnline(rig, 1);
    t.is(rig.state(1), 'setup');
    t.like(sharedOn(rig.device('shared'), 0), { epoch: epoch + 1, owner: 1, rollForward: false });
    t.like(local(rig, 1), { sourceAllowed: true, targetAllowed: false, errorFlag: false });
    rig.write(4, 201, 1, { node: 1, fua: true });
    rig.run();
    t.deepEqual(rig.wrongContents(1), []);
    rig.handle(1, { kind: 'clusterOffline', disk: 0 });
    rig.run();
    bringOnline(rig, 0);
    t.is(rig.state(0), 'setup');
    t.deepEqual(rig.wrongContents(0), []);
    t.is(rig.do('sync'), 'done');
    t.is(rig.do('commit'), 'done');
    t.deepEqual(rig.wrongContents(0), []);
  });
}

test('engine: standbys: a move without a migration aborts nothing', (t) => {
  const rig = rigIn('none', { nodes: 2 });
  rig.handle(0, { kind: 'clusterOffline', disk: 0 });
  rig.run();
  bringOnline(rig, 1);
  t.is(rig.state(1), 'none');
  t.deepEqual(rig.changes, []);
  t.deepEqual(rig.wrongContents(1), []);
});

test('engine: standbys: a node that was not reachable at setup acknowledges when it is again; commit can be had', (t) => {
  const rig = bootedRig({ nodes: 2 });
  rig.tellMembership(0b01);
  rig.dropMessages = true;
  t.is(rig.do('setup', rig.identity('target')), 'done');
  rig.do('sync');
  rig.dropMessages = false;
  rig.tellMembership(0b11);
  rig.run();
  t.is(rig.state(), 'source-selected');
  // The first attempt asks whoever has not acknowledged; the operator repeats it.
  rig.do('commit');
  t.is(rig.state() === 'committed' ? 'done' : rig.do('commit'), 'done');
});

test('engine: standbys: a lost reread after a planned move: commit can be had', (t) => {
  const rig = rigIn('source-selected', { nodes: 2 });
  rig.handle(0, { kind: 'clusterOffline', disk: 0 });
  rig.run();
  rig.dropMessages = true;
  bringOnline(rig, 1);
  rig.dropMessages = false;
  rig.do('sync', 0, 1);
  t.is(rig.state(1), 'source-selected');
  rig.do('commit', 0, 1);
  t.is(rig.state(1) === 'committed' ? 'done' : rig.do('commit', 0, 1), 'done');
});
