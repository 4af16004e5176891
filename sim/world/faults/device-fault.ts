/**
 * Owns which requests a device fault hits. A verdict is a draw from the fault's own stream; a request that does not match, a fault that is
 * not active, a share of all or of none draw nothing.
 */

import type { FaultPlan } from '../../../scenarios/scenario.js';
import type { DeviceDescription } from '../../oracles/observation.js';
import {
  OPERATION_FLUSH,
  OPERATION_READ,
  OPERATION_WRITE,
  OPERATION_DISCARD,
  OPERATION_WRITE_ZEROES,
} from '../devices/operations.js';
import { LABEL_SECTORS } from '../layout.js';
import { BLOCK_SECTORS } from '../plan.js';
import type { Fault } from './fault.js';

export type DeviceFaultPlan = FaultPlan & { kind: 'device' };

/** A request as far as a fault looks at it. */
export interface JudgedRequest {
  readonly description: DeviceDescription;
  readonly operation: number;
  readonly sector: number;
  readonly count: number;
}

/** Beyond this many ranges a persistent fault remembers no more. */
const RANGES_MAX = 256;

/** @returns whether the fault hits this request. */
export function hits(fault: Fault, plan: DeviceFaultPlan, request: JudgedRequest): boolean {
  if (!matches(plan, request)) return false;
  fault.matchesCount += 1;
  if (hasFailedBefore(fault, request)) return true;
  const isHit = plan.nth === undefined ? fault.stream.chance(plan.share ?? 1) : fault.matchesCount === plan.nth;
  if (isHit && plan.persistent === true) remember(fault, request);
  return isHit;
}

function matches(plan: DeviceFaultPlan, { description, operation, sector, count }: JudgedRequest): boolean {
  if (description.role !== plan.device || !isOperation(plan.operation, operation)) return false;
  if (plan.disk !== undefined && description.disk >= 0 && description.disk !== plan.disk) return false;
  if (plan.disk === undefined && description.disk > 0) return false;
  if (plan.blocks === undefined || operation === OPERATION_FLUSH) return true;
  const first = LABEL_SECTORS + plan.blocks[0] * BLOCK_SECTORS;
  const end = LABEL_SECTORS + (plan.blocks[1] + 1) * BLOCK_SECTORS;
  return sector < end && sector + count > first;
}

/** Discards and zeroes are writes to whoever breaks. */
function isOperation(planned: DeviceFaultPlan['operation'], operation: number): boolean {
  switch (planned) {
    case 'read':
      return operation === OPERATION_READ;
    case 'write':
      return operation === OPERATION_WRITE || operation === OPERATION_DISCARD || operation === OPERATION_WRITE_ZEROES;
    case 'flush':
      return operation === OPERATION_FLUSH;
  }
}

function hasFailedBefore({ failedSectors }: Fault, { operation, sector, count }: JudgedRequest): boolean {
  for (let at = 0; at < failedSectors.length; at += 2) {
    if (operation === OPERATION_FLUSH) return true;
    if (sector < failedSectors[at + 1]! && sector + count > failedSectors[at]!) return true;
  }
  return false;
}

function remember({ failedSectors }: Fault, { sector, count }: JudgedRequest): void {
  if (failedSectors.length < RANGES_MAX * 2) failedSectors.push(sector, sector + count);
}
