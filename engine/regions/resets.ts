/**
 * Owns what follows at once when a device reports a reset: it has lost power, and may have lost what was written since its last flush.
 *
 *   device   in syncing, source-selected           in target-selected
 *   source   those regions dirty, source → target  those regions dirty, target → source
 *   target   those regions dirty, source → target  a fault of the target
 *
 * In all other states there is one device, and what it lost is the application's. A record that is being written is written again.
 */

import type { Effects } from '../contract/effects.js';
import { noteTargetFault } from '../data-path/faults.js';
import { setDirty } from '../data-path/region-map.js';
import { type DiskState, type EngineState, isWriteCloning, type RequestState, type Side } from '../state/state.js';
import { markLost, sideOf, takeLosses } from './unflushed.js';

/** @param reporter the request that was answered so: the device has not carried it out */
export function noteReset(state: EngineState, reporter: RequestState, out: Effects): void {
  const { identity } = reporter;
  for (const disk of state.disks) {
    const isOwnWrite = reporter.owner === 'procedure' && reporter.disk === disk.index && reporter.operation === 'write';
    if (disk.procedure?.writingTo === identity && !isOwnWrite) disk.procedure.wasReset = true;
    const side = sideOf(disk, identity);
    if (side !== undefined && isWriteCloning(disk.state)) noteLosses(state, disk, side, reporter, out);
  }
}

function noteLosses(state: EngineState, disk: DiskState, side: Side, reporter: RequestState, out: Effects): void {
  const isFault = side === 'target' && disk.state === 'target-selected';
  let regionsCount = 0;
  takeLosses(state, disk, side, reporter, (region) => {
    regionsCount += 1;
    // What the target has lost cannot be brought back from there, whichever of the two is noticed first (`data-path/copier.ts`).
    if (isFault) markLost(disk.unflushed.target, region);
    else setDirty(disk.map, region);
  });
  out.probe('reset.nothing-lost', regionsCount === 0);
  if (regionsCount === 0) return;
  out.probe(`reset.of-${side}`, disk.state !== 'target-selected');
  out.probe(`reset.of-${side}-while-target-selected`, disk.state === 'target-selected');
  disk.copier.targetBlank = false;
  if (isFault) noteTargetFault(state, disk, out);
}
