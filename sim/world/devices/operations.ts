/**
 * Owns the numbers this world uses for device operations, statuses and request states in its tables, and the check that an engine
 * build speaks the same words in the same order.
 */

import type { ServicedRequest } from '../../oracles/observation.js';

export const OPERATIONS = ['inquiry', 'read', 'write', 'flush', 'discard', 'writeZeroes', 'nextExtent'] as const;
export const OPERATION_INQUIRY = 0;
export const OPERATION_READ = 1;
export const OPERATION_WRITE = 2;
export const OPERATION_FLUSH = 3;
export const OPERATION_DISCARD = 4;
export const OPERATION_WRITE_ZEROES = 5;
export const OPERATION_NEXT_EXTENT = 6;

/** The first five are the engine's words; the last two are only told to observers. */
export const STATUSES = [
  'ok',
  'error',
  'aborted',
  'unitAttention',
  'missing',
  'dropped',
  'partial',
] as const satisfies readonly ServicedRequest['status'][];
export const STATUS_OK = 0;
export const STATUS_ERROR = 1;
export const STATUS_ABORTED = 2;
export const STATUS_UNIT_ATTENTION = 3;
export const STATUS_MISSING = 4;
export const STATUS_DROPPED = 5;
export const STATUS_PARTIAL = 6;

/** True for operations that change what a device holds. */
export const changesSectors = (operation: number): boolean =>
  operation === OPERATION_WRITE || operation === OPERATION_DISCARD || operation === OPERATION_WRITE_ZEROES;
