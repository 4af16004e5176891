/**
 * Owns which device requests a fault hits, and what then becomes of them. A verdict is a draw from the fault's own stream; a request that does
 * not match, a fault that is not active, a share of all or of none draw nothing.
 */

import type { DeviceFaultPlan } from '../../../scenarios/fault.js';
import type { DeviceDescription } from '../../oracles/observation.js';
import { changesSectors, isAboutReservation, Operation } from '../devices/operations.js';
import { LABEL_SECTORS } from '../layout.js';
import { BLOCK_SECTORS } from '../plan.js';
import type { Fault } from './fault.js';

/** A request as far as a fault looks at it. */
export interface JudgedRequest {
  readonly description: DeviceDescription;
  readonly node: number;
  readonly path: number;
  readonly operation: number;
  readonly sector: number;
  readonly count: number;
  /** Index of the named step, or -1. */
  readonly step: number;
  /** Who hosts disk 0, or -1. */
  readonly host: number;
  /** Whether the device holds something in all the sectors: only asked of thin devices. */
  isAllocated(): boolean;
}

/** Beyond this many ranges a persistent fault remembers no more. */
const RANGES_MAX = 256;

/** @returns whether the fault hits this request. */
export function hits(fault: Fault, plan: DeviceFaultPlan, request: JudgedRequest): boolean {
  if (!isAimedAt(fault, plan, request)) return false;
  if (plan.effect === 'latent' && changesSectors(request.operation)) forget(fault, request);
  if (!isOperation(plan.operation, request.operation)) return false;
  if (plan.effect === 'full' && (request.operation !== Operation.WRITE || request.isAllocated())) return false;
  fault.matchesCount += 1;
  if (fault.matchesCount <= (plan.after ?? 0)) return false;
  if (hasFailedBefore(fault, request)) return true;
  const isHit = plan.nth === undefined ? fault.stream.chance(plan.share ?? 1) : fault.matchesCount === plan.nth;
  if (!isHit) return false;
  if (plan.effect === 'latent') rememberOne(fault, request);
  else if (plan.persistent === true) remember(fault, request.sector, request.sector + request.count);
  return true;
}

function isAimedAt(fault: Fault, plan: DeviceFaultPlan, request: JudgedRequest): boolean {
  const { description, operation, sector, count } = request;
  if (fault.hitsCount === plan.times) return false;
  if (plan.device === 'stepping') return request.step === fault.step;
  if (description.role !== plan.device) return false;
  if (plan.disk !== undefined && description.disk >= 0 && description.disk !== plan.disk) return false;
  if (plan.disk === undefined && description.disk > 0) return false;
  if (plan.path !== undefined && request.path !== plan.path) return false;
  if (plan.from !== undefined && (request.node === request.host) !== (plan.from === 'host')) return false;
  if (plan.blocks === undefined || operation === Operation.FLUSH) return true;
  const first = LABEL_SECTORS + plan.blocks[0] * BLOCK_SECTORS;
  const end = LABEL_SECTORS + (plan.blocks[1] + 1) * BLOCK_SECTORS;
  return sector < end && sector + count > first;
}

/** Discards and zeroes are writes to whoever breaks. */
function isOperation(planned: DeviceFaultPlan['operation'], operation: number): boolean {
  switch (planned) {
    case 'read':
      return operation === Operation.READ;
    case 'write':
      return changesSectors(operation);
    case 'flush':
      return operation === Operation.FLUSH;
    case 'extent':
      return operation === Operation.NEXT_EXTENT;
    case 'reserve':
      return isAboutReservation(operation);
    case 'any':
      return true;
  }
}

function hasFailedBefore({ failedSectors }: Fault, { operation, sector, count }: JudgedRequest): boolean {
  if (operation === Operation.INQUIRY) return false;
  for (let at = 0; at < failedSectors.length; at += 2) {
    if (operation === Operation.FLUSH) return true;
    if (sector < failedSectors[at + 1]! && sector + count > failedSectors[at]!) return true;
  }
  return false;
}

function remember({ failedSectors }: Fault, sector: number, end: number): void {
  if (failedSectors.length < RANGES_MAX * 2) failedSectors.push(sector, end);
}

/** One sector of those that were read has gone bad. */
function rememberOne(fault: Fault, { sector, count }: JudgedRequest): void {
  const bad = sector + fault.stream.integer(count);
  remember(fault, bad, bad + 1);
}

/** A sector that is written anew can be read again. */
function forget({ failedSectors }: Fault, { sector, count }: JudgedRequest): void {
  for (let at = 0; at < failedSectors.length; ) {
    if (sector <= failedSectors[at]! && sector + count >= failedSectors[at + 1]!) failedSectors.splice(at, 2);
    else at += 2;
  }
}
