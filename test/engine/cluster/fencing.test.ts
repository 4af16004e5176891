/**
 * Holds fencing: a node that is called to a disk fences before it reads; who was the owner then can do nothing any more, whatever it was in the middle
 * of, and says so. Node 0 is the old owner and never hears of anything; node 1 takes over.
 */

import test from 'ava';

import type { Step } from '../../../engine/contract/vocabulary.js';
import { bootedRig, bringOnline, bringTo, rigIn, startPaused } from '../rig/migrations.js';
import { localOn, sharedOn } from '../rig/records-on-devices.js';
import type { Rig } from '../rig/rig.js';

const holders = (rig: Rig): (number | string)[] =>
  ['source', 'target', 'shared'].map((name) => rig.device(name).reservation.holder);
const registered = (rig: Rig): number[] =>
  ['source', 'target', 'shared'].map((name) => rig.device(name).reservation.registeredMask);
const servedOf = (rig: Rig, node: number, from = 0): string[] =>
  rig.served
    .slice(from)
    .filter((pending) => pending.node === node)
    .map(({ device, request }) => `${request.operation} ${device?.name ?? ''}`);

test('engine: fencing: the owner alone is registered, at the live device and the shared record, migration or not', (t) => {
  const rig = bootedRig({ nodes: 3 });
  t.deepEqual(holders(rig), [0, -1, 0]);
  bringTo(rig, 'source-selected');
  t.deepEqual(holders(rig), [0, 0, 0]);
  t.deepEqual(registered(rig), [1, 1, 1]);
  t.is(rig.do('commit'), 'done');
  t.deepEqual(registered(rig), [1, 1, 1]);
});

function move(rig: Rig, from: number, to: number): void {
  rig.handle(from, { kind: 'clusterOffline', disk: 0 });
  rig.run();
  bringOnline(rig, to);
}

for (const state of ['setup', 'committed'] as const) {
  test(`engine: fencing: after the cleanup of ${state} no zombie reads the device that the disk has left`, (t) => {
    const rig = bootedRig({ nodes: 2 });
    // Node 0 has acknowledged the migration before it became its owner.
    move(rig, 0, 1);
    bringTo(rig, 'setup', 1);
    move(rig, 1, 0);
    bringTo(rig, 'target-selected');
    bringOnline(rig, 1);
    if (state === 'committed') bringTo(rig, 'committed', 1);
    rig.tellMembership(0b10);
    t.is(rig.do('cleanup', 0, 1), 'done');
    const read = rig.read(0);
    rig.run();
    t.is(read.status, 'offline');
    t.deepEqual(registered(rig), [2, 2, 2]);
  });
}

test('engine: fencing: the shared record is preempted before it is read, source and target before the epoch is raised', (t) => {
  const rig = rigIn('source-selected', { nodes: 2 });
  const epoch = sharedOn(rig.device('shared'), 0)?.epoch ?? 0;
  const from = rig.served.length;
  bringOnline(rig, 1);
  const served = servedOf(rig, 1, from).filter((each) => !each.endsWith('local1') && !each.endsWith('acks'));
  t.deepEqual(served.slice(0, 10), [
    'register shared',
    'preempt shared',
    'read shared',
    'readReservation shared',
    'register source',
    'preempt source',
    'register target',
    'preempt target',
    'write shared',
    'flush shared',
  ]);
  t.like(sharedOn(rig.device('shared'), 0), { epoch: epoch + 1, owner: 1, inProgress: true, rollForward: false });
  t.deepEqual(registered(rig), [2, 2, 2]);
});

test('engine: fencing: without a migration the device that is bound is preempted, and after a retirement the one that took its place', (t) => {
  const rig = rigIn('committed', { nodes: 2 });
  t.is(rig.do('cleanup'), 'done');
  bringOnline(rig, 1);
  t.deepEqual(holders(rig), [0, 1, 1]);
});

test('engine: fencing: the epoch is raised with the roll-forward flag carried over', (t) => {
  const rig = rigIn('source-selected', { nodes: 2 });
  const flip = rig.hold({ step: 'commit.access-control.write' });
  rig.give('commit');
  rig.run();
  bringOnline(rig, 1);
  t.like(sharedOn(rig.device('shared'), 0, 'durable'), { rollForward: true, owner: 1 });
  t.is(rig.state(1), 'committed');
  flip.release();
  rig.run();
  t.deepEqual(rig.wrongContents(1), []);
});

