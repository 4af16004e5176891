/**
 * Owns how long healthy devices take: a service a little after the request, its completion a little after the service, so that requests
 * of one node overtake each other. All far below the engine's timeout. Slow and stuck devices are faults.
 */

import type { Stream } from '../../determinism/decisions.js';

/** Least ticks and spread of each operation, in the order of `OPERATIONS`. */
const SERVICE_TICKS_MIN = [10, 60, 40, 120, 40, 40, 10, 30, 40, 10] as const;
const SERVICE_TICKS_SPREAD = [20, 100, 80, 400, 80, 80, 20, 60, 80, 20] as const;
const COMPLETION_TICKS_SPREAD = 12;
/** A request to an empty port, and an abort, are answered by the host's own driver. */
export const DRIVER_TICKS = 8;

export const drawServiceTicks = (stream: Stream, operation: number): number =>
  SERVICE_TICKS_MIN[operation]! + stream.integer(SERVICE_TICKS_SPREAD[operation]!);

export const drawCompletionTicks = (stream: Stream): number => 1 + stream.integer(COMPLETION_TICKS_SPREAD);
