/** Owns moving the application's reads between source and target, back and forth, while writes go to both. */

import type { Refusal } from '../contract/vocabulary.js';
import { noteSourceFault } from '../data-path/faults.js';
import { holdGate, isDrained, releaseGate } from '../data-path/gate.js';
import { hasTargetConfigured, requireAcknowledgements } from '../stages/acknowledgements.js';
import { followGrowth, isGrown } from '../regions/growth.js';
import { askSourceSize, wholeSource } from '../stages/devices.js';
import { act, type Context, done, refuse, type Stage, until } from '../stages/stage.js';
import { applicationSectors } from '../state/ports.js';
import type { DiskState, EngineState } from '../state/state.js';
import { enterState } from './transition.js';

export const hold = (): Stage => act(({ state, disk }) => holdGate(state, disk));
export const drain = (): Stage => until(({ state, disk }) => isDrained(state, disk));

/** The target holds every region. In target-selected it is the side that is read, and what is dirty is dirty toward the source. */
export const isTargetWhole = ({ state, map, unreadableRegion }: DiskState): boolean =>
  state === 'target-selected' || (map.dirtyCount === 0 && unreadableRegion < 0);

/** The target holds every region and has no fault; otherwise the command is refused and held I/O goes on as before. */
export const requireWholeTarget = (): Stage =>
  act((context) => {
    const { state, disk, out } = context;
    if (disk.targetFault) return refuse(context, 'target-fault-recorded');
    if (!isTargetWhole(disk)) return refuse(context, 'target-not-synchronised');
    out.probe('growth.commit-refused', isGrown(state, disk));
    return isGrown(state, disk) ? refuse(context, refusalOfGrowth(state, disk)) : 'next';
  });

/** Without room nothing helps but a larger target; else reads have to come back to the source, so that what is new is copied. */
export const refusalOfGrowth = (state: EngineState, { local }: DiskState): Refusal =>
  applicationSectors(state, local.target) < applicationSectors(state, local.source)
    ? 'target-too-small'
    : 'source-grown';

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
  askSourceSize(),
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
  wholeSource('select-source.source.flush', ({ disk }, ok) => {
    if (!ok) noteSourceFault(disk);
    return 'next';
  }),
  act((context) => (context.disk.targetFault ? refuse(context, 'target-fault-recorded') : 'next')),
  requireSource(),
  act((context) => {
    const { state, disk, out } = context;
    enterState(disk, 'source-selected', 'command', out);
    followGrowth(state, disk, out);
    releaseGate(state, disk, out);
    return done(context);
  }),
];