test('engine: fencing: a standby flips and acknowledges without registering anywhere', (t) => {
  const rig = rigIn('source-selected', { nodes: 3 });
  t.is(rig.do('commit'), 'done');
  rig.crash(2);
  rig.boot(2);
  rig.run();
  t.deepEqual(
    [1, 2].flatMap((node) => servedOf(rig, node)).filter((each) => /register|preempt/.test(each)),
    [],
  );
});

test('engine: fencing: the old owner can neither read nor write; its application is told, and it lets the disk go', (t) => {
  const rig = rigIn('source-selected', { nodes: 2 });
  bringOnline(rig, 1);
  const before = rig.wrongContents(1);
  const read = rig.read(0);
  const write = rig.write(0, 99);
  rig.run();
  t.deepEqual([read.status, write.status], ['offline', 'offline']);
  t.is(rig.disk(0).lifecycle, 'standby');
  t.deepEqual(rig.offlines.at(-1), { node: 0, disk: 0, gaveUp: true });
  t.deepEqual([before, rig.wrongContents(1)], [[], []]);
  t.deepEqual(registered(rig), [2, 2, 2]);
});

test('engine: fencing: a write that still travels when the disk has another owner does not land, not even after its node is owner again', (t) => {
  const rig = rigIn('source-selected', { nodes: 2 });
  const late = rig.hold({ node: 0, operation: 'write', sector: 5 });
  const write = rig.write(5, 111);
  rig.settle();
  bringOnline(rig, 1);
  const newer = rig.write(5, 222, 1, { node: 1 });
  rig.run();
  late.release();
  rig.run();
  t.deepEqual([newer.status, write.status], ['ok', 'offline']);
  t.is(rig.peek('source', 5), 222);
});

test('engine: fencing: a commit that stalled before its flag cannot be gone on with', (t) => {
  const rig = rigIn('source-selected', { nodes: 2 });
  const flag = rig.hold({ step: 'commit.roll-forward-flag.write' });
  const commit = rig.give('commit');
  rig.run();
  const held = rig.write(1, 77);
  bringOnline(rig, 1);
  flag.release();
  rig.run();
  t.is(rig.outcome(commit), 'not-owner');
  t.is(held.status, 'offline');
  t.like(sharedOn(rig.device('shared'), 0), { rollForward: false, owner: 1 });
  t.like(localOn(rig.device('local0'), 0, 0), { sourceAllowed: true, targetAllowed: false });
  t.is(rig.state(1), 'setup');
  t.deepEqual(rig.breaches, []);
});

test('engine: fencing: a commit that stalled after its flag goes nowhere either; the new owner has completed it', (t) => {
  const rig = rigIn('target-selected', { nodes: 2 });
  const binding = rig.hold({ step: 'commit.binding.flush' });
  rig.give('commit');
  rig.run();
  const held = rig.write(1, 77);
  bringOnline(rig, 1);
  binding.release();
  rig.run();
  t.is(held.status, 'offline');
  t.is(rig.disk(0).lifecycle, 'standby');
  t.is(rig.state(1), 'committed');
  t.deepEqual([rig.wrongContents(1), rig.breaches], [[], []]);
});

const PROCEDURES: readonly (readonly [command: 'abort' | 'selectSource' | 'cleanup', step: Step])[] = [
  ['abort', 'abort.source.flush'],
  ['selectSource', 'select-source.source.flush'],
];
for (const [command, step] of PROCEDURES) {
  test(`engine: fencing: ${command} of a node that lost the disk is refused, and no record of its own is written`, (t) => {
    const rig = rigIn('target-selected', { nodes: 2 });
    const flush = rig.hold({ step });
    const id = rig.give(command);
    rig.run();
    bringOnline(rig, 1);
    const from = rig.served.length;
    flush.release();
    while (rig.disk(0).lifecycle !== 'standby') t.true(rig.step());
    t.is(rig.outcome(id), 'not-owner');
    t.deepEqual(
      servedOf(rig, 0, from).filter((each) => each.startsWith('write')),
      [],
    );
  });
}

