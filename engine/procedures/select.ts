/** Owns moving the application's reads between source and target, back and forth, while writes go to both. */

import { noteSourceFault } from '../data-path/faults.js';
import { holdGate, isDrained, releaseGate } from '../data-path/gate.js';
import { hasTargetConfigured, requireAcknowledgements } from '../stages/acknowledgements.js';
import { flushDevice } from '../stages/devices.js';
import { act, type Context, done, refuse, type Stage, until } from '../stages/stage.js';
import { enterState } from './transition.js';

export const hold = (): Stage => act(({ state, disk }) => holdGate(state, disk));
export const drain = (): Stage => until(({ state, disk }) => isDrained(state, disk));

/** The target holds every region and has no fault; otherwise the command is refused and held I/O goes on as before. */
export const requireWholeTarget = (): Stage =>
  act((context) => {
    const { disk } = context;
    if (disk.targetFault) return refuse(context, 'target-fault-recorded');
    if (disk.map.dirtyCount > 0 || disk.unreadableRegion >= 0) return refuse(context, 'target-not-synchronised');
    return 'next';
  });

/** A fault of the source on the way back to it: there is no way back, the engine commits (`control/advance.ts` sees the fault). */
export const requireSource = (): Stage =>
  act((context) => {
    const { disk } = context;
    return disk.sourceFault ? refuseHeld(context) : 'next';
  });

/** Refuses the command, but keeps holding: the forced commit that follows holds as well. */
export function refuseHeld({ procedure, out }: Context): 'end' {
  if (procedure.commandId >= 0) out.commandCompleted(procedure.commandId, 'refused', 'source-fault');
  return 'end';
}

export const selectTarget: readonly Stage[] = [
  requireAcknowledgements((state) => state.configuredMask, hasTargetConfigured),
  requireWholeTarget(),
  hold(),
  drain(),
  requireWholeTarget(),
  act((context) => {
    const { state, disk, out } = context;
    enterState(disk, 'target-selected', 'command', out);
    releaseGate(state, disk, out);
    return done(context);
  }),
];

export const selectSource: readonly Stage[] = [
  hold(),
  drain(),
  requireSource(),
  flushDevice('source', 'select-source.source.flush', ({ disk }, ok) => {
    if (!ok) noteSourceFault(disk);
    return 'next';
  }),
  act((context) => (context.disk.targetFault ? refuse(context, 'target-fault-recorded') : 'next')),
  requireSource(),
  act((context) => {
    const { state, disk, out } = context;
    enterState(disk, 'source-selected', 'command', out);
    releaseGate(state, disk, out);
    return done(context);
  }),
];
