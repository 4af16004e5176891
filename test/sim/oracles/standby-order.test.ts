/** Goal: a standby that goes back to the access control of a migration which it has read to be rolled forward is seen; one that goes by what it reads is not. */

import test from 'ava';

import { local, SHARED } from './fake-world.js';
import { HistoryBuilder } from './history.js';

const rolledForward = (): HistoryBuilder =>
  new HistoryBuilder({ nodes: 2 }).synchronised().request(SHARED, 'read', { node: 1 });

/** Node 1 sets its access control as a standby does, to where the migration began. */
function goBack(history: HistoryBuilder): HistoryBuilder {
  history.request(local(1), 'write', { node: 1, sector: 0, count: 2, step: 'standby.access-control.write' });
  history.world.writeLocal(1, { sourceAllowed: true, targetAllowed: false, errorFlag: true });
  return history;
}

test('oracles: standby: the access control of a migration in progress', (t) => {
  t.deepEqual(goBack(rolledForward()).found, []);
});

test('oracles: standby: back to where a migration began that is rolled forward', (t) => {
  const history = rolledForward().commit().request(SHARED, 'read', { node: 1 });
  history.found.length = 0;
  t.true(goBack(history).signatures.includes('O11 standby goes back to where a migration began'));
});

test('oracles: standby: what it had not read yet is not held against it', (t) => {
  const history = rolledForward().commit();
  history.found.length = 0;
  t.false(goBack(history).signatures.includes('O11 standby goes back to where a migration began'));
});
