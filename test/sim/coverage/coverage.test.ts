/** Goal: coverage counts what happened, sums do not depend on order, gaps are listed, and claims need their evidence. */

import test from 'ava';

import { vocabulary } from '../../../engine/index.js';
import { createCoverage } from '../../../sim/coverage/create-coverage.js';
import { coverageRecord } from '../../../cli/output/coverage-record.js';
import { addCoverage, emptyCoverage, entriesOf } from '../../../sim/coverage/merge-coverage.js';
import { unseen } from '../../../sim/coverage/unseen.js';
import type { RunCoverage } from '../../../sim/world/run.js';
import { context, SOURCE, TARGET } from '../oracles/fake-world.js';
import { HistoryBuilder } from '../oracles/history.js';

/** Coverage of a told history. */
function covered(tell: (history: HistoryBuilder) => void, nodes = 3): RunCoverage {
  const coverage = createCoverage(context);
  const history = new HistoryBuilder({ nodes }, coverage.observers);
  tell(history);
  return coverage.result();
}

const migrated = (history: HistoryBuilder): void => {
  history.synchronised();
  history.write(5, [SOURCE, TARGET]);
  history.commit();
  history.write(6, [TARGET]);
};

test('coverage: run: transitions, state × event, steps', (t) => {
  const coverage = covered(migrated);
  t.is(coverage.transitions['source-selected>committed:command'], 1);
  t.is(coverage.stateEvents['source-selected:command.commit'], 1);
  t.is(coverage.stateEvents['source-selected:application.write'], 1);
  t.is(coverage.stateEvents['committed:application.write'], 1);
  t.true(coverage.stateEvents['syncing:target.ok']! > 0);
  t.is(coverage.steps['commit.roll-forward-flag.write'], 1);
});

test('coverage: run: faults, crash steps, probes, refusals', (t) => {
  const { faults, crashSteps, probes, refusals } = covered(({ world: { watch } }) => {
    watch.faultArmed('crash', 'host');
    watch.faultFired('crash', 'host', 'none');
    watch.faultArmed('target.write.error', 'target of disk 0');
    for (const _ of [1, 2]) watch.crashedAtStep(0, 'commit.binding.write', 'during', false);
    watch.probe('commit.forced');
    watch.commandCompleted(0, 0, 1, 'commit', 'refused', 'busy');
  });
  t.deepEqual(faults, { crash: { armed: 1, fired: 1 }, 'target.write.error': { armed: 1, fired: 0 } });
  t.deepEqual(crashSteps, [{ step: 'commit.binding.write', position: 'during', inRecovery: false, hits: 2 }]);
  t.deepEqual(probes, { 'commit.forced': 1 });
  t.deepEqual(refusals, { 'commit:busy': 1 });
});

test('coverage: claims: a whole migration shows setup, error flag, mirroring, commit and the state table', (t) => {
  const { claims } = covered(migrated);
  const shown = Object.keys(claims).filter((claim) => claims[claim]! > 0);
  t.deepEqual(shown, ['A2', 'A4', 'A5', 'B1', 'B3']);
});

test('coverage: claims: failover counts when the application goes on elsewhere', (t) => {
  const failedOver = (served: boolean) => (history: HistoryBuilder) => {
    history.synchronised();
    history.write(5, [SOURCE, TARGET]);
    history.world.stop(0);
    history.world.writeShared({ owner: 1, epoch: 2 });
    history.world.online(1);
    if (served) history.on(1).write(6, [SOURCE]);
  };
  const { claims } = covered(failedOver(true));
  t.is(claims['A1'], 1);
  t.is(claims['A12'], 1);
  t.is(claims['A11'], 0);
  t.is(covered(failedOver(false)).claims['A1'], 0);
  t.is(covered(failedOver(true), 2).claims['A1'], 0);
});

