/**
 * Holds what becomes of a source that grows: what is new is copied before anything is committed, or there is no commit; the application uses it
 * when it is followed, and never sees the range shrink.
 */

import test from 'ava';

import { LABEL_SECTORS, SECTOR_BYTES } from '../../../engine/records/layout.js';
import { bringOnline, rigIn } from '../rig/migrations.js';
import type { Rig } from '../rig/rig.js';

/** Sectors of the source before; its last region is short. */
const BEFORE = 60;
const GROWN_BY = 12;

/** The source, of which nothing is at risk, is larger from now on, and says so to whoever asks it next. */
function grow(rig: Rig): void {
  rig.submit('flush', {});
  rig.run();
  rig.device('source').grow(GROWN_BY);
  rig.rule({ device: 'source' }, () => 'reset', 1);
}

/** Behind the end of the source the target holds what somebody else left there: what is new is zeros, and has to be copied as such. */
function useTarget(rig: Rig): void {
  const target = rig.device('target');
  target.write(LABEL_SECTORS + BEFORE, new Uint8Array(GROWN_BY * SECTOR_BYTES).fill(222));
  target.persist();
}

const differing = (rig: Rig): number[] =>
  Array.from({ length: BEFORE + GROWN_BY }, (_, sector) => sector).filter(
    (sector) => rig.peek('target', sector) !== rig.peek('source', sector),
  );

/** Something is asked of the source, so that the growth is heard. */
function hear(rig: Rig): void {
  rig.write(0, 201);
  rig.run();
}

/** Every new sector written, and there to be read. */
function useWhatIsNew(rig: Rig): void {
  for (let sector = BEFORE - 2; sector < BEFORE + GROWN_BY; sector += 2) rig.write(sector, sector, 2);
  rig.run();
}

const isUsable = (rig: Rig): boolean => {
  const io = rig.write(BEFORE, 99, 4);
  rig.run();
  return io.status === 'ok';
};

for (const state of ['syncing', 'source-selected'] as const) {
  test(`engine: growth: ${state}: is followed; what is new is copied, and the short last region again as a whole`, (t) => {
    const rig = rigIn(state);
    t.false(isUsable(rig));
    useTarget(rig);
    const regionsBefore = rig.disk().map.regionsCount;
    grow(rig);
    hear(rig);
    t.true(rig.probes.has('growth.followed'));
    t.is(rig.disk().map.regionsCount, regionsBefore + 1);
    if (state === 'syncing') rig.do('resume');
    rig.run();
    t.is(rig.state(), 'source-selected');
    t.deepEqual(differing(rig), []);
    useWhatIsNew(rig);
    t.is(rig.do('commit'), 'done');
    t.is(rig.peek('target', BEFORE + GROWN_BY - 1), BEFORE + GROWN_BY - 2);
    t.deepEqual(rig.wrongContents(), []);
  });
}

test('engine: growth: a copy that waits for its range when the source grows is made anew, as long as the region is now', (t) => {
  const rig = rigIn('source-selected');
  useTarget(rig);
  // The target loses what a write to the last region has put there, while another write keeps the region's copy waiting.
  rig.write(BEFORE - 2, 150);
  rig.run();
  const write = rig.hold({ device: 'source', operation: 'write' }, 1);
  rig.write(BEFORE - 1, 151);
  rig.run();
  rig.loseVolatile('target');
  rig.rule({ device: 'target' }, () => 'reset', 1);
  rig.write(2, 152);
  rig.run();
  t.is(rig.disk().copier.inFlightCount, 1);
  grow(rig);
  hear(rig);
  t.true(rig.probes.has('growth.followed'));
  write.release();
  rig.run();
  t.deepEqual(differing(rig), []);
});

for (const command of ['commit', 'selectTarget'] as const) {
  test(`engine: growth: ${command} asks the source how large it is: what nobody has heard of is not left behind`, (t) => {
    const rig = rigIn('source-selected');
    rig.device('source').grow(GROWN_BY);
    const copies = rig.hold({ device: 'source', operation: 'read' });
    t.is(rig.do(command), 'target-not-synchronised');
    t.is(rig.state(), 'source-selected');
    copies.release();
    rig.run();
    useWhatIsNew(rig);
    t.is(rig.do(command), 'done');
    t.is(rig.peek('target', BEFORE + GROWN_BY - 1), BEFORE + GROWN_BY - 2);
  });
}

test('engine: growth: in target-selected nothing is copied and nothing committed, until reads are back at the source', (t) => {
  const rig = rigIn('target-selected');
  grow(rig);
  hear(rig);
  t.is(rig.state(), 'target-selected');
  t.false(isUsable(rig));
  t.is(rig.do('commit'), 'source-grown');
  t.is(rig.do('selectSource'), 'done');
  t.true(isUsable(rig));
  rig.run();
  useWhatIsNew(rig);
  t.is(rig.do('commit'), 'done');
  t.is(rig.peek('target', BEFORE + GROWN_BY - 1), BEFORE + GROWN_BY - 2);
  t.deepEqual(rig.wrongContents(), []);
});

test('engine: growth: where the target has no room the application keeps its range, and nothing is committed', (t) => {
  const rig = rigIn('source-selected', { targetSectors: BEFORE + GROWN_BY - 1 });
  grow(rig);
  hear(rig);
  t.true(rig.probes.has('growth.without-room'));
  t.is(rig.state(), 'source-selected');
  t.false(isUsable(rig));
  t.is(rig.do('commit'), 'target-too-small');
  t.is(rig.do('selectTarget'), 'target-too-small');
  t.is(rig.do('abort'), 'done');
  // Without a second side there is nothing that would have to keep up.
  t.true(isUsable(rig));
  t.is(rig.do('sync'), 'target-too-small');
  t.deepEqual(rig.wrongContents(), []);
});

test('engine: growth: a source that grows while the node is down is followed when the migration goes on', (t) => {
  const rig = rigIn('source-selected');
  rig.handle(0, { kind: 'shutdown' });
  rig.run();
  rig.crash(0);
  rig.device('source').grow(GROWN_BY);
  rig.boot(0);
  rig.run();
  bringOnline(rig, 0);
  t.is(rig.state(), 'source-selected');
  t.true(rig.probes.has('growth.followed'));
  useWhatIsNew(rig);
  t.is(rig.do('commit'), 'done');
  t.is(rig.peek('target', BEFORE + GROWN_BY - 1), BEFORE + GROWN_BY - 2);
});
