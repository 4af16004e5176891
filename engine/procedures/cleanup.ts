/**
 * Owns cleanup. After setup the migration is forgotten, the target stays denied. After commit the source is retired: only when every
 * reachable node is on the target; the retirement is durable before the in-progress mark is cleared, and the roll-forward flag goes last,
 * so that a node that was away never takes the stale source for the live device.
 */

import { RETIREMENTS_MAX } from '../records/layout.js';
import { dropLog } from '../regions/dirty-log.js';
import { hasRolledForward, requireAcknowledgements, tellOthers } from '../stages/acknowledgements.js';
import { readLabel, writeLabel, writeLocal, writeShared } from '../stages/records.js';
import { act, type Context, done, refuse, type Stage, type Verdict } from '../stages/stage.js';
import { UNMIGRATED } from './local-records.js';
import { noCloneRunning } from './sync.js';
import { enterState } from './transition.js';

const forget: readonly Stage[] = [
  writeLocal('cleanup.local-record', () => UNMIGRATED),
  act((context) => {
    const { state, disk, out } = context;
    dropLog(disk);
    enterState(disk, 'none', 'command', out);
    // The device that the disk leaves stays reserved, or a zombie could serve it; whoever needs it next preempts it.
    const shared = state.configuration.disks[disk.index]?.sharedIdentity;
    disk.reserved = disk.reserved.filter((identity) => identity === shared || identity === disk.local.bound);
    tellOthers(context);
    return done(context);
  }),
];

export const cleanupSetup: readonly Stage[] = [
  writeShared('cleanup.in-progress', () => ({ inProgress: false })),
  ...forget,
];

/** The source cannot be read or marked: the retirement record alone has to do. */
function goOnUnmarked({ out }: Context): Verdict {
  out.probe('cleanup.label-unwritable', true);
  return 'next';
}

export const cleanupCommitted: readonly Stage[] = [
  act((context) => {
    tellOthers(context);
    context.procedure.argument = context.disk.local.source;
  }),
  requireAcknowledgements((state) => state.reachableMask, hasRolledForward),
  readLabel(goOnUnmarked),
  writeLabel('cleanup.label', ({ disk }) => ({ generation: disk.label.generation + 1, tombstone: true }), goOnUnmarked),
  writeShared('cleanup.retirement', ({ disk }) => {
    const retirement = { source: disk.local.source, target: disk.local.target, generation: disk.label.generation };
    const others = disk.shared.retirements.filter(({ source }) => source !== retirement.source);
    return { retirements: [...others, retirement].slice(-RETIREMENTS_MAX) };
  }),
  writeShared('cleanup.in-progress', () => ({ inProgress: false })),
  writeShared('cleanup.roll-forward-flag', () => ({ rollForward: false })),
  ...forget,
];

/** A command on a state that cannot be cleaned up never comes this far (`control/commands.ts`). */
export const cleanup: readonly Stage[] = [
  noCloneRunning(),
  act((context) => {
    const { disk, procedure } = context;
    if (disk.state === 'none') return refuse(context, 'not-allowed-in-state');
    procedure.name = disk.state === 'setup' ? 'cleanupSetup' : 'cleanupCommitted';
    procedure.stage = -1;
    return 'next';
  }),
];
