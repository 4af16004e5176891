/** Goal: a lie that nobody noticed is found at the end, and only that: not one the application was never promised, not one without effect. */

import test from 'ava';

import { LABEL_SECTORS, SOURCE, TARGET } from './fake-world.js';
import { HistoryBuilder } from './history.js';

const sentence = 'the target of disk 0 lost a write';

/** A disk that lives on its target, whose sector 5 holds the initial content although `promised` was. */
function lied(promised: (history: HistoryBuilder) => number): HistoryBuilder {
  const history = new HistoryBuilder().synchronised();
  const promisedStamp = promised(history);
  history.commit('source-selected');
  history.world.put(TARGET, 5, 1);
  history.world.lies.set(TARGET, [{ sector: LABEL_SECTORS + 5, promisedStamp, sentence }]);
  history.cleanup().end();
  return history;
}

const written = (history: HistoryBuilder): number => {
  history.write(5, [SOURCE, TARGET]);
  return 2;
};

test('oracles: media: a broken promise that no other oracle saw is named', (t) => {
  const history = lied(written);
  t.deepEqual(history.signatures, ['media: a lie that nobody noticed']);
  t.regex(
    history.found[0]!.sentence,
    /^block 0 \(sector 5\) of disk 0 holds the initial content where write 2 of node 0 was promised, and nobody noticed: the target of disk 0 lost a write$/,
  );
});

test('oracles: media: what the application was never promised, and a lie that makes no difference, are let be', (t) => {
  const never = lied((history) => {
    const io = history.issue('write', 5);
    history.land(io, SOURCE);
    history.land(io, TARGET);
    history.answer(io, 'error');
    return io.io;
  });
  t.deepEqual(
    never.signatures.filter((signature) => signature.startsWith('media')),
    [],
  );
  t.deepEqual(lied(() => 1).found, []);
});

test('oracles: media: a lie on the device that the disk has left is nobody’s', (t) => {
  const history = new HistoryBuilder().synchronised();
  history.write(5, [SOURCE, TARGET]);
  history.commit('source-selected');
  history.world.put(SOURCE, 5, 1);
  history.world.lies.set(SOURCE, [{ sector: LABEL_SECTORS + 5, promisedStamp: 2, sentence }]);
  history.cleanup().end();
  t.deepEqual(history.found, []);
});
