/** Goal: each claim counts when a run shows its evidence, and not when one part of it is missing. */

import test from 'ava';

import { createCoverage } from '../../../sim/coverage/create-coverage.js';
import { context, local, SHARED, SOURCE, TARGET, TARGET_IDENTITY } from '../oracles/fake-world.js';
import { HistoryBuilder } from '../oracles/history.js';

/** Claims that a told history shows, besides those that every whole migration shows. */
function claimsOf(mode: 'cluster' | 'standalone', tell: (history: HistoryBuilder) => void): string[] {
  const coverage = createCoverage(context);
  const history = new HistoryBuilder({ mode, nodes: mode === 'cluster' ? 3 : 1 }, coverage.observers);
  tell(history);
  const { claims } = coverage.result();
  const ordinary = ['A2', 'A4', 'A5', 'B1', 'B3'];
  return Object.keys(claims).filter((claim) => claims[claim]! > 0 && !ordinary.includes(claim));
}

const FORWARD = {
  sourceAllowed: false,
  targetAllowed: true,
  bound: TARGET_IDENTITY,
  state: 'committed',
  errorFlag: false,
} as const;
const served = (history: HistoryBuilder): HistoryBuilder => {
  history.write(5, [SOURCE, TARGET]);
  return history;
};

test('coverage: claims: A3: a commit refused while a failover node lacks the target', (t) => {
  for (const refusal of ['node-lacks-target', 'busy']) {
    const shown = claimsOf('cluster', ({ world: { watch } }) =>
      watch.commandCompleted(0, 0, 1, 'commit', 'refused', refusal),
    );
    t.deepEqual(shown, refusal === 'busy' ? [] : ['A3']);
  }
});

test('coverage: claims: A6 to A8: a crash at each step of commit, and a consistent recovery', (t) => {
  const steps = { A6: 'commit.roll-forward-flag.flush', A7: 'commit.access-control.write', A8: 'commit.binding.flush' };
  for (const [claim, step] of Object.entries(steps)) {
    for (const isConsistent of [true, false]) {
      const shown = claimsOf('cluster', (history) => {
        served(history.synchronised()).rollForward();
        history.world.watch.crashedAtStep(0, step, 'after', false);
        history.world.stop(0);
        if (isConsistent) history.world.writeLocal(1, FORWARD);
        history.world.online(1);
      });
      t.deepEqual(shown, isConsistent ? [claim] : []);
    }
  }
});

test('coverage: claims: A9 and A10: the migration node comes back and aborts, or completes', (t) => {
  for (const rollForward of [true, false]) {
    const shown = claimsOf('cluster', (history) => {
      served(history.synchronised());
      if (rollForward) history.rollForward();
      history.world.stop(0);
      history.world.writeLocal(0, rollForward ? FORWARD : { state: 'setup', errorFlag: false });
      history.world.online(0);
    });
    t.deepEqual(shown, [rollForward ? 'A10' : 'A9']);
  }
});

test('coverage: claims: A11: a failover node serves the target', (t) => {
  const shown = claimsOf('cluster', (history) => {
    served(history.synchronised()).rollForward();
    history.world.stop(0);
    history.world.writeLocal(1, FORWARD);
    history.world.online(1);
    history.on(1).write(6, [TARGET]);
  });
  t.deepEqual(shown, ['A1', 'A11']);
});

test('coverage: claims: B2 and B8: a clean restart goes on and commits', (t) => {
  for (const isClean of [true, false]) {
    const shown = claimsOf('standalone', (history) => {
      served(history.synchronised());
      history.world.writeLocal(0, { state: 'source-selected' });
      history.world.writeLocal(0, { errorFlag: false });
      if (isClean) history.world.watch.shutdownDone(0);
      history.world.stop(0, isClean ? 'shutdown' : 'crash');
      history.world.start(0);
      history.world.watch.onlineAsked(0, 0);
      history.world.writeLocal(0, { errorFlag: true });
      history.world.finishOnline(0);
      history.commit();
    });
    t.deepEqual(shown, isClean ? ['B2', 'B8'] : []);
  }
});

test('coverage: claims: B4a and B4b: a fault record refuses commit and forces the transition', (t) => {
  const shown = claimsOf('standalone', (history) => {
    history.synchronised().world.watch.commandCompleted(0, 0, 1, 'commit', 'refused', 'target-fault-recorded');
    history.state('source-selected', 'setup', 'target-fault');
  });
  t.deepEqual(shown, ['B4a', 'B4b']);
});

test('coverage: claims: B5 and B6: a clean stop records the fault, the start acts on it', (t) => {
  for (const targetFault of [true, false]) {
    const shown = claimsOf('standalone', (history) => {
      served(history.synchronised());
      history.world.writeLocal(0, { state: 'source-selected', targetFault });
      history.world.writeLocal(0, { errorFlag: false });
      history.world.watch.shutdownDone(0);
      history.world.stop(0, 'shutdown');
      history.world.start(0);
      history.world.watch.onlineAsked(0, 0);
      history.world.writeLocal(0, { state: 'setup' });
      history.world.finishOnline(0);
    });
    t.deepEqual(shown, targetFault ? ['B5', 'B6'] : []);
  }
});

test('coverage: claims: B7 and B9: an unclean stop leads to a fault record first, also the second time', (t) => {
  const crash = (history: HistoryBuilder, isEarly: boolean): void => {
    history.world.stop(0);
    history.world.start(0);
    history.request(local(0), 'read', { sector: 0, count: 16 });
    history.world.watch.onlineAsked(0, 0);
    if (isEarly) history.request(TARGET, 'write');
    history.world.writeLocal(0, { targetFault: true });
    history.world.writeLocal(0, { state: 'setup', errorFlag: false });
    history.world.finishOnline(0);
  };
  const once = (isEarly: boolean) =>
    claimsOf('standalone', (history) => crash(served(history.synchronised()), isEarly));
  t.deepEqual(once(false), ['B7']);
  t.deepEqual(once(true), []);
  const twice = claimsOf('standalone', (history) => {
    crash(served(history.synchronised()), false);
    history.world.writeLocal(0, { targetFault: false });
    history.sync();
    crash(history, false);
  });
  t.deepEqual(twice, ['B7', 'B9']);
});

test('coverage: claims: cluster claims do not count standalone, nor the other way round', (t) => {
  const standalone = claimsOf('standalone', (history) => {
    history.request(SHARED, 'inquiry').world.watch.commandCompleted(0, 0, 1, 'commit', 'refused', 'node-lacks-target');
  });
  t.deepEqual(standalone, []);
  const cluster = claimsOf('cluster', (history) => {
    history.synchronised().world.writeLocal(0, { state: 'source-selected', targetFault: true });
    history.world.writeLocal(0, { errorFlag: false });
  });
  t.deepEqual(cluster, []);
});