test('engine: fencing: a clean stop of a node that lost the disk touches no record', (t) => {
  const rig = rigIn('source-selected', { nodes: 2 });
  bringOnline(rig, 1);
  const before = localOn(rig.device('local0'), 0, 0);
  rig.handle(0, { kind: 'clusterOffline', disk: 0 });
  while (rig.disk(0).lifecycle !== 'standby') t.true(rig.step());
  t.deepEqual(localOn(rig.device('local0'), 0, 0), before);
  t.deepEqual(rig.offlines.at(-1), { node: 0, disk: 0, gaveUp: true });
});

test('engine: fencing: a conflict is no fault: nothing is held against a device, nothing commits by force', (t) => {
  const rig = rigIn('target-selected', { nodes: 2 });
  const toTarget = rig.hold({ node: 0, device: 'target', operation: 'write' });
  rig.write(3, 88);
  rig.settle();
  rig.device('source').reservation.register(1);
  rig.device('source').reservation.preempt(1, 'exclusive-access');
  rig.write(4, 89);
  toTarget.release();
  rig.run();
  t.deepEqual(
    rig.changes.filter(({ cause }) => cause === 'source-fault' || cause === 'target-fault'),
    [],
  );
  t.like(rig.disk(0), { lifecycle: 'standby', sourceFault: false, targetFault: false });
  t.like(sharedOn(rig.device('shared'), 0), { rollForward: false });
});

test('engine: fencing: who was overtaken in its recovery fails it, and takes its place among the standbys', (t) => {
  const rig = rigIn('source-selected', { nodes: 3 });
  const epoch = rig.hold({ node: 1, step: 'recovery.epoch.write' });
  bringOnline(rig, 1);
  bringOnline(rig, 2);
  epoch.release();
  rig.run();
  t.deepEqual(
    rig.onlines.slice(-2).map(({ node, outcome }) => `${node} ${outcome}`),
    ['2 online', '1 failed'],
  );
  t.like(rig.disk(1), { lifecycle: 'standby', ownershipLost: false });
  t.deepEqual(registered(rig), [4, 4, 4]);
  t.like(sharedOn(rig.device('shared'), 0), { owner: 2 });
});

test('engine: fencing: a node that lost the disk has its access control set right, and may be given it again', (t) => {
  const rig = rigIn('source-selected', { nodes: 2 });
  rig.dropMessages = true;
  const flip = rig.hold({ step: 'commit.access-control.write' });
  rig.give('commit');
  rig.run();
  bringOnline(rig, 1);
  flip.fail();
  rig.write(0, 5);
  rig.run();
  t.like(localOn(rig.device('local0'), 0, 0), {
    sourceAllowed: false,
    targetAllowed: true,
    bound: rig.identity('target'),
  });
  bringOnline(rig, 0);
  t.is(rig.state(0), 'committed');
  t.deepEqual(rig.wrongContents(0), []);
});

test('engine: fencing: a node that is told to let go and to come again does both, in this order', (t) => {
  const rig = rigIn('source-selected', { nodes: 2 });
  const flush = rig.hold({ step: 'commit.target.flush' });
  rig.give('commit');
  rig.run();
  bringOnline(rig, 1);
  rig.handle(0, { kind: 'clusterOffline', disk: 0 });
  rig.handle(0, { kind: 'clusterOnline', disk: 0 });
  flush.release();
  rig.run();
  t.deepEqual(rig.onlines.at(-1), { node: 0, disk: 0, outcome: 'online' });
  t.deepEqual(registered(rig), [1, 1, 1]);
});

test('engine: fencing: with the flag set an unreachable source is passed over; with it clear the disk stays offline', (t) => {
  for (const [state, outcome] of [
    ['committed', 'online'],
    ['source-selected', 'failed'],
  ] as const) {
    const rig = rigIn(state, { nodes: 2 });
    rig.fail({ node: 1, device: 'source' });
    bringOnline(rig, 1);
    t.is(rig.onlines.at(-1)?.outcome, outcome);
  }
});

test('engine: fencing: a dead target is passed over; one that is only out of reach, and may have been selected, is not', (t) => {
  const dead = rigIn('target-selected', { nodes: 2 });
  dead.fail({ node: 1, device: 'target' });
  bringOnline(dead, 1);
  t.is(dead.onlines.at(-1)?.outcome, 'online');
  t.deepEqual(holders(dead), [1, 0, 1]);

  const away = rigIn('target-selected', { nodes: 2 });
  const port = away.ports[1]?.findIndex((device) => device?.name === 'target') ?? -1;
  away.ports[1]![port] = undefined;
  bringOnline(away, 1);
  t.is(away.onlines.at(-1)?.outcome, 'failed');
});

