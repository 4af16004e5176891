/** Owns the engine's assertion: a broken invariant is a bug, and throws with the values that prove it. */

export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}

/** For the default branch of a complete switch: the compiler proves that it is never reached. */
export function assertNever(value: never): never {
  throw new Error(`invariant broken: unexpected ${JSON.stringify(value)}`);
}
