/** Holds the sectors of the dirty-region log: they say what was set; torn, or of another session, that everything may differ. */

import test from 'ava';
import fc from 'fast-check';

import {
  decodeLogSector,
  encodeLogSector,
  logSectorsCount,
  REGIONS_PER_LOG_SECTOR,
} from '../../../engine/records/log-sector.js';

const SECTOR = { disk: 1, migration: 7, session: 3, index: 0, regionsCount: 200 };

test('records: log sector: what was set is read back, and nothing else', (t) => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(SECTOR.regionsCount - 1)), (regions) => {
      const isSet = decodeLogSector(
        SECTOR,
        encodeLogSector(SECTOR, (nth) => regions.includes(nth)),
      );
      for (let nth = 0; nth < SECTOR.regionsCount; nth += 1) t.is(isSet(nth), regions.includes(nth));
    }),
    { numRuns: 50 },
  );
});

test('records: log sector: one byte changed, or one field another: everything may differ', (t) => {
  const bytes = encodeLogSector(SECTOR, () => false);
  t.false(decodeLogSector(SECTOR, bytes)(5));
  for (const field of ['disk', 'migration', 'session', 'index', 'regionsCount'] as const)
    t.true(decodeLogSector({ ...SECTOR, [field]: SECTOR[field] + 1 }, bytes)(5), field);
  for (const at of [0, 30, 100, 511]) {
    const torn = bytes.slice();
    torn[at] = (torn[at] ?? 0) ^ 4;
    t.true(decodeLogSector(SECTOR, torn)(5), `byte ${at}`);
  }
});

test('records: log sector: a log is as long as its regions take', (t) => {
  t.is(logSectorsCount(0), 0);
  t.is(logSectorsCount(REGIONS_PER_LOG_SECTOR), 1);
  t.is(logSectorsCount(REGIONS_PER_LOG_SECTOR + 1), 2);
});
