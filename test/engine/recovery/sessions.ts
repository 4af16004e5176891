/** Owns the sessions that crashes are aimed into: between them they carry out every named durable step. A session is a list of acts; application writes go on beside each. */

import type { Command } from '../../../engine/contract/vocabulary.js';
import { encodeRecord } from '../../../engine/records/codec.js';
import { labelSector, RECORD_PAIR_SECTORS } from '../../../engine/records/layout.js';
import { bringOnline } from '../rig/migrations.js';
import { Rig } from '../rig/rig.js';

export type Act = (rig: Rig) => void;

/** Gives a command while the application writes (each write durable when acknowledged), and lets everything come to rest. */
function command(name: Command, target?: string): Act {
  return (rig) => {
    const id = rig.give(name, target === undefined ? 0 : rig.identity(target));
    for (let steps = 0; rig.outcome(id) === 'unanswered' && rig.isAlive(0); steps += 1) {
      if (steps % 3 === 0) writeSomething(rig);
      if (!rig.step()) break;
    }
    rig.run();
  };
}

export function writeSomething(rig: Rig, node = 0): void {
  const turn = rig.ios.length;
  rig.write((turn * 7) % 58, (turn % 249) + 1, 1 + (turn % 3 === 0 ? 1 : 0), { fua: true, node });
}

/** A clean shutdown and a start of node 0. */
const restart: Act = (rig) => {
  rig.handle(0, { kind: 'shutdown' });
  rig.run();
  if (!rig.isAlive(0)) return;
  rig.crash(0);
  rig.boot(0);
  rig.run();
  bringOnline(rig, 0);
};

/** Another host writes the source while the node is down: its label shows another generation. */
const writtenElsewhere: Act = (rig) => {
  rig.crash(0);
  const source = rig.device('source');
  const label = { sequence: 1_000 + rig.ios.length, generation: 1_000 + rig.ios.length, tombstone: false };
  source.write(labelSector(), encodeRecord('label', 0, label));
  source.persist(labelSector(), RECORD_PAIR_SECTORS);
  rig.boot(0);
  rig.run();
  bringOnline(rig, 0);
};

/** A planned move away from node 0 and back. */
const moveAndBack: Act = (rig) => {
  for (const [from, to] of [
    [0, 1],
    [1, 0],
  ] as const) {
    rig.handle(from, { kind: 'clusterOffline', disk: 0 });
    rig.run();
    bringOnline(rig, to);
  }
};

/** The same while the target answers every registration with an error: it is left unfenced, and taken by the next synchronisation. */
const moveWithDeadTarget: Act = (rig) => {
  const fault = rig.fail({ device: 'target', operation: 'register' });
  moveAndBack(rig);
  fault.stop();
};

const failingTarget: Act = (rig) => {
  const fault = rig.fail({ device: 'target' });
  writeSomething(rig);
  rig.run();
  fault.stop();
};

const failingSource: Act = (rig) => {
  const fault = rig.fail({ device: 'source' });
  writeSomething(rig);
  rig.run();
  fault.stop();
};

/** Leaves a fault of the target for the shutdown to record. */
const shutdownWithFault: Act = (rig) => {
  const fault = rig.fail({ step: 'shutdown.target.flush' });
  restart(rig);
  fault.stop();
};

/** Wakes requests' watchdog once: what the engine only goes on with when it looks again, it goes on with. */
const patience: Act = (rig) => rig.elapse(3000);

const [setup, sync, commit, abort, cleanup] = [
  command('setup', 'target'),
  command('sync'),
  command('commit'),
  command('abort'),
  command('cleanup'),
];
const [selectTarget, selectSource] = [command('selectTarget'), command('selectSource')];

export const SESSIONS: Readonly<Record<string, readonly Act[]>> = {
  'commit and cleanup': [setup, sync, commit, cleanup],
  'there and back': [setup, sync, selectTarget, selectSource, selectTarget, abort, sync, selectTarget, commit],
  'abort and cleanup': [setup, sync, abort, cleanup],
  'target fault': [setup, sync, failingTarget, sync, selectTarget, failingTarget],
  'source fault': [setup, sync, selectTarget, failingSource, cleanup],
};

export const STANDALONE_SESSIONS: Readonly<Record<string, readonly Act[]>> = {
  ...SESSIONS,
  'restart in each state': [setup, restart, sync, restart, patience, selectTarget, restart, commit, restart, cleanup],
  'restart with a fault': [setup, sync, shutdownWithFault, sync, commit],
  'a source written elsewhere': [setup, sync, writtenElsewhere, sync, abort, sync, commit],
};

export const CLUSTER_SESSIONS: Readonly<Record<string, readonly Act[]>> = {
  ...SESSIONS,
  'planned moves': [setup, sync, moveAndBack, sync, commit, moveAndBack, cleanup, moveAndBack],
  'a dead target': [setup, moveWithDeadTarget, sync, commit],
};

/** A rig with data, ready for a session. */
export function sessionRig(nodes: number): Rig {
  const rig = new Rig({ nodes, sourceSectors: 60, targetSectors: 64, dirtyLog: nodes === 1 });
  for (let node = 0; node < nodes; node += 1) rig.boot(node);
  rig.run();
  bringOnline(rig, 0);
  for (let writes = 0; writes < 30; writes += 1) {
    writeSomething(rig);
    rig.run();
  }
  return rig;
}
