/**
 * The units of every simulated block device: the sector, which is what a power loss keeps or drops, and the block, which is
 * what the model copies on write. Owns no state.
 */

/** A const enum, so that the compiler writes the number in place: V8 looks an imported constant up at each use, and divides where it could shift. */
export const enum Size {
  /** Bytes in one sector: the unit of address, of atomicity and of lineage. */
  SECTOR_BYTES = 512,
  /** Bytes in one block: the unit of copy on write and of allocation. */
  BLOCK_BYTES = 4096,
  /** Sectors in one block. The model packs a block's sectors in the bits of one byte, so this cannot exceed 8. */
  BLOCK_SECTORS = BLOCK_BYTES / SECTOR_BYTES,
  /** A mask with the bit of every sector of a block set. Bit `s` stands for sector `s` of the block. */
  BLOCK_MASK = 2 ** BLOCK_SECTORS - 1,
  /** 32-bit words in one sector. */
  SECTOR_WORDS = SECTOR_BYTES / 4,
  /** A power failure inside a sector cuts between two units of this many bytes, never within one. */
  TEAR_UNIT_BYTES = 8,
  /** Blocks in one chunk of a device's index (`block-table.ts`): 2 MiB of device. */
  CHUNK_BLOCKS = 1 << 9,
  /** Sectors in one chunk. */
  CHUNK_SECTORS = CHUNK_BLOCKS * BLOCK_SECTORS,
}

/** The largest device: 2 TiB, so that a sector number and a block number fit 32 bits. */
export const DEVICE_SECTORS_MAX = 2 ** 32;

/** Zeros to copy from: filling shared memory is many times slower than copying a private block into it. Never written. */
export const ZERO_BLOCK: Uint8Array = new Uint8Array(Size.BLOCK_BYTES);

/** @returns the mask of the sectors `from` (inclusive) to `end` (exclusive) of one block, both 0 to `BLOCK_SECTORS`. */
export function sectorsMask(from: number, end: number): number {
  return ((1 << end) - 1) & ~((1 << from) - 1);
}

/** @returns the mask of those sectors of `block` that lie in the device sectors `sector` (inclusive) to `end` (exclusive). */
export function blockRangeMask(block: number, sector: number, end: number): number {
  const first = block * Size.BLOCK_SECTORS;
  return sectorsMask(Math.max(sector - first, 0), Math.min(end - first, Size.BLOCK_SECTORS));
}

/** @returns how many sectors `mask`, one block's mask, names. */
export function maskSectorsCount(mask: number): number {
  const pairs = mask - ((mask >>> 1) & 0x55);
  const fours = (pairs & 0x33) + ((pairs >>> 2) & 0x33);
  return (fours + (fours >>> 4)) & 0x0f;
}

/** @returns the block that holds `sector`. */
export function blockOf(sector: number): number {
  return Math.floor(sector / Size.BLOCK_SECTORS);
}
