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
export const enum Operation {
  INQUIRY = 0,
  READ = 1,
  WRITE = 2,
  FLUSH = 3,
  DISCARD = 4,
  WRITE_ZEROES = 5,
  NEXT_EXTENT = 6,
  REGISTER = 7,
  PREEMPT = 8,
  READ_RESERVATION = 9,
}

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
export const enum Status {
  OK = 0,
  ERROR = 1,
  ABORTED = 2,
  UNIT_ATTENTION = 3,
  MISSING = 4,
  CONFLICT = 5,
  DROPPED = 6,
  PARTIAL = 7,
  PATH_LOST = 8,
}

/** Types of reservation, by the number a `preempt` gives. */
export const RESERVATION_TYPES = ['exclusive-access', 'write-exclusive'] as const satisfies readonly ReservationType[];

/** True for operations that may land whenever they like: nothing is different afterwards, or not for the worse. */
export const mayLandLate = (operation: number): boolean =>
  operation === Operation.INQUIRY ||
  operation === Operation.READ ||
  operation === Operation.FLUSH ||
  operation === Operation.NEXT_EXTENT ||
  operation === Operation.READ_RESERVATION;

/** True for operations that change what a device holds. */
export const changesSectors = (operation: number): boolean =>
  operation === Operation.WRITE || operation === Operation.DISCARD || operation === Operation.WRITE_ZEROES;

/** True for the commands about the reservation itself: these obey rules of their own. */
export const isAboutReservation = (operation: number): boolean => operation >= Operation.REGISTER;

/** True for operations that a device that is `write-exclusive` for others refuses as well: its cache is part of what it holds. */
const changesDevice = (operation: number): boolean => changesSectors(operation) || operation === Operation.FLUSH;

/** @returns whether a reservation shuts a node out from an operation. Who somebody is may always be asked. */
export const isShutOut = (reservation: Reservation, node: number, operation: number): boolean =>
  operation !== Operation.INQUIRY &&
  !isAboutReservation(operation) &&
  reservation.shutsOut(node, changesDevice(operation));
