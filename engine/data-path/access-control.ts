/** Owns the question access control answers: may the application on this node address that device. */

import type { Address } from '../contract/vocabulary.js';
import type { DiskState } from '../state/state.js';

/** Judged by the local record that is durable on this node. A device name is allowed when the device it means is. */
export function isAllowed(disk: DiskState, address: Address, value: number): boolean {
  const { local } = disk;
  const identity = address === 'name' ? local.bound : value;
  if (identity === local.source) return local.sourceAllowed;
  return identity === local.target && local.targetAllowed;
}
