/**
 * Owns what block payload looks like, so that every sector says who wrote it and where it belongs. The application fills its buffers
 * with it, the world prefills devices with it, and whoever reads bytes, from a buffer or a plane, turns them back into a stamp.
 *
 *     one sector, 512 bytes, 128 words of 32 bits, little-endian
 *     | stamp | application sector | filler 2 | filler 3 | … | filler 127 |
 *
 * Each filler word depends on stamp, sector and its own place, so that a torn sector, two swapped words, or a sector at a wrong place
 * fits no stamp. The device is not part of the pattern: a copy carries the payload along as it is.
 */
import { Stamp } from '../oracles/observation.js';
import { Size } from '../devices/geometry.js';

const FILLER_FIRST = 2;
const FILLER_STEP = 0x6d2b79f5;
/** Fillers a round of a loop, since its own cost is as much as a filler's: a divisor of the 126 there are. */
const FILLERS_PER_ROUND = 3;

function fillerStart(stamp: number, sector: number): number {
  return Math.imul(stamp, 0x9e3779b1) ^ Math.imul(sector + 1, 0x85ebca6b);
}

/**
 * Fills `count` sectors of `words`, from word `offset` on, as the write `stamp` of application sectors `sector`, `sector + 1`, …
 * @param stamp 1 (filled before the run) or the number of a write, below 2³² − 1
 */
export function fillSectors(words: Int32Array, offset: number, stamp: number, sector: number, count: number): void {
  let at = offset;
  for (let done = 0; done < count; done += 1) {
    let filler = fillerStart(stamp, sector + done);
    words[at] = stamp;
    words[at + 1] = sector + done;
    const end = at + Size.SECTOR_WORDS;
    for (at += FILLER_FIRST; at < end; at += FILLERS_PER_ROUND) {
      words[at] = filler;
      words[at + 1] = filler + FILLER_STEP;
      words[at + 2] = filler + 2 * FILLER_STEP;
      filler = (filler + FILLERS_PER_ROUND * FILLER_STEP) | 0;
    }
  }
}

/**
 * @returns the stamp of the sector at word `offset`, every word of it checked: `Stamp.ZERO` if it is all zeros, `Stamp.GARBAGE` if it is
 * not, as a whole, what one write put at `expectedSector`.
 */
export function sectorStamp(words: Int32Array, offset: number, expectedSector: number): number {
  const stamp = words[offset]!;
  if (stamp === 0) return isZero(words, offset) ? Stamp.ZERO : Stamp.GARBAGE;
  let difference = words[offset + 1]! ^ expectedSector;
  let filler = fillerStart(stamp, expectedSector);
  const end = offset + Size.SECTOR_WORDS;
  for (let at = offset + FILLER_FIRST; at < end; at += FILLERS_PER_ROUND) {
    difference |=
      (words[at]! ^ filler) | (words[at + 1]! ^ (filler + FILLER_STEP)) | (words[at + 2]! ^ (filler + 2 * FILLER_STEP));
    filler = (filler + FILLERS_PER_ROUND * FILLER_STEP) | 0;
  }
  return difference === 0 ? stamp >>> 0 : Stamp.GARBAGE;
}

/** Damages `count` sectors so that each reads as `Stamp.GARBAGE`. Another `salt` gives other bytes. */
export function spoilSectors(words: Int32Array, offset: number, count: number, salt: number): void {
  const place = FILLER_FIRST + (salt % (Size.SECTOR_WORDS - FILLER_FIRST));
  const end = offset + count * Size.SECTOR_WORDS;
  for (let at = offset; at < end; at += Size.SECTOR_WORDS) {
    words[at] = Stamp.GARBAGE;
    words[at + place] = salt;
  }
}

function isZero(words: Int32Array, offset: number): boolean {
  let bits = 0;
  const end = offset + Size.SECTOR_WORDS;
  for (let at = offset; at < end; at += 1) bits |= words[at]!;
  return bits === 0;
}
