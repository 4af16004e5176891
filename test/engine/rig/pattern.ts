/** Owns how a test names requests: by device, operation, step, node, or any predicate. */

import type { DeviceOperation, Step } from '../../../engine/contract/vocabulary.js';
import { LABEL_SECTORS } from '../../../engine/records/layout.js';
import type { Pending } from './vocabulary.js';

export interface Pattern {
  readonly node?: number;
  readonly device?: string;
  readonly operation?: DeviceOperation;
  readonly step?: Step;
  /** An application's sector that the request covers. */
  readonly sector?: number;
  readonly where?: (pending: Pending) => boolean;
}

export function matches(pattern: Pattern, pending: Pending): boolean {
  const { request } = pending;
  const { sector } = pattern;
  const covers =
    sector === undefined ||
    (request.sector <= LABEL_SECTORS + sector && LABEL_SECTORS + sector < request.sector + request.count);
  return (
    covers &&
    (pattern.node === undefined || pattern.node === pending.node) &&
    (pattern.device === undefined || pattern.device === pending.device?.name) &&
    (pattern.operation === undefined || pattern.operation === request.operation) &&
    (pattern.step === undefined || pattern.step === request.step) &&
    (pattern.where === undefined || pattern.where(pending))
  );
}
