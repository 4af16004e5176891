/**
 * Owns the bytes of the dirty-region log: one bit a region, set while the two sides may differ there. Each sector stands for itself: one that is
 * torn, or left over from another session, says that all its regions may differ.
 *
 *   byte  0      4        8     12         16       20     24             28 …            508
 *         | magic | version | disk | migration | session | index | regionsCount | 3,840 bits … | CRC-32 of bytes 0–507 |
 */

import { crc32 } from './crc32.js';
import { SECTOR_BYTES } from './layout.js';

export interface LogSector {
  disk: number;
  migration: number;
  session: number;
  /** Place in the log. */
  index: number;
  regionsCount: number;
}

const MAGIC = 0x44525543;
const VERSION = 1;
const BITS_OFFSET = 28;
const CRC_OFFSET = SECTOR_BYTES - 4;
export const REGIONS_PER_LOG_SECTOR = (CRC_OFFSET - BITS_OFFSET) * 8;

export const logSectorsCount = (regionsCount: number): number => Math.ceil(regionsCount / REGIONS_PER_LOG_SECTOR);

const header = ({ disk, migration, session, index, regionsCount }: LogSector): number[] => [
  MAGIC,
  VERSION,
  disk,
  migration,
  session,
  index,
  regionsCount,
];

/** `isSet`: of the n-th region of this sector. */
export function encodeLogSector(sector: LogSector, isSet: (nth: number) => boolean): Uint8Array {
  const bytes = new Uint8Array(SECTOR_BYTES);
  const view = new DataView(bytes.buffer);
  header(sector).forEach((word, index) => view.setUint32(4 * index, word, true));
  const regionsCount = Math.min(REGIONS_PER_LOG_SECTOR, sector.regionsCount - sector.index * REGIONS_PER_LOG_SECTOR);
  for (let nth = 0; nth < regionsCount; nth += 1) {
    if (isSet(nth)) bytes[BITS_OFFSET + (nth >>> 3)] = (bytes[BITS_OFFSET + (nth >>> 3)] ?? 0) | (1 << (nth & 7));
  }
  view.setUint32(CRC_OFFSET, crc32(bytes, 0, CRC_OFFSET), true);
  return bytes;
}

/** Whether the n-th region of this sector may differ. `bytes` starts at the sector. */
export function decodeLogSector(sector: LogSector, bytes: Uint8Array): (nth: number) => boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, SECTOR_BYTES);
  const isWhole = view.getUint32(CRC_OFFSET, true) === crc32(bytes, 0, CRC_OFFSET);
  const isOfSession = header(sector).every((word, index) => view.getUint32(4 * index, true) === word);
  if (!isWhole || !isOfSession) return () => true;
  return (nth) => ((bytes[BITS_OFFSET + (nth >>> 3)] ?? 0) & (1 << (nth & 7))) !== 0;
}
