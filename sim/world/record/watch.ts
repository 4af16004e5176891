/**
 * Owns how observers are told: one function per method, composed before the run, so that a method nobody implements costs one empty
 * call. Observers are called in the order they were given.
 */

import type { Observer } from '../../oracles/observation.js';

export type Watch = Required<Observer>;

type Listener = (a?: unknown, b?: unknown, c?: unknown, d?: unknown, e?: unknown, f?: unknown) => void;

const METHODS = [
  'begin',
  'applicationIssued',
  'applicationCompleted',
  'requestServiced',
  'devicePowerLost',
  'conflictHeard',
  'reservationLost',
  'foreignWritten',
  'durableChanged',
  'nodeStarted',
  'nodeReady',
  'nodeStopped',
  'nodePaused',
  'nodeResumed',
  'membershipTold',
  'hostLost',
  'onlineAsked',
  'onlineAnswered',
  'answerIgnored',
  'diskOffline',
  'shutdownDone',
  'stateChanged',
  'commandIssued',
  'commandCompleted',
  'probe',
  'faultArmed',
  'faultFired',
  'crashedAtStep',
  'stepHit',
  'lieTold',
  'lieFound',
  'livenessBegun',
  'end',
] as const satisfies readonly (keyof Observer)[];

/** Fails to compile when a method of `Observer` is missing from `METHODS`. */
type Missing = Exclude<keyof Observer, (typeof METHODS)[number]>;
const none: Missing[] = [];

/** Stands for a method that nobody implements. */
export function unheard(): void {}

/** @returns one observer that tells all of `observers`. */
export function watchWith(observers: readonly Observer[]): Watch {
  const watch: Partial<Record<keyof Observer, Listener>> = {};
  for (const method of [...METHODS, ...none]) {
    const hearing = observers.filter((observer) => observer[method] !== undefined && observer[method] !== unheard);
    watch[method] = composed(method, hearing);
  }
  return watch as Watch;
}

function composed(method: keyof Observer, observers: readonly Observer[]): Listener {
  const listeners = observers.map((observer) => observer[method] as Listener);
  const [first, second] = listeners;
  if (first === undefined) return unheard;
  if (second === undefined) return first.bind(observers[0]);
  return (a, b, c, d, e, f) => {
    // A `call`, since bound functions take twice as long, and this is most of what observers cost.
    for (let index = 0; index < listeners.length; index += 1)
      listeners[index]!.call(observers[index], a, b, c, d, e, f);
  };
}
