/**
 * Owns the CRC-32 of the durable records and the region map (polynomial 0xEDB88320, as in IEEE 802.3 and zlib). Four bytes a round: every record
 * that is read is checked whole (M. Kounavis and F. Berry, "A systematic approach to building high performance software-based CRC generators",
 * ISCC 2005, "slicing-by-4").
 */

/** `TABLES[k][b]`: what byte `b` adds to the checksum when `k` more bytes follow it. */
const TABLES = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)] as const;
for (let byte = 0; byte < 256; byte += 1) {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  TABLES[0][byte] = remainder;
}
for (let byte = 0; byte < 256; byte += 1) {
  for (let later = 1; later < 4; later += 1) {
    const before = TABLES[later - 1]![byte]!;
    TABLES[later]![byte] = (before >>> 8) ^ TABLES[0][before & 0xff]!;
  }
}
const [LAST, THIRD, SECOND, FIRST] = TABLES;

/** Checksum of `bytes[from, to)`, an unsigned 32-bit integer. */
export function crc32(bytes: Uint8Array, from: number, to: number): number {
  let remainder = 0xffffffff;
  let index = from;
  for (; index + 4 <= to; index += 4) {
    remainder ^= bytes[index]! | (bytes[index + 1]! << 8) | (bytes[index + 2]! << 16) | (bytes[index + 3]! << 24);
    remainder =
      FIRST[remainder & 0xff]! ^
      SECOND[(remainder >>> 8) & 0xff]! ^
      THIRD[(remainder >>> 16) & 0xff]! ^
      LAST[remainder >>> 24]!;
  }
  for (; index < to; index += 1) remainder = (remainder >>> 8) ^ LAST[(remainder ^ bytes[index]!) & 0xff]!;
  return (remainder ^ 0xffffffff) >>> 0;
}
