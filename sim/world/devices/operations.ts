/**
 * Owns the numbers this world uses for device operations, statuses and request states in its tables, and the check that an engine
 * build speaks the same words in the same order.
 */

import type { Reservation, ReservationType } from '../../devices/reservations.js';
import type { ServicedRequest } from '../../oracles/observation.js';

export const OPERATIONS = [
  'inquiry',
  'read',
  'write',
  'flush',
  'discard',
  'writeZeroes',
  'nextExtent',
  'register',
  'preempt',
  'readReservation',
] as const;
export const OPERATION_INQUIRY = 0;
export const OPERATION_READ = 1;
export const OPERATION_WRITE = 2;
export const OPERATION_FLUSH = 3;
export const OPERATION_DISCARD = 4;
export const OPERATION_WRITE_ZEROES = 5;
export const OPERATION_NEXT_EXTENT = 6;
export const OPERATION_REGISTER = 7;
export const OPERATION_PREEMPT = 8;
export const OPERATION_READ_RESERVATION = 9;

/** The first six are the engine's words, and so is the last; the two before it are only told to observers. */
export const STATUSES = [
  'ok',
  'error',
  'aborted',
  'unitAttention',
  'missing',
  'conflict',
  'dropped',
  'partial',
  'pathLost',
] as const satisfies readonly (ServicedRequest['status'] | 'pathLost')[];
export const STATUS_OK = 0;
export const STATUS_ERROR = 1;
export const STATUS_ABORTED = 2;
export const STATUS_UNIT_ATTENTION = 3;
export const STATUS_MISSING = 4;
export const STATUS_CONFLICT = 5;
export const STATUS_DROPPED = 6;
export const STATUS_PARTIAL = 7;
export const STATUS_PATH_LOST = 8;

/** Types of reservation, by the number a `preempt` gives. */
export const RESERVATION_TYPES = ['exclusive-access', 'write-exclusive'] as const satisfies readonly ReservationType[];

/** True for operations that may land whenever they like: nothing is different afterwards, or not for the worse. */
export const mayLandLate = (operation: number): boolean =>
  operation === OPERATION_INQUIRY ||
  operation === OPERATION_READ ||
  operation === OPERATION_FLUSH ||
  operation === OPERATION_NEXT_EXTENT ||
  operation === OPERATION_READ_RESERVATION;

/** True for operations that change what a device holds. */
export const changesSectors = (operation: number): boolean =>
  operation === OPERATION_WRITE || operation === OPERATION_DISCARD || operation === OPERATION_WRITE_ZEROES;

/** True for the commands about the reservation itself: these obey rules of their own. */
export const isAboutReservation = (operation: number): boolean => operation >= OPERATION_REGISTER;

/** True for operations that a device that is `write-exclusive` for others refuses as well: its cache is part of what it holds. */
const changesDevice = (operation: number): boolean => changesSectors(operation) || operation === OPERATION_FLUSH;

/** @returns whether a reservation shuts a node out from an operation. Who somebody is may always be asked. */
export const isShutOut = (reservation: Reservation, node: number, operation: number): boolean =>
  operation !== OPERATION_INQUIRY &&
  !isAboutReservation(operation) &&
  reservation.shutsOut(node, changesDevice(operation));
