/** Owns the proof that a sector says who wrote it and where it belongs, and that no damage to it goes unnoticed. */
import fc from 'fast-check';
import test from 'ava';
import { fillSectors, sectorStamp, spoilSectors } from '../../../sim/nodes/payload.js';
import { Stamp } from '../../../sim/oracles/observation.js';
import { Size } from '../../../sim/devices/geometry.js';

const stamps = fc.integer({ min: Stamp.INITIAL, max: Stamp.GARBAGE - 1 });
const sectors = fc.integer({ min: 0, max: 2 ** 31 });
const wordIndices = fc.integer({ min: 0, max: Size.SECTOR_WORDS - 1 });

function filled(stamp: number, sector: number, count = 1): Int32Array {
  const words = new Int32Array(count * Size.SECTOR_WORDS);
  fillSectors(words, 0, stamp, sector, count);
  return words;
}

test('nodes: payload: each sector of a write gives its stamp at its place', (t) => {
  fc.assert(
    fc.property(stamps, sectors, fc.integer({ min: 1, max: 16 }), (stamp, sector, count) => {
      const words = filled(stamp, sector, count);
      for (let index = 0; index < count; index += 1) {
        t.is(sectorStamp(words, index * Size.SECTOR_WORDS, sector + index), stamp);
      }
    }),
  );
});

test('nodes: payload: a sector at a wrong place is garbage', (t) => {
  fc.assert(
    fc.property(stamps, sectors, sectors, (stamp, sector, elsewhere) => {
      fc.pre(sector !== elsewhere);
      t.is(sectorStamp(filled(stamp, sector), 0, elsewhere), Stamp.GARBAGE);
    }),
  );
});

test('nodes: payload: one flipped bit in any word is garbage', (t) => {
  fc.assert(
    fc.property(stamps, sectors, wordIndices, fc.integer({ min: 0, max: 31 }), (stamp, sector, index, bit) => {
      const words = filled(stamp, sector);
      words[index]! ^= 1 << bit;
      t.is(sectorStamp(words, 0, sector), Stamp.GARBAGE);
    }),
  );
});

test('nodes: payload: a tear between two writes, or a write and zeros, is garbage wherever it falls', (t) => {
  fc.assert(
    fc.property(stamps, stamps, sectors, fc.boolean(), (older, newer, sector, isBlank) => {
      fc.pre(older !== newer);
      for (let wordsNew = 1; wordsNew < Size.SECTOR_WORDS; wordsNew += 1) {
        const words = isBlank ? new Int32Array(Size.SECTOR_WORDS) : filled(older, sector);
        words.set(filled(newer, sector).subarray(0, wordsNew));
        t.is(sectorStamp(words, 0, sector), Stamp.GARBAGE, `torn after word ${wordsNew}`);
        words.set(filled(newer, sector));
        words.fill(0, wordsNew);
        t.is(sectorStamp(words, 0, sector), Stamp.GARBAGE, `zeros from word ${wordsNew} on`);
      }
    }),
    { numRuns: 20 },
  );
});

test('nodes: payload: two swapped words are garbage', (t) => {
  fc.assert(
    fc.property(stamps, sectors, wordIndices, wordIndices, (stamp, sector, one, other) => {
      const words = filled(stamp, sector);
      fc.pre(words[one] !== words[other]);
      [words[one], words[other]] = [words[other]!, words[one]!];
      t.is(sectorStamp(words, 0, sector), Stamp.GARBAGE);
    }),
  );
  const words = filled(7, 9);
  t.is(new Set(words).size, Size.SECTOR_WORDS, 'words that are all different cannot be swapped unseen');
});

test('nodes: payload: all zeros are zero, one word that is not is garbage', (t) => {
  fc.assert(
    fc.property(sectors, wordIndices, fc.integer({ min: 1, max: 2 ** 31 - 1 }), (sector, index, word) => {
      const words = new Int32Array(Size.SECTOR_WORDS);
      t.is(sectorStamp(words, 0, sector), Stamp.ZERO);
      words[index] = word;
      t.is(sectorStamp(words, 0, sector), Stamp.GARBAGE);
    }),
  );
});

test('nodes: payload: a spoiled sector is garbage, differs by salt, and leaves its neighbours alone', (t) => {
  fc.assert(
    fc.property(stamps, sectors, fc.nat(), fc.nat(), (stamp, sector, salt, salt2) => {
      const words = filled(stamp, sector, 3);
      spoilSectors(words, Size.SECTOR_WORDS, 1, salt);
      const once = words.slice();
      t.is(sectorStamp(words, Size.SECTOR_WORDS, sector + 1), Stamp.GARBAGE);
      spoilSectors(words, Size.SECTOR_WORDS, 1, salt2);
      t.is(sectorStamp(words, Size.SECTOR_WORDS, sector + 1), Stamp.GARBAGE);
      t.is(once.join() === words.join(), salt === salt2);
      t.is(sectorStamp(words, 0, sector), stamp);
      t.is(sectorStamp(words, 2 * Size.SECTOR_WORDS, sector + 2), stamp);
    }),
  );
});

test('nodes: payload: a blank sector can be spoiled, by salt 0 too', (t) => {
  const blank = new Int32Array(Size.SECTOR_WORDS);
  spoilSectors(blank, 0, 1, 0);
  t.is(sectorStamp(blank, 0, 3), Stamp.GARBAGE);
});
