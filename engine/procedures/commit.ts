/**
 * Owns commit, by command or forced by a fault of the source (US 8,775,861: roll-forward flag, access control, device name, in this
 * order; claims A5–A8).
 *
 *   hold → drain → flush target → check → roll-forward flag ═ access control ═ binding → release to target → error flag
 *                                              └ from its write on there is no return
 */

import type { Cause } from '../contract/vocabulary.js';
import { answerWaitingForRollForward, noteTargetFault } from '../data-path/faults.js';
import { releaseGate } from '../data-path/gate.js';
import { emptyRegionMap } from '../data-path/region-map.js';
import { hasTargetConfigured, requireAcknowledgements, tellOthers } from '../stages/acknowledgements.js';
import { dropLog } from '../regions/dirty-log.js';
import { isGrown } from '../regions/growth.js';
import { askSourceSize, flushDevice } from '../stages/devices.js';
import { writeLocal, writeShared } from '../stages/records.js';
import { act, type Context, done, refuse, type Stage } from '../stages/stage.js';
import { COMMITTED } from './local-records.js';
import { drain, hold, isTargetWhole, refusalOfGrowth, requireWholeTarget } from './select.js';
import { enterState } from './transition.js';

/** Decided after the drain and the flush, when no write can change it any more. */
const checkBeforeRollForward = (): Stage =>
  act((context) => {
    const { state, disk, out } = context;
    const whole = !disk.targetFault && isTargetWhole(disk);
    out.probe('commit.refused-at-check', !whole);
    if (!whole) return refuse(context, disk.targetFault ? 'target-fault' : 'target-not-synchronised');
    if (isGrown(state, disk) && !disk.sourceFault) return refuse(context, refusalOfGrowth(state, disk));
    out.probe('commit.from-target-selected', disk.state === 'target-selected');
    disk.rollForwardIssued = true;
    return 'next';
  });

function switchToTarget(context: Context, cause: Cause): void {
  const { state, disk, out } = context;
  enterState(disk, 'committed', cause, out);
  disk.rollForwardIssued = false;
  disk.sourceFault = false;
  disk.targetFault = false;
  disk.map = emptyRegionMap();
  dropLog(disk);
  if (state.configuration.naming === 'change') out.deviceName(disk.index, 'native', disk.local.bound);
  releaseGate(state, disk, out);
}

const rollForward = (cause: Cause): readonly Stage[] => [
  hold(),
  drain(),
  flushDevice('target', 'commit.target.flush', ({ state, disk, out }, ok) => {
    if (!ok) noteTargetFault(state, disk, out);
    return 'next';
  }),
  checkBeforeRollForward(),
  writeShared('commit.roll-forward-flag', () => ({ rollForward: true })),
  act((context) => {
    answerWaitingForRollForward(context.state, context.disk, 'ok', context.out);
    tellOthers(context);
  }),
  writeLocal('commit.access-control', () => ({ sourceAllowed: false, targetAllowed: true })),
  writeLocal('commit.binding', ({ disk }) => ({ bound: disk.local.target })),
  act((context) => switchToTarget(context, cause)),
  writeLocal('commit.error-flag', () => COMMITTED),
  act(done),
];

export const commit: readonly Stage[] = [
  requireAcknowledgements((state) => state.configuredMask, hasTargetConfigured),
  askSourceSize(),
  requireWholeTarget(),
  ...rollForward('command'),
];

/** From target-selected, when the source failed. */
export const forcedCommit: readonly Stage[] = [
  act(({ out }) => out.probe('commit.forced', true)),
  ...rollForward('source-fault'),
];
