/** Owns what must follow a crash: the outcome that the durable records demand (`engine.md`, *Source coming online*), and that the disk is then as good as ever. */

import type { MigrationState } from '../../../engine/contract/vocabulary.js';
import { bringOnline } from '../rig/migrations.js';
import { localOn, sharedOn } from '../rig/records-on-devices.js';
import { Rig } from '../rig/rig.js';
import { writeSomething } from './sessions.js';

/** The table's row for the records as they now lie on the devices. */
export function outcomeDemanded(rig: Rig, node: number): MigrationState {
  const shared = sharedOn(rig.device('shared'), 0);
  if (shared === undefined) return 'none';
  if (shared.rollForward) return 'committed';
  if (!shared.inProgress) return 'none';
  if (rig.nodesCount > 1) return 'setup';
  const local = localOn(rig.device(`local${node}`), 0, node);
  if (local === undefined || local.errorFlag || local.targetFault) return 'setup';
  return local.state;
}

/** Boots what is down, except the nodes that stay away, and brings the disk online on one node. */
export function recover(rig: Rig, node: number, away: readonly number[] = []): void {
  for (let each = 0; each < rig.nodesCount; each += 1) {
    if (!rig.isAlive(each) && !away.includes(each)) rig.boot(each);
  }
  rig.run();
  if (rig.isAlive(node)) bringOnline(rig, node);
}

/** Takes whatever is left of the migration to its end: sentences about what does not work. */
export function goOnToTheEnd(rig: Rig, node: number): string[] {
  const wrong: string[] = [];
  const must = (command: 'sync' | 'commit' | 'cleanup'): void => {
    const outcome = rig.do(command, 0, node);
    rig.elapse(3000);
    if (outcome !== 'done') wrong.push(`${command} in ${rig.state(node)}: ${outcome}`);
  };
  rig.elapse(3000);
  if (rig.state(node) === 'setup') must('sync');
  writeSomething(rig, node);
  rig.run();
  if (rig.state(node) === 'source-selected' || rig.state(node) === 'target-selected') must('commit');
  writeSomething(rig, node);
  rig.run();
  if (rig.state(node) === 'committed') must('cleanup');
  if (rig.state(node) !== 'none') wrong.push(`the migration ends in ${rig.state(node)}`);
  return wrong;
}

/** Sentences about what is wrong after a recovery. */
export function wrongAfterRecovery(rig: Rig, node: number, demanded: MigrationState): string[] {
  if (!rig.isAlive(node) || rig.disk(node).lifecycle !== 'online') return ['the disk is not online'];
  // What is resumed may have gone on by itself: a migration that was syncing may be synchronised by now.
  const resumed = rig.changes.findLast((change) => change.node === node && change.cause === 'synchronised');
  const state = rig.state(node) === 'source-selected' && resumed !== undefined ? [demanded, 'syncing'] : [demanded];
  const wrong: string[] = [];
  if (rig.state(node) !== demanded && !(state.includes('syncing') && demanded === 'syncing'))
    wrong.push(`state ${rig.state(node)}, demanded ${demanded}`);
  const local = localOn(rig.device(`local${node}`), 0, node, 'durable');
  const cloning = demanded !== 'none' && demanded !== 'setup' && demanded !== 'committed';
  if (local !== undefined && local.errorFlag !== cloning)
    wrong.push(`error flag ${String(local.errorFlag)} in ${demanded}`);
  return [...wrong, ...rig.wrongContents(node), ...rig.breaches];
}

/** What the records of a disk say, in both planes, but for their counters. */
export function recordsPicture(rig: Rig, node: number): string {
  const records = (['volatile', 'durable'] as const).flatMap((plane) => [
    sharedOn(rig.device('shared'), 0, plane),
    ...rig.nodes.map((_, each) => localOn(rig.device(`local${each}`), 0, each, plane)),
  ]);
  return JSON.stringify([rig.nodesCount, node, records], (key, value: unknown) =>
    ['sequence', 'epoch', 'migration'].includes(key) ? undefined : value,
  );
}

/** A rig of dead nodes around copies of another rig's devices. */
export function rigOnCopies(of: Rig): Rig {
  const rig = new Rig(of.options);
  rig.devices.forEach((device, index) => {
    const original = of.devices[index];
    for (const [sector, bytes] of original?.durable ?? []) device.durable.set(sector, bytes);
    for (const [sector, bytes] of original?.volatile ?? []) device.volatile.set(sector, bytes);
    Object.assign(device.reservation, original?.reservation);
  });
  rig.contents.splice(0, rig.contents.length, ...of.contents.map((content) => content.copy()));
  return rig;
}
