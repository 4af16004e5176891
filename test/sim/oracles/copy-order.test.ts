/** Goal: what copying owes is judged: flushed and over before source-selected, given up after its retries; a lost source forces a commit. */

import test from 'ava';

import { LABEL_SECTORS, SOURCE, TARGET } from './fake-world.js';
import { HistoryBuilder } from './history.js';

const copying = (): HistoryBuilder => new HistoryBuilder().boot().setup().sync();

test('oracles: copies: source-selected before the target is flushed', (t) => {
  const history = copying().request(TARGET, 'flush').request(TARGET, 'write');
  history.state('syncing', 'source-selected', 'synchronised');
  t.deepEqual(history.signatures, ['O11 source-selected before the target is flushed']);
});

test('oracles: copies: a clone behind the flush is no copy', (t) => {
  const history = copying().request(TARGET, 'flush');
  history.write(5, [SOURCE, TARGET]);
  history.state('syncing', 'source-selected', 'synchronised');
  t.deepEqual(history.found, []);
});

test('oracles: copies: one that lands after everything was copied, unless a device had failed', (t) => {
  const failed = copying().request(SOURCE, 'read', { status: 'error' }).copyAll().request(TARGET, 'write');
  t.deepEqual(failed.found, []);
  const history = new HistoryBuilder().synchronised().request(TARGET, 'write');
  t.deepEqual(history.signatures, ['O11 copy after everything was copied']);
});

test('oracles: copies: a region that cannot be read is tried so often, and no more', (t) => {
  const history = copying();
  for (let tries = 0; tries < 3; tries += 1) history.request(SOURCE, 'read', { status: 'error' });
  t.deepEqual(history.found, []);
  history.request(SOURCE, 'read', { status: 'error' });
  t.deepEqual(history.signatures, ['O11 copying goes on although a region cannot be read']);
});

test('oracles: copies: what was in hand is copied to its end during a pause, and nothing is begun', (t) => {
  const history = copying();
  const { watch } = history.world;
  const copyRegion = (region: number): void => {
    history.request(SOURCE, 'read', { sector: LABEL_SECTORS + 8 * region });
  };
  watch.commandCompleted(0, 0, 100, 'pause', 'done', 'none');
  for (const region of [0, 1, 1]) copyRegion(region);
  t.deepEqual(history.found, []);
  copyRegion(2);
  t.deepEqual(history.signatures, ['O11 copying goes on during a pause']);
});

test('oracles: copies: after a pause copying goes on', (t) => {
  const history = copying();
  const { watch } = history.world;
  for (const [index, command] of ['pause', 'resume'].entries())
    watch.commandCompleted(0, 0, 100 + index, command, 'done', 'none');
  for (const region of [0, 1, 2]) history.request(SOURCE, 'read', { sector: LABEL_SECTORS + 8 * region });
  t.deepEqual(history.found, []);
});

test('oracles: copies: a source is given up after its retries, not before', (t) => {
  const early = copying().request(SOURCE, 'read', { status: 'error' });
  early.world.writeLocal(0, { state: 'setup', errorFlag: false });
  early.state('syncing', 'setup', 'source-unreadable');
  t.deepEqual(early.signatures, ['O7 source given up before its retries']);
  const history = copying();
  for (let tries = 0; tries < 3; tries += 1) history.request(SOURCE, 'read', { status: 'error' });
  history.world.writeLocal(0, { state: 'setup', errorFlag: false });
  // The way back may take a while: a standby starts meanwhile, and the application reads well what could not be copied.
  history.world.watch.nodeStarted(1, 2);
  history.request(SOURCE, 'read');
  history.state('syncing', 'setup', 'source-unreadable');
  t.deepEqual(history.found, []);
});

test('oracles: copies: a write that the source has failed for good is the last that is sent there', (t) => {
  const history = new HistoryBuilder().synchronised().selectTarget();
  history.world.watch.commandCompleted(0, 0, 1, 'setup', 'done', 'none');
  const lost = history.issue('write', 5);
  history.land(lost, TARGET);
  for (let tries = 0; tries < 3; tries += 1) {
    history.request(SOURCE, 'write', { sector: LABEL_SECTORS + 5, status: 'error' });
  }
  t.deepEqual(history.found, []);
  history.pass(5_000);
  history.land(history.issue('write', 9), SOURCE);
  t.deepEqual(history.signatures, ['O11 the loss of the source did not force a commit']);
});

test('oracles: copies: nothing is under way when the side that is read changes', (t) => {
  for (const device of [SOURCE, TARGET]) {
    const history = new HistoryBuilder().synchronised();
    history.land(history.issue('write', 5), device);
    history.selectTarget();
    t.deepEqual(history.signatures, ['O11 source-selected left for target-selected with a write under way']);
  }
});

test('oracles: copies: no command is carried out beside a commit', (t) => {
  const history = new HistoryBuilder().synchronised();
  const { watch } = history.world;
  watch.commandIssued(0, 0, 1, 'commit', 0);
  watch.commandIssued(0, 0, 2, 'abort', 0);
  watch.commandCompleted(0, 0, 2, 'abort', 'refused', 'commit-in-progress');
  t.deepEqual(history.found, []);
  watch.commandIssued(0, 0, 3, 'abort', 0);
  watch.commandCompleted(0, 0, 3, 'abort', 'done', 'none');
  t.deepEqual(history.signatures, ['O4 abort carried out during a commit']);
});
