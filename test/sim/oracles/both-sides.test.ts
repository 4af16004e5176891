/** Goal: both sides hold the same where a migration counts on it, and nothing older is brought back; what nobody can know is not held against anybody. */

import test from 'ava';

import { LABEL_SECTORS, SOURCE, TARGET } from './fake-world.js';
import { HistoryBuilder } from './history.js';

const MOVED = 'O6 sides differ when reads move';

/** The device forgets a write, and its node is told. */
function lose(history: HistoryBuilder, device: number, sector: number, isTold = true): void {
  history.world.losePower(device);
  history.world.put(device, sector, 1);
  if (isTold) history.request(device, 'read', { status: 'unitAttention' }).pass(100);
}

test('oracles: sides: reads move to a target that differs from the source', (t) => {
  const history = new HistoryBuilder().synchronised();
  history.write(5, [SOURCE, TARGET]);
  history.world.put(TARGET, 5, 1);
  history.selectTarget();
  t.deepEqual(history.signatures, [MOVED]);
});

test('oracles: sides: a commit of a target that differs from the source', (t) => {
  const history = new HistoryBuilder().synchronised();
  history.write(5, [SOURCE, TARGET]);
  lose(history, SOURCE, 5);
  history.commit();
  t.deepEqual(history.signatures, [MOVED]);
});

test('oracles: sides: what a device has lost, and nobody was told of, is not judged', (t) => {
  const history = new HistoryBuilder().synchronised();
  history.write(5, [SOURCE, TARGET]);
  lose(history, SOURCE, 5, false);
  history.commit();
  t.deepEqual(history.found, []);
});

test('oracles: sides: a flush in target-selected while the source lacks something', (t) => {
  const history = new HistoryBuilder().synchronised().selectTarget();
  history.write(5, [SOURCE, TARGET]);
  lose(history, SOURCE, 5);
  history.flush();
  t.deepEqual(history.signatures, ['O5 sides differ when a flush is answered']);
});

test('oracles: sides: something older is brought back over a write of after the loss', (t) => {
  const history = new HistoryBuilder().synchronised().selectTarget();
  const older = history.write(5, [SOURCE, TARGET]);
  lose(history, SOURCE, 5);
  history.write(5, [SOURCE]);
  history.found.length = 0;
  history.world.put(SOURCE, 5, older);
  history.request(SOURCE, 'write', { sector: LABEL_SECTORS + 5 });
  t.deepEqual(history.signatures, ['O6 the source is given back something older']);
});

test('oracles: sides: what the source has lost is brought back', (t) => {
  const history = new HistoryBuilder().synchronised().selectTarget();
  const lost = history.write(5, [SOURCE, TARGET]);
  lose(history, SOURCE, 5);
  history.world.put(SOURCE, 5, lost);
  history.request(SOURCE, 'write', { sector: LABEL_SECTORS + 5 }).flush();
  t.deepEqual(history.found, []);
});
