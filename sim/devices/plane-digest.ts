/**
 * The digest of one plane: what every block reads as, in ascending order, in two 32-bit lanes. Blocks that read as zeros are
 * left out, so that a device which never wrote them has the same digest. Lineage, torn marks, cell numbers and the device's
 * size have no part in it. Costs one step a touched block, and a hash of those whose content is new.
 */
import { type Plane } from './block-table.js';
import { avalanche, foldWord, newHashLanes } from './cells/cell-hash.js';
import type { DeviceState } from './device-state.js';
import { Size } from './geometry.js';

/** 64 bits as two unsigned 32-bit integers. */
export type PlaneDigest = { readonly hi: number; readonly lo: number };

/** @returns the digest of `plane`, which starts from the seed given: a digest before it, or what tells devices apart. */
export function digestPlane(device: DeviceState, plane: Plane, seedHi: number, seedLo: number): PlaneDigest {
  const { arena, table } = device;
  const lanes = newHashLanes(seedHi, seedLo);
  const content = newHashLanes();
  for (const chunk of table.chunks) {
    const cells = chunk[plane];
    for (let index = 0; index < Size.CHUNK_BLOCKS; index += 1) {
      const cell = cells[index]!;
      if (cell === 0) continue;
      arena.hash(cell, content);
      if (content[0] === 0 && content[1] === 0) continue;
      foldWord(lanes, chunk.number * Size.CHUNK_BLOCKS + index + 1);
      foldWord(lanes, content[0]!);
      foldWord(lanes, content[1]!);
    }
  }
  return { hi: avalanche(lanes[0]!) >>> 0, lo: avalanche(lanes[1]!) >>> 0 };
}
