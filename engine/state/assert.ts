/**
 * Owns the engine's assertion: a broken invariant is a bug, and throws with the values that prove it. What runs on every event tests its
 * condition itself and calls `fail`, so that no message is built when all is well.
 */

export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) fail(message);
}

export function fail(message: string): never {
  throw new Error(`invariant broken: ${message}`);
}

/** For the default branch of a complete switch: the compiler proves that it is never reached. */
export function assertNever(value: never): never {
  fail(`unexpected ${JSON.stringify(value)}`);
}