test('coverage: sums: order does not matter, empty is neutral, and what is added stays as it is', (t) => {
  const a = covered(migrated);
  const b = covered((history) => history.boot().read(1, 1));
  const sum = (...coverages: RunCoverage[]): RunCoverage => {
    const sums = emptyCoverage();
    for (const each of coverages) addCoverage(sums, entriesOf(each));
    return sums;
  };
  t.deepEqual(sum(a, b), sum(b, a));
  t.deepEqual(sum(a, emptyCoverage()), a);
  t.is(sum(a, a).stateEvents['committed:application.write'], 2);
  t.is(a.stateEvents['committed:application.write'], 1);
});

test('coverage: sums: faults and crashes are added by kind, and by step, position and recovery', (t) => {
  const crash = { step: 'commit.binding.write', position: 'after', inRecovery: false, hits: 1 } as const;
  const one = { ...emptyCoverage(), faults: { crash: { armed: 2, fired: 1 } }, crashSteps: [crash] };
  const other = {
    ...emptyCoverage(),
    faults: { crash: { armed: 1, fired: 1 }, power: { armed: 1, fired: 0 } },
    crashSteps: [
      { ...crash, inRecovery: true },
      { ...crash, hits: 3 },
    ],
  };
  const sums = emptyCoverage();
  addCoverage(sums, entriesOf(one));
  addCoverage(sums, entriesOf(other));
  t.deepEqual(sums.faults, { crash: { armed: 3, fired: 2 }, power: { armed: 1, fired: 0 } });
  t.deepEqual(sums.crashSteps, [
    { ...crash, hits: 4 },
    { ...crash, inRecovery: true },
  ]);
  t.is(crash.hits, 1);
});

test('coverage: unseen: lists what never came up, and only that', (t) => {
  const gaps = unseen(covered(migrated), vocabulary);
  t.true(gaps.claims.includes('B9'));
  t.false(gaps.claims.includes('A5'));
  t.true(gaps.stateEvents.includes('none:command.cleanup'));
  t.false(gaps.stateEvents.includes('source-selected:command.commit'));
  t.is(gaps.crashSteps.length, vocabulary.steps.length * 3);
  t.is(gaps.stepHits.length, vocabulary.steps.length * 3);
  t.false(gaps.steps.includes('commit.binding.write'));
  t.deepEqual(unseen(emptyCoverage(), vocabulary).probes, vocabulary.probes);
});

test('coverage: unseen: what no run can show is told apart, with the reason', (t) => {
  const { stateEvents, faults, impossible } = unseen(emptyCoverage(), vocabulary);
  t.false(stateEvents.includes('setup:local.conflict'));
  t.true(stateEvents.includes('setup:source.conflict'));
  t.deepEqual(
    impossible.find(({ cell }) => cell === 'setup:local.conflict'),
    { cell: 'setup:local.conflict', reason: 'nobody reserves a local or an acknowledgement device' },
  );
  t.true(faults.includes('shared-media-stale-read'));
  t.false(faults.includes('shared-media-misdirected-read'));
});

test('coverage: faults: counted by family in the state they fired in, and by the named step they hit', (t) => {
  const { stateEvents, stepHits, lies } = covered(({ world: { watch } }) => {
    watch.faultFired('target-write-error', 'target of disk 0', 'none');
    watch.faultFired('source-media-lost', 'source of disk 0', 'none');
    watch.faultFired('network-loss', 'a message', 'none');
    watch.faultFired('crash', 'node 0', 'none');
    watch.stepHit('commit.binding.write', 'pause');
    watch.lieTold('source-media-lost');
    watch.lieFound('source-media-lost', 'O1');
  });
  const families = Object.keys(stateEvents).filter((key) => key.includes(':fault.'));
  t.deepEqual(families, ['none:fault.device', 'none:fault.media', 'none:fault.network']);
  t.deepEqual(stepHits, { 'commit.binding.write pause': 1 });
  t.deepEqual(lies, { 'source-media-lost found by O1': 1, 'source-media-lost told': 1 });
});

test('coverage: record: names sorted, whatever the order of events was', (t) => {
  const { stateEvents, probes } = coverageRecord(covered(migrated), vocabulary);
  for (const hits of [stateEvents, probes]) {
    const names = hits.map(({ name }) => name);
    t.deepEqual(names, names.toSorted());
  }
  t.true(stateEvents.length > 5);
});
