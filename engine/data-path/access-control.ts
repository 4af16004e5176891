/** Owns the question access control answers: may the application on this node address that device. */

import type { Address } from '../contract/vocabulary.js';
import type { LocalRecord } from '../records/types.js';
import type { DiskState, EngineState } from '../state/state.js';

/** Judged by a local record. A device name is allowed when the device it means is. */
export function isAllowed(local: LocalRecord, address: Address, value: number): boolean {
  const identity = address === 'name' ? local.bound : value;
  if (identity === local.source) return local.sourceAllowed;
  return identity === local.target && local.targetAllowed;
}

/** Whether an address may be the disk's device name: under `change` naming a device's own name is, until the application is told another. */
export const isDeviceName = (state: EngineState, address: Address): boolean =>
  address === 'name' || state.configuration.naming === 'change';

/**
 * The record that judges what comes in: the durable one. But between the two records of a commit, access control is on the target and
 * the binding still on the source; what comes by device name meanwhile is held, judged as of before, and goes where the commit leads.
 */
export const judgingRecord = (state: EngineState, disk: DiskState, address: Address): LocalRecord =>
  disk.gate === 'held' && isDeviceName(state, address) ? disk.localWhenHeld : disk.local;
