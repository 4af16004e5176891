/** Owns the ways a test brings a rig to where its schedule begins: booted, set up, syncing, source-selected, target-selected, committed. */

import assert from 'node:assert/strict';

import type { MigrationState } from '../../../engine/contract/vocabulary.js';
import { Rig } from './rig.js';
import type { RigOptions } from './vocabulary.js';

/** Boots every node and brings every disk online on node 0. */
export function bootedRig(options: RigOptions = {}): Rig {
  const rig = new Rig(options);
  for (let node = 0; node < rig.nodesCount; node += 1) rig.boot(node);
  rig.run();
  for (let disk = 0; disk < rig.disksCount; disk += 1) bringOnline(rig, 0, disk);
  return rig;
}

export function bringOnline(rig: Rig, node: number, disk = 0): void {
  rig.handle(node, { kind: 'clusterOnline', disk });
  rig.run();
}

export const targetName = (disk: number): string => (disk === 0 ? 'target' : `target${disk}`);
export const sourceName = (disk: number): string => (disk === 0 ? 'source' : `source${disk}`);

const PATH: readonly MigrationState[] = ['none', 'setup', 'syncing', 'source-selected', 'target-selected', 'committed'];

/** Takes a disk from where it stands (on the straight path) to a state. `syncing` means: paused, nothing copied in flight. */
export function bringTo(rig: Rig, to: MigrationState, node = 0, disk = 0): void {
  const order = (): number => PATH.indexOf(rig.state(node, disk));
  const wanted = PATH.indexOf(to);
  const must = (outcome: string): void => assert.equal(outcome, 'done', `on the way to ${to}`);
  if (order() < 1 && wanted >= 1) must(rig.do('setup', rig.identity(targetName(disk)), node, disk));
  if (to === 'syncing') {
    startPaused(rig, node, disk);
    return;
  }
  if (order() < 2 && wanted >= 2) must(rig.do('sync', 0, node, disk));
  if (order() === 2 && wanted >= 3) {
    rig.give('resume', 0, node, disk);
    rig.run();
    assert.equal(rig.state(node, disk), 'source-selected');
  }
  if (to === 'committed') must(rig.do('commit', 0, node, disk));
  else if (order() < wanted) must(rig.do('selectTarget', 0, node, disk));
}

/** Syncing, with copying paused after the first copies, which are given back as dirty or done. */
export function startPaused(rig: Rig, node = 0, disk = 0): void {
  const id = rig.give('sync', 0, node, disk);
  while (rig.state(node, disk) === 'setup') assert(rig.step(), 'expected sync to go on');
  rig.give('pause', 0, node, disk);
  rig.run();
  assert.equal(rig.outcome(id), 'done');
  assert.equal(rig.state(node, disk), 'syncing');
}

/** A rig with some data on the disk, brought to a state. Values: sector n holds n + 1, every fourth sector nothing. */
export function rigIn(to: MigrationState, options: RigOptions = {}): Rig {
  const rig = bootedRig(options);
  for (let disk = 0; disk < rig.disksCount; disk += 1) {
    fillWithValues(rig, disk);
    if (to !== 'none') bringTo(rig, to, 0, disk);
  }
  return rig;
}

export function fillWithValues(rig: Rig, disk = 0): void {
  const sectors = rig.options.sourceSectors ?? 60;
  for (let sector = 0; sector < sectors; sector += 1) {
    if (sector % 4 === 3) continue;
    const io = rig.write(sector, (sector % 250) + 1, 1, { fua: true, disk });
    rig.run();
    assert.equal(io.status, 'ok');
  }
}
