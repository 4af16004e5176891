/**
 * Power loss of one device. FAULT MODEL: everything flushed survives; of what was written since, each sector comes out
 * by itself, as it was at the last flush or as any one write since then left it. So any subset of the unflushed writes may
 * survive, in any order, and one write of many sectors may survive in part. A device declared to tear may in addition leave
 * one sector with the first bytes of a newer version and the rest of an older one. Nothing else appears: no bytes of another
 * sector, none that were never written. Afterwards both planes hold the outcome and the flush epoch is empty.
 *
 * This file composes the outcome; who chooses is a parameter.
 */
import { assert, fail } from './assert.js';

import { copySectors, tearCellSector } from './cells/cell-sectors.js';
import type { DeviceState } from './device-state.js';
import { Size } from './geometry.js';

/**
 * A sector with bytes of two versions.
 * `older` < `newer`: two of the sector's versions, numbered as in `SectorChoice`;
 * `bytesNew`: how many of its first bytes are of `newer`: 8 to 504, a multiple of 8.
 */
export type TornSector = { readonly older: number; readonly newer: number; readonly bytesNew: number };

/**
 * Decides how one sector comes out of a power loss. Called once for each sector that has unflushed versions, in ascending
 * sector order; must not touch the device.
 * @param candidatesCount n ≥ 1, how many times the sector was written since it was last durable
 * @param sector the device's sector number
 * @returns 0: as it was when last durable; 1 to n: as the k-th of those writes left it; or torn, on a device that tears
 */
export type SectorChoice = (candidatesCount: number, sector: number) => number | TornSector;

/** Applies `choose` to every unflushed sector; the composed state becomes both planes. */
export function losePower(device: DeviceState, tearsSectors: boolean, choose: SectorChoice): void {
  for (const block of device.epoch.blocksAscending()) losePowerOfBlock(device, tearsSectors, block, choose);
}

/** Tells `visit`, in ascending sector order, what `losePower` would ask about; changes nothing. */
export function visitUnflushed(device: DeviceState, visit: (candidatesCount: number, sector: number) => void): void {
  const candidates: number[] = [0];
  for (const block of device.epoch.blocksAscending()) {
    const entry = device.table.touch(block).entries[block % Size.CHUNK_BLOCKS]!;
    for (let sector = 0; sector < Size.BLOCK_SECTORS; sector += 1) {
      const count = device.epoch.candidates(entry, 1 << sector, candidates);
      if (count > 0) visit(count, block * Size.BLOCK_SECTORS + sector);
    }
  }
}

function losePowerOfBlock(device: DeviceState, tearsSectors: boolean, block: number, choose: SectorChoice): void {
  const { arena, table, epoch } = device;
  const chunk = table.touch(block);
  const index = block % Size.CHUNK_BLOCKS;
  const entry = chunk.entries[index]!;
  const dirty = epoch.mask(entry);
  const cell = arena.allocate();
  const candidates: number[] = [chunk.durable[index]!];
  copySectors(arena, candidates[0]!, cell, Size.BLOCK_MASK & ~dirty);
  for (let sector = 0; sector < Size.BLOCK_SECTORS; sector += 1) {
    const bit = 1 << sector;
    if ((dirty & bit) === 0) continue;
    const count = epoch.candidates(entry, bit, candidates);
    const choice = choose(count, block * Size.BLOCK_SECTORS + sector);
    if (typeof choice === 'number') {
      requireVersion(choice, count, block, sector);
      copySectors(arena, candidates[choice]!, cell, bit);
      continue;
    }
    assert(tearsSectors, `expected no torn sector on a device that keeps sectors whole, at block ${block}`);
    requireVersion(choice.newer, count, block, sector);
    requireVersion(choice.older, choice.newer - 1, block, sector);
    tearCellSector(arena, candidates[choice.older]!, candidates[choice.newer]!, cell, sector, choice.bytesNew);
  }
  epoch.forget(entry, Size.BLOCK_MASK);
  chunk.entries[index] = 0;
  arena.release(chunk.volatile[index]!);
  arena.release(chunk.durable[index]!);
  arena.retain(cell);
  chunk.volatile[index] = cell;
  chunk.durable[index] = cell;
}

function requireVersion(version: number, versionMax: number, block: number, sector: number): void {
  if (Number.isInteger(version) && version >= 0 && version <= versionMax) return;
  fail(`expected a version from 0 to ${versionMax}, got ${version}, at sector ${block * Size.BLOCK_SECTORS + sector}`);
}
