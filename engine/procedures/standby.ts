/**
 * Owns what a node does for a disk that it does not serve: when it joins, when the owner prepares a migration, when the shared record has
 * changed. It sets its own access control and binding, and acknowledges in its own slot; it writes nothing else. Messages are hints: the
 * shared record is read from its device each time (claims A3, A11).
 */

import { readAcknowledgement, readLocal, readShared, writeAcknowledgement, writeLocal } from '../stages/records.js';
import { act, become, type Stage } from '../stages/stage.js';
import { isVisible } from '../state/ports.js';
import { COMMITTED, flippedAccess, initialRecord, UNMIGRATED } from './local-records.js';
import { followed } from './online.js';

/** Reads everything that this node's part in the disk depends on. */
export const standbyReread: readonly Stage[] = [
  act(({ disk }) => {
    disk.wants.reread = false;
  }),
  readShared(),
  readLocal(),
  readAcknowledgement(),
  act((context) => {
    const { disk, procedure } = context;
    const { shared } = disk;
    procedure.migration = shared.migration;
    procedure.source = shared.source;
    procedure.target = shared.target;
    if (shared.rollForward) return become(context, 'standbyForward');
    return become(context, shared.inProgress ? 'standbyInitial' : 'standbyNone');
  }),
];

/** A configure message counts only while it can be about the migration that is being set up: a late one must not undo a commit. */
export const standbyConfigure: readonly Stage[] = [
  act(({ disk, procedure }) => {
    procedure.migration = disk.wants.configureMigration;
    procedure.source = disk.wants.configureSource;
    procedure.target = disk.wants.configureTarget;
    disk.wants.configureMigration = 0;
  }),
  // All of them, as when it joins: what it could not read then, it does not know, and must not write over.
  readShared(),
  readLocal(),
  readAcknowledgement(),
  act((context) => {
    const { shared } = context.disk;
    const { migration, source } = context.procedure;
    const preparing =
      !shared.rollForward && (shared.inProgress ? migration === shared.migration : migration === shared.migration + 1);
    return preparing && isVisible(context.state, source) ? become(context, 'standbyInitial') : 'end';
  }),
];

export const standbyInitial: readonly Stage[] = [
  writeLocal('standby.access-control', ({ procedure: { migration, source, target } }) =>
    initialRecord(migration, source, target),
  ),
  act((context) => {
    context.disk.state = 'setup';
    return become(context, 'standbyAcknowledge');
  }),
];

export const standbyForward: readonly Stage[] = [
  writeLocal('standby.access-control', ({ disk: { shared } }) => ({ ...flippedAccess(shared), errorFlag: false })),
  writeLocal('standby.binding', ({ disk: { shared }, out }) => {
    out.probe('standby.rolled-forward', true);
    return { ...COMMITTED, bound: shared.target };
  }),
  act((context) => {
    context.disk.state = 'committed';
    return become(context, 'standbyAcknowledge');
  }),
];

export const standbyAcknowledge: readonly Stage[] = [
  writeAcknowledgement('standby.acknowledge', (context) => {
    const { state, disk, procedure, out } = context;
    const targetConfigured = isVisible(state, procedure.target);
    out.probe('standby.target-missing', !targetConfigured);
    return {
      migration: procedure.migration,
      target: procedure.target,
      accessControl: true,
      targetConfigured,
      rolledForward: disk.local.targetAllowed,
    };
  }),
];

/** No migration: what was acknowledged for one that never came about must not pass for the next. */
export const standbyNone: readonly Stage[] = [
  act((context) => {
    const { disk } = context;
    disk.state = 'none';
    return disk.acknowledgement.migration === 0 ? become(context, 'standbyFollow') : 'next';
  }),
  writeAcknowledgement('standby.acknowledge', () => ({
    migration: 0,
    target: 0,
    accessControl: false,
    targetConfigured: false,
    rolledForward: false,
  })),
  act((context) => become(context, 'standbyFollow')),
];

export const standbyFollow: readonly Stage[] = [
  act(({ disk }) => {
    const stands = disk.local.state === 'none' && followed(disk.local, disk.shared.retirements) === undefined;
    return stands ? 'end' : 'next';
  }),
  writeLocal('standby.binding', ({ disk, out }) => {
    const retired = followed(disk.local, disk.shared.retirements);
    out.probe('standby.followed-retirement', retired !== undefined);
    return { ...retired, ...UNMIGRATED };
  }),
];
