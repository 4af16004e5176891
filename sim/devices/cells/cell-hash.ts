/**
 * The content hash of one block version: two 32-bit lanes over its words, in integer arithmetic that every JavaScript engine
 * computes alike. All-zero content hashes to (0, 0) whether its zeros are stored or only marked, so that a block says what
 * it reads as and not how it came to be. Not cryptographic: it finds divergence, it resists nobody.
 */
import { assert } from '../assert.js';
import { BLOCK_SECTORS, SECTOR_WORDS } from '../geometry.js';

assert(
  new Uint8Array(Uint32Array.of(1).buffer)[0] === 1,
  'expected a little-endian host, as digests are over words in memory; no other is supported',
);

/** The two lanes of a hash, each a signed 32-bit integer. Filled in place, so that hashing allocates nothing. */
export type HashLanes = { hi: number; lo: number };

const MULTIPLIER_HI = 0x9e3779b1 | 0;
const MULTIPLIER_LO = 0x85ebca6b | 0;

/** Extends both lanes of `lanes` by one 32-bit `word`, by rules that differ, so that the lanes do not collide together. */
export function foldWord(lanes: HashLanes, word: number): void {
  const hi = Math.imul(lanes.hi ^ word, MULTIPLIER_HI);
  const lo = Math.imul((lanes.lo + word) | 0, MULTIPLIER_LO);
  lanes.hi = (hi << 13) | (hi >>> 19);
  lanes.lo = (lo << 17) | (lo >>> 15);
}

/** @returns `word` with every input bit spread over all output bits (the MurmurHash3 finalizer). */
export function avalanche(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/**
 * Hashes one block.
 * @param words memory that holds the block, as words
 * @param from index in `words` of the block's first word
 * @param zeroedMask the sectors that read as zeros whatever `words` says
 * @param out receives the lanes; (0, 0) exactly when, to 2^-64, the content is all zero
 */
export function hashCell(words: Int32Array, from: number, zeroedMask: number, out: HashLanes): void {
  let hi = 0;
  let lo = 0;
  let contentBits = 0;
  for (let sector = 0; sector < BLOCK_SECTORS; sector += 1) {
    let evenHi = 0;
    let evenLo = 0;
    let oddHi = 0;
    let oddLo = 0;
    if (((zeroedMask >>> sector) & 1) === 0) {
      const start = from + sector * SECTOR_WORDS;
      // `foldWord` by hand, on even and on odd words apart: the lanes stay in registers, and no step waits for the one before.
      for (let index = start; index < start + SECTOR_WORDS; index += 2) {
        const even = words[index]!;
        const odd = words[index + 1]!;
        contentBits |= even | odd;
        evenHi = Math.imul(evenHi ^ even, MULTIPLIER_HI);
        evenHi = (evenHi << 13) | (evenHi >>> 19);
        evenLo = Math.imul((evenLo + even) | 0, MULTIPLIER_LO);
        evenLo = (evenLo << 17) | (evenLo >>> 15);
        oddHi = Math.imul(oddHi ^ odd, MULTIPLIER_HI);
        oddHi = (oddHi << 13) | (oddHi >>> 19);
        oddLo = Math.imul((oddLo + odd) | 0, MULTIPLIER_LO);
        oddLo = (oddLo << 17) | (oddLo >>> 15);
      }
    }
    // A stored zero sector leaves all lanes at 0, as a marked one does: every step maps (0, word 0) to 0.
    hi = (Math.imul(((hi << 5) | (hi >>> 27)) ^ avalanche(evenHi), MULTIPLIER_LO) + avalanche(~oddHi) + sector) | 0;
    lo = Math.imul((((lo << 7) | (lo >>> 25)) + avalanche(evenLo)) | 0, MULTIPLIER_HI) ^ (avalanche(~oddLo) + sector);
  }
  out.hi = contentBits === 0 ? 0 : avalanche(hi);
  out.lo = contentBits === 0 ? 0 : avalanche(lo);
}
