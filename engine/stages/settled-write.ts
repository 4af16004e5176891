/**
 * Owns writing bytes so that they last: written, then flushed; only when the flush is answered do they count. A write that failed, or whose
 * answer was lost, may have landed: the same bytes go to the same place again, until it is settled or the bound is reached. So they do when
 * the device reported a reset before the flush was answered: what was only written may be gone.
 */

import type { Step } from '../contract/vocabulary.js';
import { SECTOR_BYTES } from '../records/layout.js';
import { issueRequest } from '../state/requests.js';
import { recordSlot } from '../state/state.js';
import { type Context, pause, type Stage, type Verdict } from './stage.js';

/** `commit.binding` for the steps `commit.binding.write` and `commit.binding.flush`. */
export type RecordStep = Step extends infer S ? (S extends `${infer Prefix}.write` ? Prefix : never) : never;

export interface SettledWrite {
  step: RecordStep;
  /** What is written, whole sectors; asked once, when the stage begins. */
  bytes: (context: Context) => Uint8Array;
  place: (context: Context) => { identity: number; sector: number };
  /** It cannot be settled within the bound. */
  onFailure: (context: Context) => Verdict;
  /** It is durable. */
  settled?: (context: Context) => void;
}

export function settledWrite({ step, bytes, place, onFailure, settled }: SettledWrite): Stage {
  const write = (context: Context): Verdict => {
    const { state, disk, procedure, out } = context;
    const { identity, sector } = place(context);
    procedure.flushing = false;
    procedure.writingTo = identity;
    procedure.wasReset = false;
    out.fill(recordSlot(state, disk), procedure.bytes);
    issueRequest(
      state,
      {
        owner: 'procedure',
        disk: disk.index,
        identity,
        sector,
        operation: 'write',
        count: procedure.bytes.length / SECTOR_BYTES,
        slot: recordSlot(state, disk),
        step: `${step}.write` as Step,
      },
      out,
    );
    return 'wait';
  };
  const flush = (context: Context): Verdict => {
    const { state, disk, procedure, out } = context;
    procedure.flushing = true;
    const { identity } = place(context);
    issueRequest(
      state,
      {
        owner: 'procedure',
        disk: disk.index,
        identity,
        operation: 'flush',
        sector: 0,
        count: 0,
        step: `${step}.flush` as Step,
      },
      out,
    );
    return 'wait';
  };
  return {
    begin(context) {
      context.procedure.attempts = 0;
      context.procedure.bytes = bytes(context);
      return write(context);
    },
    answer(context, ok) {
      const { state, procedure } = context;
      const { limits } = state.configuration;
      if (!ok) {
        procedure.attempts += 1;
        return procedure.attempts > limits.settleAttemptsMax
          ? onFailure(context)
          : pause(context, limits.pollDelayTicks);
      }
      if (!procedure.flushing) return flush(context);
      context.out.probe('metadata.reset-while-writing', procedure.wasReset);
      if (procedure.wasReset) return write(context);
      procedure.writingTo = 0;
      settled?.(context);
      return 'next';
    },
    wake: write,
  };
}
