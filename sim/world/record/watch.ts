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
  'durableChanged',
  'nodeStarted',
  'nodeReady',
  'nodeStopped',
  'nodePaused',
  'nodeResumed',
  'onlineAsked',
  'onlineAnswered',
  'diskOffline',
  'shutdownDone',
  'stateChanged',
  'commandIssued',
  'commandCompleted',
  'probe',
  'faultArmed',
  'faultFired',
  'crashedAtStep',
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
    const listeners: Listener[] = [];
    for (const observer of observers) {
      const listener = observer[method] as Listener | undefined;
      if (listener !== undefined) listeners.push(listener.bind(observer));
    }
    watch[method] = composed(listeners);
  }
  return watch as Watch;
}

function composed(listeners: readonly Listener[]): Listener {
  const [first, second] = listeners;
  if (first === undefined) return unheard;
  if (second === undefined) return first;
  return (a, b, c, d, e, f) => {
    for (let index = 0; index < listeners.length; index += 1) listeners[index]!(a, b, c, d, e, f);
  };
}
