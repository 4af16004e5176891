/** Owns the end of whatever a node was doing for a disk that is not its own any more: a procedure ends where it stands, and writes nothing more. */

import type { Effects } from '../contract/effects.js';
import { abandon } from '../stages/stage.js';
import type { DiskState, EngineState } from '../state/state.js';

/** A request of the procedure's that is still at a device is waited for: nobody else may use its slot meanwhile. */
export function surrender(state: EngineState, disk: DiskState, out: Effects): void {
  const { procedure } = disk;
  if (procedure?.name === 'giveUp') return;
  if (procedure === undefined) {
    disk.wants.giveUp = true;
    return;
  }
  if (state.requests.some(({ owner, disk: index }) => owner === 'procedure' && index === disk.index)) return;
  abandon({ state, disk, procedure, out });
  disk.procedure = undefined;
}
