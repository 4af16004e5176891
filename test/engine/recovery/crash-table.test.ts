/** Holds recovery, exhaustively: a crash around every execution of every durable step of every session, then recovery, crashed again around each of its own steps. */

import test from 'ava';

import { type Step, STEPS } from '../../../engine/contract/vocabulary.js';
import type { Rig } from '../rig/rig.js';
import { armCrash, crashPoints, type CrashPoint, nameOf } from './crashes.js';
import { goOnToTheEnd, outcomeDemanded, recordsPicture, recover, rigOnCopies, wrongAfterRecovery } from './recovery.js';
import { type Act, CLUSTER_SESSIONS, sessionRig, STANDALONE_SESSIONS } from './sessions.js';

const NODES = 2;

/** Runs a session up to the crash. Undefined: the point did not come up. */
function crashed(nodes: number, session: readonly Act[], point: CrashPoint): Rig | undefined {
  const rig = sessionRig(nodes);
  const isOver = armCrash(rig, point);
  for (const act of session) {
    if (!isOver()) act(rig);
  }
  return isOver() ? rig : undefined;
}

const seen = new Set<Step>();

function pointsOf(nodes: number, session: readonly Act[]): CrashPoint[] {
  const rig = sessionRig(nodes);
  const from = rig.served.length;
  for (const act of session) act(rig);
  const points = crashPoints(rig.served.slice(from));
  for (const { step } of points) seen.add(step);
  return points;
}

const pictures = new Set<string>();

/** Recovers on a node, and again for every crash of the recovery itself; sentences about what is wrong. */
function judgeRecoveries(devicesOf: Rig, node: number, away: readonly number[]): string[] {
  const wrong: string[] = [];
  const plain = rigOnCopies(devicesOf);
  const demanded = outcomeDemanded(plain, node);
  recover(plain, node, away);
  const points = crashPoints(plain.served).filter((point) => point.node === node);
  for (const { step } of points) seen.add(step);
  wrong.push(...wrongAfterRecovery(plain, node, demanded));
  recover(plain, node, []);
  wrong.push(...goOnToTheEnd(plain, node), ...plain.wrongContents(node), ...plain.breaches);
  // Recovery reads records alone: it is crashed once for each picture of them.
  const picture = recordsPicture(devicesOf, node);
  if (pictures.has(picture)) return wrong;
  pictures.add(picture);
  for (const point of points) {
    const again = rigOnCopies(devicesOf);
    const isOver = armCrash(again, point);
    recover(again, node, away);
    if (!isOver()) continue;
    const demandedAgain = outcomeDemanded(again, node);
    recover(again, node, away);
    const found = wrongAfterRecovery(again, node, demandedAgain);
    wrong.push(...found.map((sentence) => `recovery crashed at ${nameOf(point)}: ${sentence}`));
  }
  return wrong;
}

for (const [title, session] of Object.entries(STANDALONE_SESSIONS)) {
  test(`engine: crashes: standalone: ${title}`, (t) => {
    for (const point of pointsOf(1, session)) {
      const rig = crashed(1, session, point);
      if (rig === undefined) t.fail(`${nameOf(point)} did not come up again`);
      else t.deepEqual(judgeRecoveries(rig, 0, []), [], nameOf(point));
    }
  });
}

for (const [title, session] of Object.entries(CLUSTER_SESSIONS)) {
  for (const on of ['the same node', 'another node'] as const) {
    test(`engine: crashes: cluster: ${title}: recovery on ${on}`, (t) => {
      for (const point of pointsOf(NODES, session).filter(({ node }) => node === 0)) {
        const rig = crashed(NODES, session, point);
        if (rig === undefined) {
          t.fail(`${nameOf(point)} did not come up again`);
          continue;
        }
        const [node, away] = on === 'the same node' ? [0, []] : [1, [0]];
        t.deepEqual(judgeRecoveries(rig, node, away), [], nameOf(point));
      }
    });
  }

  test(`engine: crashes: cluster: ${title}: a standby that crashes holds nobody up`, (t) => {
    for (const point of pointsOf(NODES, session).filter(({ node, loss }) => node > 0 && loss === 'node')) {
      const rig = sessionRig(NODES);
      const isOver = armCrash(rig, point);
      for (const act of session) {
        if (isOver()) break;
        act(rig);
      }
      // Where the point is of a time when the other node was the owner, node 0 takes the disk back.
      if (rig.disk(0).lifecycle !== 'online') continue;
      recover(rig, 0);
      const wrong = [...rig.wrongContents(0), ...rig.breaches];
      t.deepEqual(wrong, [], nameOf(point));
    }
  });
}

test.after('engine: crashes: every named durable step came up', (t) => {
  t.deepEqual(
    STEPS.filter((step) => !seen.has(step)),
    [],
  );
});
