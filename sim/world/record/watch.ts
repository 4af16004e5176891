/**
 * Owns how observers are told: one function per method, composed before the run, so that a method nobody implements costs one empty
 * call. Observers are called in the order they were given.
 */

import type { ApplicationIo, Observer, ServicedRequest } from '../../oracles/observation.js';

export type Watch = Required<Observer>;

type Listener = (a?: unknown, b?: unknown, c?: unknown, d?: unknown, e?: unknown, f?: unknown) => void;

const METHODS = [
  'begin',
  'applicationIssued',
  'applicationCompleted',
  'requestServiced',
  'landedOvertaken',
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
  'progressTold',
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

/** The methods of a class of observers, by its prototype: every run makes its observers anew, always of the same classes. */
const methodsByPrototype = new WeakMap<object, readonly (keyof Observer)[]>();

/** @returns one observer that tells all of `observers`. */
export function watchWith(observers: readonly Observer[]): Watch {
  const hearing = Object.fromEntries(METHODS.map((method): [string, Observer[]] => [method, []]));
  for (const observer of observers) for (const method of methodsOf(observer)) hearing[method]!.push(observer);
  const watch: Partial<Record<keyof Observer, Listener>> = {};
  for (const method of [...METHODS, ...none]) watch[method] = composed(method, hearing[method]!);
  return watch as Watch;
}

function methodsOf(observer: Observer): readonly (keyof Observer)[] {
  const prototype = Object.getPrototypeOf(observer) as object;
  const known = methodsByPrototype.get(prototype);
  if (known !== undefined) return known;
  const methods = METHODS.filter((method) => observer[method] !== undefined && observer[method] !== unheard);
  // What is no instance of a class shares its prototype with everything.
  if (prototype !== Object.prototype) methodsByPrototype.set(prototype, methods);
  return methods;
}

function composed(method: keyof Observer, observers: readonly Observer[]): Listener {
  const [first] = observers;
  if (first === undefined) return unheard;
  if (observers.length === 1) return (first[method] as Listener).bind(first);
  const frequent = frequentlyTold(method, observers);
  if (frequent !== undefined) return frequent as Listener;
  const listeners = observers.map((observer) => observer[method] as Listener);
  return (a, b, c, d, e, f) => {
    for (let index = 0; index < listeners.length; index += 1)
      listeners[index]!.call(observers[index], a, b, c, d, e, f);
  };
}

/** What is told with every request: written out, since a call that names its method takes a fraction of one that does not. */
function frequentlyTold(method: keyof Observer, observers: readonly Observer[]): Watch[typeof method] | undefined {
  switch (method) {
    case 'applicationIssued':
      return (io: ApplicationIo): void => {
        for (const observer of observers) observer.applicationIssued!(io);
      };
    case 'applicationCompleted':
      return (io: ApplicationIo, stamps: Uint32Array): void => {
        for (const observer of observers) observer.applicationCompleted!(io, stamps);
      };
    case 'requestServiced':
      return (request: ServicedRequest): void => {
        for (const observer of observers) observer.requestServiced!(request);
      };
    default:
      return undefined;
  }
}
