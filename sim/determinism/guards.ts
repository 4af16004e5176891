/**
 * Owns the guard that keeps a simulated node away from the host: while one runs in this thread, calling a guarded API throws a
 * `GuardViolation` that names the API and the caller.
 *
 * The traps are put in once per thread and stay; a depth counter arms them. Outside of a node's turn they pass every call on, so that the
 * test runner, the Piscina pool and the simulator itself keep their clock. A turn is synchronous: nothing of the host runs between
 * `enterNode` and `leaveNode`.
 *
 * It cannot see a function that somebody took hold of before the traps went in (`const { now } = Date`): install first.
 */
import assert from 'node:assert/strict';
import { syncBuiltinESMExports } from 'node:module';
import { callerOf, GuardViolation } from './guard-violation.js';
import { listGuardedApis } from './guarded-apis.js';

type AnyFunction = (...args: never[]) => unknown;

/** How many turns of nodes this thread is in: 0 or 1, more where a node's turn runs another's. */
let depth = 0;
let isInstalled = false;
/** The first violation not yet taken. A node may catch what a trap throws; it is judged for it all the same. */
let violationUntaken: GuardViolation | undefined;

/** Puts the traps into this thread's globals and built-in modules; a second call does nothing. */
export function installGuards(): void {
  if (isInstalled) return;
  isInstalled = true;
  for (const { prefix, owner, functions } of listGuardedApis()) {
    for (const name of functions) trapFunction(owner, name, `${prefix}${name}()`);
  }
  trapDate();
  syncBuiltinESMExports();
}

/** Arms the guards: a node's turn begins. Pair it with `leaveNode` in a `finally`. */
export function enterNode(): void {
  if (!isInstalled) throw new assert.AssertionError({ message: 'expected installGuards() before enterNode()' });
  depth += 1;
}

/** Disarms the guards: the node's turn is over. */
export function leaveNode(): void {
  if (depth === 0) throw new assert.AssertionError({ message: 'expected enterNode() before leaveNode()' });
  depth -= 1;
}

/** The first violation since the last call, also one that the node swallowed; the caller judges the run by it. */
export function takeViolation(): GuardViolation | undefined {
  const violation = violationUntaken;
  violationUntaken = undefined;
  return violation;
}

/** Throws if a node's code, and not Node itself, called `trap`. */
function refuse(api: string, trap: AnyFunction): void {
  const depthThen = depth;
  depth = 0; // to map the stack to sources, Node may read files
  const caller = callerOf(trap);
  depth = depthThen;
  if (caller === undefined) return;
  const violation = new GuardViolation(api, caller);
  violationUntaken ??= violation;
  throw violation;
}

/** Replaces `owner[name]`, where it is (on the object or its prototype), by a trap that looks the same. */
function trapFunction(owner: object, name: string, api: string): void {
  let holder: object | null = owner;
  while (holder !== null && !Object.hasOwn(holder, name)) holder = Object.getPrototypeOf(holder) as object | null;
  if (holder === null) return;
  const descriptor = Object.getOwnPropertyDescriptor(holder, name)!;
  if (descriptor.configurable === false && descriptor.writable !== true) return; // `crypto.getRandomValues` of `node:crypto` cannot be trapped
  const original: unknown = descriptor.value ?? Reflect.get(owner, name);
  if (typeof original !== 'function') return;
  const trap = function (this: unknown, ...args: never[]): unknown {
    if (depth > 0) refuse(api, trap);
    return Reflect.apply(original, this, args);
  };
  // Also carries over what hangs on the function: `hrtime.bigint`, the symbols that `util.promisify` looks for.
  Object.defineProperties(trap, Object.getOwnPropertyDescriptors(original));
  const { configurable = false, enumerable = false } = descriptor;
  Object.defineProperty(holder, name, { value: trap, configurable, enumerable, writable: true });
}

/** Replaces the global `Date` by a proxy, so that `instanceof`, subclasses and the static functions stay as they are. */
function trapDate(): void {
  const original = Date;
  const construct = (target: DateConstructor, args: unknown[], newTarget: NewableFunction): object => {
    if (depth > 0) refuse('new Date()', construct);
    return Reflect.construct(target, args, newTarget) as object;
  };
  const apply = (target: DateConstructor): string => {
    if (depth > 0) refuse('Date()', apply);
    return target();
  };
  const trap = new Proxy(original, { construct, apply });
  Object.defineProperty(original.prototype, 'constructor', { value: trap, configurable: true, writable: true });
  globalThis.Date = trap;
}
