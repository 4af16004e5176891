/** Owns the CRC-32 of the durable records and the region map (polynomial 0xEDB88320, as in IEEE 802.3 and zlib). */

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let remainder = index;
  for (let bit = 0; bit < 8; bit += 1) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  return remainder;
});

/** Checksum of `bytes[from, to)`, an unsigned 32-bit integer. */
export function crc32(bytes: Uint8Array, from: number, to: number): number {
  let remainder = 0xffffffff;
  for (let index = from; index < to; index += 1) {
    remainder = (remainder >>> 8) ^ (TABLE[(remainder ^ (bytes[index] ?? 0)) & 0xff] ?? 0);
  }
  return (remainder ^ 0xffffffff) >>> 0;
}
