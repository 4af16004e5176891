/** Owns the list of procedures by name; a procedure in progress is named in the engine's state. */

import type { Stage } from '../stages/stage.js';
import { assert } from '../state/assert.js';
import { abort, errorTransition } from './abort.js';
import { cleanup, cleanupCommitted, cleanupSetup } from './cleanup.js';
import { commit, forcedCommit } from './commit.js';
import {
  decideRecovery,
  decideByRecord,
  decideStartup,
  online,
  recoverAbort,
  recoverForward,
  recoverForwardLocally,
  recoverNone,
  startupAfterCrash,
  startupResume,
  startupWithFault,
} from './online.js';
import { selectSource, selectTarget } from './select.js';
import { setup } from './setup.js';
import {
  standbyAcknowledge,
  standbyConfigure,
  standbyFollow,
  standbyForward,
  standbyInitial,
  standbyNone,
  standbyReread,
} from './standby.js';
import { giveUp, stop, stopUnmigrated } from './stop.js';
import { sync, synchronised, syncWithoutRoom } from './sync.js';

const PROCEDURES: Readonly<Record<string, readonly Stage[]>> = {
  setup,
  sync,
  syncWithoutRoom,
  synchronised,
  selectTarget,
  selectSource,
  commit,
  forcedCommit,
  abort,
  errorTransition,
  cleanup,
  cleanupSetup,
  cleanupCommitted,
  online,
  decideRecovery,
  recoverForward,
  recoverForwardLocally,
  recoverAbort,
  recoverNone,
  decideByRecord,
  decideStartup,
  startupAfterCrash,
  startupWithFault,
  startupResume,
  standbyReread,
  standbyConfigure,
  standbyFollow,
  standbyInitial,
  standbyForward,
  standbyAcknowledge,
  standbyNone,
  stop,
  stopUnmigrated,
  giveUp,
};

export function stagesOf(name: string): readonly Stage[] {
  const stages = PROCEDURES[name];
  assert(stages !== undefined, `procedure ${name}`);
  return stages;
}