test('engine: fencing: a target that was never reported as seen is passed over where it is out of reach, and taken by the next synchronisation', (t) => {
  const rig = bootedRig({ nodes: 2 });
  const port = rig.ports[1]?.findIndex((device) => device?.name === 'target') ?? -1;
  rig.ports[1]![port] = undefined;
  rig.handle(1, { kind: 'deviceMapped', port });
  rig.run();
  startPaused(setUp(rig));
  bringOnline(rig, 1);
  t.is(rig.onlines.at(-1)?.outcome, 'online');
  t.is(rig.device('target').reservation.holder, 0);
  rig.ports[1]![port] = rig.device('target');
  rig.handle(1, { kind: 'deviceMapped', port });
  rig.run();
  t.is(rig.do('sync', 0, 1), 'done');
  t.deepEqual(holders(rig), [1, 1, 1]);
});

function setUp(rig: Rig): Rig {
  bringTo(rig, 'setup');
  return rig;
}

for (const name of ['source', 'target', 'shared'] as const) {
  test(`engine: fencing: a reservation at the ${name} that a reset took away is missed at once, and the disk given up`, (t) => {
    const rig = rigIn('source-selected', { nodes: 2 });
    rig.device(name).reservation.lose();
    rig.rule({ node: 0, device: name }, () => 'reset', 1);
    if (name === 'shared') rig.give('commit');
    else rig.write(0, 9);
    rig.run();
    t.is(rig.disk(0).lifecycle, 'standby');
    t.true(rig.probes.has('ownership.reservation-gone'));
    bringOnline(rig, 0);
    t.deepEqual(registered(rig), [1, 1, 1]);
  });
}

test('engine: fencing: a reset that took nothing away changes nothing', (t) => {
  const rig = rigIn('source-selected', { nodes: 2 });
  rig.rule({ node: 0, device: 'source' }, () => 'reset', 1);
  const write = rig.write(0, 9);
  rig.run();
  t.is(write.status, 'ok');
  t.true(servedOf(rig, 0).includes('readReservation source'));
  t.is(rig.disk(0).lifecycle, 'online');
});

test('engine: fencing: a setup by a node that lost the disk unawares evicts nobody from the target', (t) => {
  const rig = bootedRig({ nodes: 2 });
  const poll = rig.hold({ node: 0, device: 'acks', operation: 'read' });
  const setup = rig.give('setup', rig.identity('target'));
  rig.run();
  bringOnline(rig, 1);
  bringTo(rig, 'none', 1);
  rig.device('target').reservation.register(1);
  rig.device('target').reservation.preempt(1, 'exclusive-access');
  poll.release();
  rig.run();
  t.is(rig.outcome(setup), 'not-owner');
  t.is(rig.device('target').reservation.holder, 1);
  t.is(rig.disk(0).lifecycle, 'standby');
});

test('engine: fencing: a target that cannot be reserved is refused, and nothing has changed', (t) => {
  const rig = bootedRig({ nodes: 2 });
  const fault = rig.fail({ device: 'target', operation: 'preempt' });
  t.is(rig.do('setup', rig.identity('target')), 'target-not-reserved');
  t.like(sharedOn(rig.device('shared'), 0), { inProgress: false });
  t.is(rig.state(0), 'none');
  fault.stop();
  t.is(rig.do('setup', rig.identity('target')), 'done');
});

test('engine: fencing: standalone nothing is reserved', (t) => {
  const rig = rigIn('committed', { nodes: 1 });
  t.is(rig.do('cleanup'), 'done');
  t.deepEqual(registered(rig), [0, 0, 0]);
});

test('engine: fencing: a recovery that cannot ask whether it still has the shared record fails, and says so', (t) => {
  const rig = rigIn('source-selected', { nodes: 2 });
  rig.fail({ node: 1, device: 'shared', operation: 'readReservation' });
  bringOnline(rig, 1);
  t.deepEqual(rig.onlines.at(-1), { node: 1, disk: 0, outcome: 'failed' });
});
