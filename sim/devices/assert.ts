/**
 * Assertions of the device model. They state what callers have to guarantee; one that fails is a bug of the simulator, never
 * an outcome of a run. A hot path tests its condition itself and calls `fail`, so that no message is built when all is well.
 */

/** @throws always, with `message`: *expected X, got Y, at Z*. */
export function fail(message: string): never {
  throw new Error(`device model: ${message}`);
}

/** @throws if `condition` is false. For places where building `message` costs nothing that matters. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) fail(message);
}
