/**
 * Owns range locks: which transfer has to wait for which. Every transfer that is waiting or running holds its place in one queue per disk,
 * by order of admission; it waits for each earlier one that overlaps it, unless both only share (reads and copies share, writes
 * exclude). A spanning write thus takes its whole range at once, overlapping writes reach both devices in one order, a copy never
 * overtakes a write, and nobody waits for ever: an earlier transfer never waits for a later one.
 */

import type { EngineState, Transfer } from '../state/state.js';

/** The earliest-found transfer that this one must wait for, or undefined when it may run. */
export function blockerOf(state: EngineState, transfer: Transfer): Transfer | undefined {
  const end = transfer.sector + transfer.count;
  for (const other of state.transfers) {
    if (other.phase === 'free' || other.phase === 'held' || other.disk !== transfer.disk) continue;
    if (other.order >= transfer.order) continue;
    if (!other.exclusive && !transfer.exclusive) continue;
    if (other.sector < end && transfer.sector < other.sector + other.count) return other;
  }
  return undefined;
}
