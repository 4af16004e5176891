/**
 * The content hash of one block version: two 32-bit lanes over its words, in integer arithmetic that every JavaScript engine
 * computes alike. All-zero content hashes to (0, 0) whether its zeros are stored or only marked, so that a block says what
 * it reads as and not how it came to be. Not cryptographic: it finds divergence, it resists nobody.
 */
import { assert } from '../assert.js';
import { Size } from '../geometry.js';

assert(
  new Uint8Array(Uint32Array.of(1).buffer)[0] === 1,
  'expected a little-endian host, as digests are over words in memory; no other is supported',
);

/** The two lanes of a hash, signed 32-bit integers: high, low. Filled in place, so that hashing allocates nothing. */
export type HashLanes = Int32Array;

export const newHashLanes = (hi = 0, lo = 0): HashLanes => Int32Array.of(hi, lo);

const MULTIPLIER_HI = 0x9e3779b1 | 0;
const MULTIPLIER_LO = 0x85ebca6b | 0;

/** Extends both lanes of `lanes` by one 32-bit `word`, by rules that differ, so that the lanes do not collide together. */
export function foldWord(lanes: HashLanes, word: number): void {
  const hi = Math.imul(lanes[0]! ^ word, MULTIPLIER_HI);
  const lo = Math.imul((lanes[1]! + word) | 0, MULTIPLIER_LO);
  lanes[0] = (hi << 13) | (hi >>> 19);
  lanes[1] = (lo << 17) | (lo >>> 15);
}

/** @returns `word` with every input bit spread over all output bits (the MurmurHash3 finalizer). */
export function avalanche(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/**
 * Hashes one block. Each sector's words go round four chains, so that no step waits for the one before; a chain's step is one-to-one in
 * its word, so that two blocks which differ in one word of a chain never agree. Then the sector enters both lanes, and these each other.
 * @param words memory that holds the block, as words
 * @param from index in `words` of the block's first word
 * @param zeroedMask the sectors that read as zeros whatever `words` says
 * @param out receives the lanes; (0, 0) exactly when, to 2^-64, the content is all zero
 */
export function hashCell(words: Int32Array, from: number, zeroedMask: number, out: HashLanes): void {
  let hi = 0;
  let lo = 0;
  let contentBits = 0;
  for (let sector = 0; sector < Size.BLOCK_SECTORS; sector += 1) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    if (((zeroedMask >>> sector) & 1) === 0) {
      const start = from + sector * Size.SECTOR_WORDS;
      for (let index = start; index < start + Size.SECTOR_WORDS; index += 4) {
        a = Math.imul(a ^ words[index]!, MULTIPLIER_HI);
        b = Math.imul(b ^ words[index + 1]!, MULTIPLIER_LO);
        c = Math.imul(c ^ words[index + 2]!, MULTIPLIER_HI);
        d = Math.imul(d ^ words[index + 3]!, MULTIPLIER_LO);
        a = (a << 13) | (a >>> 19);
        b = (b << 17) | (b >>> 15);
        c = (c << 13) | (c >>> 19);
        d = (d << 17) | (d >>> 15);
      }
    }
    // A stored zero sector leaves all chains at 0, as a marked one does: every step maps (0, word 0) to 0.
    contentBits |= a | b | c | d;
    hi = (Math.imul(((hi << 5) | (hi >>> 27)) ^ avalanche(a), MULTIPLIER_LO) + avalanche(~c) + sector) | 0;
    lo = Math.imul((((lo << 7) | (lo >>> 25)) + avalanche(b)) | 0, MULTIPLIER_HI) ^ (avalanche(~d) + sector);
    hi ^= avalanche(lo);
    lo = (lo + avalanche(hi)) | 0;
  }
  out[0] = contentBits === 0 ? 0 : avalanche(hi);
  out[1] = contentBits === 0 ? 0 : avalanche(lo);
}
