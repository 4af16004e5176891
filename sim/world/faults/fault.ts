/** Owns what the world keeps of one fault of the scenario while a run lasts. */

import type { FaultPlan, Trigger } from '../../../scenarios/scenario.js';
import type { Stream } from '../../determinism/decisions.js';
import { aimOf, kindOf } from './fault-names.js';

/** `armed`: waits for its trigger. `active`: requests fail. `over`: fired, or can fire no more. */
export type FaultPhase = 'armed' | 'active' | 'over';

export interface Fault {
  readonly index: number;
  readonly plan: FaultPlan;
  readonly kind: string;
  readonly where: string;
  /** Everything about this fault is drawn from here, and nothing else is. */
  readonly stream: Stream;
  phase: FaultPhase;
  /** How often its trigger must still come up before it fires. */
  occurrencesLeft: number;
  /** Device faults: requests that matched so far. */
  matchesCount: number;
  /** Device faults: ranges that go on failing, flat: first sector and end. */
  readonly failedSectors: number[];
  /** Crash: how often it found nobody to hit. */
  missesCount: number;
}

/** Of all the steps a run passes, one of the first so many is drawn where the scenario names none. */
const ANY_STEP_MAX = 40;

export function createFault(index: number, plan: FaultPlan, stream: Stream): Fault {
  return {
    index,
    plan,
    kind: kindOf(plan),
    where: aimOf(plan),
    stream,
    phase: 'armed',
    occurrencesLeft: occurrenceOf(plan.at, stream),
    matchesCount: 0,
    failedSectors: [],
    missesCount: 0,
  };
}

function occurrenceOf(trigger: Trigger | undefined, stream: Stream): number {
  if (trigger === undefined || ('ticks' in trigger && !('state' in trigger))) return 1;
  if (trigger.occurrence !== undefined) return trigger.occurrence;
  return 'step' in trigger && trigger.step === 'any' ? 1 + stream.integer(ANY_STEP_MAX) : 1;
}
