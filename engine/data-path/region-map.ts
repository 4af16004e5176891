/**
 * Owns the region map: one bit a region, set while the target may lack what the source holds. A cursor finds the next dirty region
 * without starting over, and wraps, so that a region dirtied behind it is found too.
 */

import { fail } from '../state/assert.js';

export interface RegionMap {
  regionsCount: number;
  dirtyCount: number;
  /** Bit r % 32 of word r / 32 stands for region r. */
  words: Uint32Array;
}

export const emptyRegionMap = (): RegionMap => ({ regionsCount: 0, dirtyCount: 0, words: new Uint32Array(0) });

export function allDirtyMap(regionsCount: number): RegionMap {
  const map = allCleanMap(regionsCount);
  setAllDirty(map);
  return map;
}

export const allCleanMap = (regionsCount: number): RegionMap => ({
  regionsCount,
  dirtyCount: 0,
  words: new Uint32Array(Math.ceil(regionsCount / 32)),
});

export const copyOfMap = (map: RegionMap): RegionMap => ({ ...map, words: map.words.slice() });

/** The same with more regions, those clean. */
export function longerMap(map: RegionMap, regionsCount: number): RegionMap {
  const longer = allCleanMap(regionsCount);
  longer.words.set(map.words);
  return { ...longer, dirtyCount: map.dirtyCount };
}

export function setAllDirty(map: RegionMap): void {
  map.words.fill(0xffffffff);
  const used = map.regionsCount % 32;
  if (used !== 0) map.words[map.words.length - 1] = (1 << used) - 1;
  map.dirtyCount = map.regionsCount;
}

export function isDirty(map: RegionMap, region: number): boolean {
  return ((map.words[region >>> 5] ?? 0) & (1 << (region & 31))) !== 0;
}

export function setDirty(map: RegionMap, region: number): void {
  requireRegion(map, region);
  if (isDirty(map, region)) return;
  map.words[region >>> 5] = (map.words[region >>> 5] ?? 0) | (1 << (region & 31));
  map.dirtyCount += 1;
}

export function setClean(map: RegionMap, region: number): void {
  requireRegion(map, region);
  if (!isDirty(map, region)) return;
  map.words[region >>> 5] = (map.words[region >>> 5] ?? 0) & ~(1 << (region & 31));
  map.dirtyCount -= 1;
}

/** First dirty region at or after `from`, else the first of all; -1 if none is dirty. */
export function nextDirty(map: RegionMap, from: number): number {
  if (map.dirtyCount === 0) return -1;
  const found = firstDirtyIn(map, from, map.regionsCount);
  return found >= 0 ? found : firstDirtyIn(map, 0, from);
}

function firstDirtyIn(map: RegionMap, from: number, to: number): number {
  let region = from;
  while (region < to) {
    const word = (map.words[region >>> 5] ?? 0) >>> (region & 31);
    if (word === 0) {
      region = (region | 31) + 1;
      continue;
    }
    const found = region + (31 - Math.clz32(word & -word));
    return found < to ? found : -1;
  }
  return -1;
}

/** The map as bytes, little-endian, for the local metadata device; a copy. */
export function mapBytes(map: RegionMap, bytesCount: number): Uint8Array {
  const bytes = new Uint8Array(bytesCount);
  const view = new DataView(bytes.buffer);
  map.words.forEach((word, index) => view.setUint32(4 * index, word, true));
  return bytes;
}

export function mapFromBytes(bytes: Uint8Array, regionsCount: number): RegionMap {
  const map = allCleanMap(regionsCount);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let region = 0; region < regionsCount; region += 1) {
    if ((view.getUint32(4 * (region >>> 5), true) & (1 << (region & 31))) !== 0) setDirty(map, region);
  }
  return map;
}

function requireRegion(map: RegionMap, region: number): void {
  if (!(region >= 0 && region < map.regionsCount)) fail(`region ${region} of ${map.regionsCount}`);
}
