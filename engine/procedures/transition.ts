/** Owns a disk's change of state, so that none goes unreported. */

import type { Effects } from '../contract/effects.js';
import type { Cause, MigrationState } from '../contract/vocabulary.js';
import type { DiskState } from '../state/state.js';

export function enterState(disk: DiskState, to: MigrationState, cause: Cause, out: Effects): void {
  const from = disk.state;
  disk.state = to;
  if (from !== to) out.stateChanged(disk.index, from, to, cause);
}
