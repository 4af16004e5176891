/**
 * Owns the ways back to setup while the node runs: the operator's abort, and the error transition that a fault of the target, or an
 * unreadable source, forces (US 8,977,896; claim B4b). Setup and the cleared error flag are one record, so neither is durable alone.
 */

import type { Cause } from '../contract/vocabulary.js';
import { noteSourceFault } from '../data-path/faults.js';
import { withdrawWaitingCopies } from '../data-path/copier.js';
import { releaseGate } from '../data-path/gate.js';
import { emptyRegionMap } from '../data-path/region-map.js';
import { isLogKept } from '../regions/dirty-log.js';
import { wholeSource } from '../stages/devices.js';
import { writeLocal } from '../stages/records.js';
import { act, type Context, done, type Stage, until } from '../stages/stage.js';
import { drain, hold, requireSource } from './select.js';
import { enterState } from './transition.js';

/** In target-selected the application leaves the target: nothing may be under way meanwhile. Elsewhere it never was there. */
const inTargetSelected = (stage: Stage): Stage => ({
  ...stage,
  begin: (context) => (context.disk.state === 'target-selected' ? stage.begin(context) : 'next'),
});

/** Copying is over: a copy that is still under way must not meet the region map of a later synchronisation. */
const stopCopying = (): readonly Stage[] => [
  act(({ state, disk }) => {
    disk.copier.paused = true;
    withdrawWaitingCopies(state, disk);
  }),
  until(({ disk }) => disk.copier.inFlightCount === 0 && !disk.copier.extentPending),
];

function returnToSetup(context: Context, cause: Cause): void {
  const { state, disk, out } = context;
  disk.map = emptyRegionMap();
  disk.sourceFault = false;
  enterState(disk, 'setup', cause, out);
  if (disk.gate === 'held') releaseGate(state, disk, out);
}

const setupAgain = ({ disk }: Context) =>
  ({
    state: 'setup',
    errorFlag: false,
    targetFault: disk.targetFault,
    sourceFault: false,
    sourceAllowed: true,
    targetAllowed: false,
    mapCrc: 0,
    mapRegionsCount: 0,
    mapSectors: 0,
    logSectors: isLogKept(disk) ? disk.local.logSectors : 0,
  }) as const;

export const abort: readonly Stage[] = [
  inTargetSelected(hold()),
  inTargetSelected(drain()),
  inTargetSelected(requireSource()),
  inTargetSelected(
    wholeSource('abort.source.flush', ({ disk }, ok) => {
      if (!ok) noteSourceFault(disk);
      return 'next';
    }),
  ),
  inTargetSelected(requireSource()),
  ...stopCopying(),
  writeLocal('abort.setup', setupAgain),
  act((context) => {
    returnToSetup(context, 'command');
    return done(context);
  }),
];

/** A source whose flush fails here stays live all the same: it is the only side that is whole. */
export const errorTransition: readonly Stage[] = [
  inTargetSelected(hold()),
  inTargetSelected(drain()),
  inTargetSelected(wholeSource('error.source.flush', () => 'next')),
  ...stopCopying(),
  writeLocal('error.setup', setupAgain),
  act((context) => {
    returnToSetup(context, context.disk.targetFault ? 'target-fault' : 'source-unreadable');
    return 'end';
  }),
];
