/** Goal: what commands promise is judged: copies begin no faster than they are throttled, progress is how far copying is, and each has its states. */

import test from 'ava';

import type { Progress } from '../../../engine/contract/effects.js';
import { DISK_SECTORS, LABEL_SECTORS, SOURCE, TARGET } from './fake-world.js';
import { HistoryBuilder } from './history.js';

const REGION_SECTORS = 8;
const REGIONS = DISK_SECTORS / REGION_SECTORS;

/** All of the disk is to be copied. */
const copying = (): HistoryBuilder => new HistoryBuilder().boot().setup().sync();

function copyRegions(history: HistoryBuilder, from: number, count: number): HistoryBuilder {
  for (let region = from; region < from + count; region += 1) {
    for (let sector = 0; sector < REGION_SECTORS; sector += 1)
      history.world.put(TARGET, region * REGION_SECTORS + sector, 1);
    history.request(TARGET, 'write', { sector: LABEL_SECTORS + region * REGION_SECTORS, count: REGION_SECTORS });
  }
  return history;
}

function tell(history: HistoryBuilder, progress: Partial<Progress>): HistoryBuilder {
  history.world.watch.progressTold(0, {
    disk: 0,
    state: 'syncing',
    regionsCount: REGIONS,
    regionsDirtyCount: REGIONS,
    regionsCopiedCount: 0,
    paused: false,
    regionsPerSecond: 0,
    remainingTicks: -1,
    unreadableRegion: -1,
    ...progress,
  });
  return history;
}

test('oracles: pace: copies faster than they are throttled, but for what was in hand', (t) => {
  const history = copying();
  history.world.watch.commandIssued(0, 0, 7, 'throttle', 1_000);
  history.world.watch.commandCompleted(0, 0, 7, 'throttle', 'done', 'none');
  copyRegions(history, 0, 4);
  t.deepEqual(history.found, []);
  copyRegions(history, 4, 1);
  t.deepEqual(history.signatures, ['O11 copying faster than it is throttled']);
});

test('oracles: pace: nobody is held to a pace by a clock that is at fault', (t) => {
  const history = copying();
  history.world.watch.faultFired('clock-drift', 'node 0', 'syncing');
  history.world.watch.commandIssued(0, 0, 7, 'throttle', 1_000);
  history.world.watch.commandCompleted(0, 0, 7, 'throttle', 'done', 'none');
  t.deepEqual(copyRegions(history, 0, 12).found, []);
});

test('oracles: pace: progress that is how far copying is', (t) => {
  const history = tell(copying(), {});
  const tick = history.world.tick;
  copyRegions(history, 0, 5);
  const ticks = history.world.tick - tick;
  const rate = { regionsPerSecond: Math.round(5e6 / ticks), remainingTicks: Math.ceil((11 * ticks) / 5) };
  t.deepEqual(tell(history, { regionsDirtyCount: 11, regionsCopiedCount: 5, ...rate }).found, []);
});

for (const [what, progress] of [
  ['regions that differ, and nothing dirty', { regionsDirtyCount: 0, regionsCopiedCount: 5 }],
  ['copied regions that are dirty', { regionsDirtyCount: 12, regionsCopiedCount: 5 }],
  ['copies that are not counted', { regionsDirtyCount: 11, regionsCopiedCount: 2 }],
  ['more regions than there are', { regionsDirtyCount: 11, regionsCopiedCount: 6 }],
  ['another number of regions', { regionsCount: REGIONS - 1, regionsDirtyCount: 11, regionsCopiedCount: 5 }],
  ['a rate of nothing', { regionsDirtyCount: 11, regionsCopiedCount: 5, regionsPerSecond: 9, remainingTicks: 9 }],
] as const) {
  test(`oracles: pace: progress: ${what}`, (t) => {
    const history = tell(copyRegions(copying(), 0, 5), progress);
    t.deepEqual(history.signatures, ['O11 progress is not how far it is']);
  });
}

test('oracles: pace: progress is not judged once a device has failed', (t) => {
  const history = copyRegions(copying(), 0, 5).request(SOURCE, 'read', { status: 'error' });
  t.deepEqual(tell(history, { regionsDirtyCount: REGIONS }).found, []);
});

test('oracles: commands: one that is carried out in a state it is not for', (t) => {
  const history = new HistoryBuilder().synchronised();
  history.world.watch.commandIssued(0, 0, 9, 'setup', 101);
  history.world.watch.commandCompleted(0, 0, 9, 'setup', 'refused', 'not-allowed-in-state');
  t.deepEqual(history.found, []);
  history.world.watch.commandIssued(0, 0, 10, 'setup', 101);
  history.world.watch.commandCompleted(0, 0, 10, 'setup', 'done', 'none');
  t.deepEqual(history.signatures, ['O4 setup carried out in source-selected']);
});

test('oracles: commands: a query is always answered', (t) => {
  const history = new HistoryBuilder().synchronised();
  history.world.watch.commandIssued(0, 0, 9, 'query', 0);
  history.world.watch.commandCompleted(0, 0, 9, 'query', 'refused', 'busy');
  t.deepEqual(history.signatures, ['O4 query refused']);
});

test('oracles: paths: what lands late after what was sent later', (t) => {
  const history = new HistoryBuilder().synchronised();
  history.world.watch.landedOvertaken(0, SOURCE, LABEL_SECTORS, 8, 3, 5);
  t.deepEqual(history.signatures, ['O11 lost on its path, it landed on the source after what was sent later']);
});

for (const [what, unreadableRegion, signatures] of [
  ['named', 2, []],
  ['not named', -1, ['O11 progress does not name the unreadable region']],
  ['taken for another', 3, ['O11 progress does not name the unreadable region']],
] as const) {
  test(`oracles: pace: the region that could not be read is ${what}`, (t) => {
    const history = copying();
    const sector = LABEL_SECTORS + 2 * REGION_SECTORS;
    for (let tries = 0; tries < 3; tries += 1) history.request(SOURCE, 'read', { sector, status: 'error' });
    history.world.writeLocal(0, { state: 'setup', errorFlag: false });
    history.state('syncing', 'setup', 'source-unreadable');
    t.deepEqual(tell(history, { state: 'setup', unreadableRegion }).signatures, signatures);
  });
}
