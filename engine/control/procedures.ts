/** Owns running procedures: start one, take it from stage to stage, hand it what it waits for. */

import type { Effects } from '../contract/effects.js';
import type { DeviceCompletedEvent } from '../contract/events.js';
import { stagesOf } from '../procedures/registry.js';
import type { Context, Stage, Verdict } from '../stages/stage.js';
import { assert, fail } from '../state/assert.js';
import type { DiskState, EngineState } from '../state/state.js';

export function startProcedure(
  state: EngineState,
  disk: DiskState,
  name: string,
  commandId: number,
  argument: number,
  out: Effects,
): void {
  assert(disk.procedure === undefined, `${name} while ${disk.procedure?.name ?? ''} is in progress`);
  disk.procedure = {
    name,
    stage: -1,
    attempts: 0,
    pausing: false,
    commandId,
    argument,
    migration: 0,
    source: 0,
    target: 0,
    bytes: new Uint8Array(0),
    flushing: false,
    writingTo: 0,
    wasReset: false,
    cursor: 0,
    registered: false,
  };
  proceed(state, disk, 'next', out);
}

/** A procedure of a node that has lost ownership goes no further, whatever the answer (`surrender.ts`). */
export function answerProcedure(
  state: EngineState,
  disk: DiskState,
  ok: boolean,
  event: DeviceCompletedEvent,
  out: Effects,
): void {
  if (disk.ownershipLost && disk.procedure?.name !== 'giveUp') return;
  const { stage, context } = stageInHand(state, disk, out);
  assert(stage.answer !== undefined, `${context.procedure.name} waits for no answer`);
  proceed(state, disk, stage.answer(context, ok, event), out);
}

export function wakeProcedure(state: EngineState, disk: DiskState, out: Effects): void {
  if (disk.procedure === undefined || !disk.procedure.pausing) return;
  disk.procedure.pausing = false;
  const { stage, context } = stageInHand(state, disk, out);
  assert(stage.wake !== undefined, `${context.procedure.name} waits for no timer`);
  proceed(state, disk, stage.wake(context), out);
}

export function pollProcedure(state: EngineState, disk: DiskState, out: Effects): void {
  const { stage, context } = stageInHand(state, disk, out);
  if (stage.poll !== undefined) proceed(state, disk, stage.poll(context), out);
}

function proceed(state: EngineState, disk: DiskState, first: Verdict, out: Effects): void {
  let verdict = first;
  while (verdict === 'next') {
    const { procedure } = disk;
    assert(procedure !== undefined, 'a procedure is in progress');
    procedure.stage += 1;
    const stage = stagesOf(procedure.name)[procedure.stage];
    verdict = stage === undefined ? 'end' : stage.begin({ state, disk, procedure, out });
  }
  if (verdict === 'end') disk.procedure = undefined;
}

function stageInHand(state: EngineState, disk: DiskState, out: Effects): { stage: Stage; context: Context } {
  const { procedure } = disk;
  assert(procedure !== undefined, 'a procedure is in progress');
  const stage = stagesOf(procedure.name)[procedure.stage];
  if (stage === undefined) fail(`stage ${procedure.stage} of ${procedure.name}`);
  return { stage, context: { state, disk, procedure, out } };
}
