/**
 * Owns how a procedure proceeds. A procedure (commit, recovery, …) is a list of stages; a stage begins, and then either the next one follows
 * at once, or it waits: for a device's answer, for a timer, or for a condition that is looked at after every event.
 */

import type { Effects } from '../contract/effects.js';
import type { DeviceCompletedEvent } from '../contract/events.js';
import type { Refusal } from '../contract/vocabulary.js';
import { releaseGate } from '../data-path/gate.js';
import { assert } from '../state/assert.js';
import type { DiskState, EngineState, ProcedureState } from '../state/state.js';
import { TIMER_PROCEDURE, timerOf } from '../state/timers.js';

export interface Context {
  state: EngineState;
  disk: DiskState;
  procedure: ProcedureState;
  out: Effects;
}

export type Verdict = 'next' | 'wait' | 'end';

export interface Stage {
  begin(context: Context): Verdict;
  /** The device has answered the stage's request. */
  answer?(context: Context, ok: boolean, event: DeviceCompletedEvent): Verdict;
  /** The stage's pause is over. */
  wake?(context: Context): Verdict;
  /** Looked at after every event while the stage waits. */
  poll?(context: Context): Verdict;
}

/** A stage that is done when it has begun. */
export const act = (begin: (context: Context) => Verdict | void): Stage => ({
  begin: (context) => begin(context) ?? 'next',
});

/** Waits until the condition holds. */
export const until = (condition: (context: Context) => boolean): Stage => {
  const look = (context: Context): Verdict => (condition(context) ? 'next' : 'wait');
  return { begin: look, poll: look };
};

/** Ends the procedure with the command, if there is one, carried out. */
export function done(context: Context): Verdict {
  const { procedure, out } = context;
  if (procedure.commandId >= 0) out.commandCompleted(procedure.commandId, 'done', 'none');
  return 'end';
}

/** Ends the procedure with the command refused; application I/O that was held goes on as before. */
export function refuse(context: Context, refusal: Refusal): Verdict {
  const { state, disk, procedure, out } = context;
  if (disk.gate === 'held') releaseGate(state, disk, out);
  if (procedure.commandId >= 0) out.commandCompleted(procedure.commandId, 'refused', refusal);
  return 'end';
}

/** Goes on with another procedure's stages, from its first. */
export function become(context: Context, name: string): Verdict {
  context.procedure.name = name;
  context.procedure.stage = -1;
  return 'next';
}

export function pause(context: Context, delayTicks: number): Verdict {
  context.procedure.pausing = true;
  context.out.timer(timerOf(TIMER_PROCEDURE, context.disk.index), delayTicks);
  return 'wait';
}

/** The disk is not this node's any more. Who lost it to another has missed what that one told the standbys. */
export function becomeStandby(disk: DiskState): void {
  disk.lifecycle = 'standby';
  disk.reserved = [];
  if (disk.ownershipLost) disk.wants.reread = true;
  disk.ownershipLost = false;
}

/** What cannot be written within the bound ends the procedure: recovery decides what became of it. */
export function abandon(context: Context): Verdict {
  const { disk, procedure, out } = context;
  assert(disk.procedure === procedure, 'the procedure abandoned is the one in progress');
  const isLost = disk.ownershipLost;
  out.probe('metadata.gave-up', disk.lifecycle !== 'standby' && !isLost);
  if (procedure.commandId >= 0) out.commandCompleted(procedure.commandId, 'refused', isLost ? 'not-owner' : 'gave-up');
  if (disk.lifecycle === 'starting') {
    out.probe('ownership.lost-in-recovery', isLost);
    becomeStandby(disk);
    out.diskOnline(disk.index, 'failed');
    if (disk.wants.stop) out.diskOffline(disk.index, isLost);
    disk.wants.stop = false;
  } else if (disk.lifecycle !== 'standby') disk.wants.giveUp = true;
  return 'end';
}
