/** Owns what the world keeps of one fault of the scenario while a run lasts. */

import type { FaultPlan, Trigger } from '../../../scenarios/scenario.js';
import type { Stream } from '../../determinism/decisions.js';
import { aimOf, kindOf } from './fault-names.js';

/** `armed`: waits for its trigger. `active`: goes on for a while. `over`: fired, or can fire no more. */
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
  /** How often it found nobody to hit. */
  missesCount: number;
  /** Whatever matched so far, and whatever it hit. */
  matchesCount: number;
  hitsCount: number;
  /** Index of the named step that it is aimed at, once it has come up; -1: none. */
  step: number;
  /** Device faults: ranges that go on failing, flat: first sector and end. */
  readonly failedSectors: number[];
  /** Device faults: bit n: node n asked an unplugged device who it is, and must be told when it is back. */
  askedMask: number;
  /** Path, network and clock faults: the node it is about, once drawn; -1: any, or none yet. */
  node: number;
  /** Path faults of a step: by which path to which device its request came; -1: none yet. */
  device: number;
  path: number;
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
    missesCount: 0,
    matchesCount: 0,
    hitsCount: 0,
    step: -1,
    failedSectors: [],
    askedMask: 0,
    node: -1,
    device: -1,
    path: -1,
  };
}

function occurrenceOf(trigger: Trigger | undefined, stream: Stream): number {
  if (trigger === undefined || ('ticks' in trigger && !('state' in trigger))) return 1;
  if (trigger.occurrence !== undefined) return trigger.occurrence;
  return 'step' in trigger && trigger.step === 'any' ? 1 + stream.integer(ANY_STEP_MAX) : 1;
}
