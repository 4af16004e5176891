/**
 * One simulated block device: sectors of 512 B, sparse, with a volatile write cache.
 *
 * DURABILITY MODEL. There are two planes. Reads and writes act on the *volatile* one, at once and in the order of the calls.
 * A flush makes the durable plane equal to it; `flushRange` does so for some sectors (FUA). A power loss keeps the durable
 * plane and any mixture, sector by sector, of what was written since (see `power-loss.ts`). Every sector of both planes knows
 * the operation that wrote it. In this model a discarded sector reads as zeros.
 *
 * All operations are synchronous and take effect at the instant of service: when that is, what fails, what lands only in
 * part and who may write are decided by callers, who also check ranges. Reservations, faults and latency live elsewhere.
 *
 *   write ─► new cell ─► volatile plane        flush: durable := volatile, index work only
 *                  └───► flush epoch            a cell is never changed while the durable plane holds it
 */
import type { Arena } from './arena.js';
import { assert, fail } from './assert.js';
import type { Plane } from './block-table.js';
import { assertTearBytes, readSectors } from './cells/cell-sectors.js';
import { blankDevice, type DeviceState, releaseCells } from './device-state.js';
import { type AllocatedExtent, firstAllocatedExtent } from './extents.js';
import { flushAll, flushSectors } from './flushing.js';
import { blockOf, DEVICE_SECTORS_MAX, Size } from './geometry.js';
import { type LandedSectors, landSectors } from './landing.js';
import { digestPlane, type PlaneDigest } from './plane-digest.js';
import { losePower, type SectorChoice, visitUnflushed } from './power-loss.js';

/** What a device is besides its size. */
export type BlockDeviceTraits = {
  /** Whether a power failure can leave a sector with bytes of two versions. Default false: sectors are atomic. */
  readonly tearsSectors?: boolean;
};

/** What `glance` finds: who wrote the sector, and where its words lie: from `offset` on in `words`, to be looked at before anything is written. */
export interface SectorGlance {
  operation: number;
  isTorn: boolean;
  words: Int32Array;
  offset: number;
}

const ZERO_WORDS = new Int32Array(Size.SECTOR_WORDS);

export class BlockDevice {
  readonly arena: Arena;
  readonly #state: DeviceState;
  readonly #tornSector = new Uint8Array(Size.SECTOR_BYTES);
  #sizeSectors = 0;
  #tearsSectors = false;
  #generation: number;

  /** Makes a device of `sizeSectors` (at most 2^32) that was never written. Devices of one world share an arena. */
  constructor(arena: Arena, sizeSectors: number, traits: BlockDeviceTraits = {}) {
    this.arena = arena;
    this.#state = blankDevice(arena);
    this.#generation = arena.generation;
    this.reset(sizeSectors, traits);
  }

  get sizeSectors(): number {
    return this.#sizeSectors;
  }

  get tearsSectors(): boolean {
    return this.#tearsSectors;
  }

  /** Sectors, each counted once, that a power loss could take back. */
  get unflushedSectorsCount(): number {
    return this.#state.epoch.sectorsCount;
  }

  /** Makes this a new device, never written. Its cells are freed, unless `Arena.reset` has done so already. */
  reset(sizeSectors: number, traits: BlockDeviceTraits = {}): void {
    if (this.#generation === this.arena.generation) releaseCells(this.#state);
    this.#generation = this.arena.generation;
    this.#state.table.reset();
    this.#state.epoch.reset();
    this.#sizeSectors = 0;
    this.#tearsSectors = traits.tearsSectors ?? false;
    this.grow(sizeSectors);
  }

  /** Adds never-written sectors at the end, durably and at once. */
  grow(sizeSectors: number): void {
    const fits = Number.isInteger(sizeSectors) && sizeSectors >= this.#sizeSectors && sizeSectors <= DEVICE_SECTORS_MAX;
    assert(fits, `expected a size from ${this.#sizeSectors} to 2^32 sectors, got ${sizeSectors}`);
    this.#sizeSectors = sizeSectors;
  }

  /**
   * Writes `count` sectors from `sector` on, volatile only.
   * @param source bytes, such as a view of a DMA slot; they are copied before this returns
   * @param sourceOffsetBytes where the bytes of `sector` start in `source`
   * @param operation id of the write for the lineage: 1 to 2^32 - 1
   */
  write(sector: number, count: number, source: Uint8Array, sourceOffsetBytes: number, operation: number): void {
    this.#requireSource(source, sourceOffsetBytes, count);
    this.#land(sector, count, source, sourceOffsetBytes, operation, undefined);
  }

  /** The same, but only the sectors marked in `landed` arrive: a write cut short by a crash, or torn between sectors. */
  writeSectors(
    sector: number,
    count: number,
    source: Uint8Array,
    sourceOffsetBytes: number,
    operation: number,
    landed: LandedSectors,
  ): void {
    this.#requireSource(source, sourceOffsetBytes, count);
    this.#land(sector, count, source, sourceOffsetBytes, operation, landed);
  }

  /**
   * Writes the first `bytesNew` bytes (8 to 504, a multiple of 8) of one sector, all of which `source` holds; the rest stays
   * what it was. Only on a device that tears sectors. The sector counts as written by `operation`, and as torn until it is
   * written again.
   */
  tearSector(sector: number, source: Uint8Array, sourceOffsetBytes: number, bytesNew: number, operation: number): void {
    assert(this.#tearsSectors, `expected no torn sector on a device that keeps sectors whole, at sector ${sector}`);
    assertTearBytes(bytesNew);
    this.#requireSource(source, sourceOffsetBytes, 1);
    this.peek('volatile', sector, this.#tornSector);
    this.#tornSector.set(source.subarray(sourceOffsetBytes, sourceOffsetBytes + bytesNew));
    this.#land(sector, 1, this.#tornSector, 0, operation, undefined);
    const cell = this.#state.table.cell('volatile', blockOf(sector));
    this.arena.tornMask[cell]! |= 1 << (sector % Size.BLOCK_SECTORS);
  }

  /** Makes `count` sectors read as zeros, volatile only. Whole blocks share one cell, whose bytes are never stored. */
  writeZeroes(sector: number, count: number, operation: number): void {
    this.#land(sector, count, undefined, 0, operation, undefined);
  }

  /** The same as `writeZeroes`: what this device does on a discard. */
  discard(sector: number, count: number, operation: number): void {
    this.#land(sector, count, undefined, 0, operation, undefined);
  }

  /** A `discard` or `writeZeroes` of which only the sectors marked in `landed` took effect. */
  writeZeroesSectors(sector: number, count: number, operation: number, landed: LandedSectors): void {
    this.#land(sector, count, undefined, 0, operation, landed);
  }

  /** Reads `count` sectors of the volatile plane into `destination`, from `destinationOffsetBytes` on. */
  read(sector: number, count: number, destination: Uint8Array, destinationOffsetBytes: number): void {
    this.#requireRange(sector, count);
    if (destinationOffsetBytes < 0 || destinationOffsetBytes + count * Size.SECTOR_BYTES > destination.length) {
      fail(`expected room for ${count} sectors at byte ${destinationOffsetBytes}, got ${destination.length} bytes`);
    }
    this.#copyOut('volatile', sector, count, destination, destinationOffsetBytes);
  }

  /** Makes the whole volatile plane durable and starts a new flush epoch. Moves no bytes. */
  flush(): void {
    this.#requireCurrent();
    flushAll(this.#state);
  }

  /** Makes the volatile version of `count` sectors durable, and of no other: a FUA write after it landed, or a FUA read. */
  flushRange(sector: number, count: number): void {
    this.#requireRange(sector, count);
    flushSectors(this.#state, sector, sector + count);
  }

  /** Cuts the power: see `power-loss.ts` for the fault model, and `SectorChoice` for what `choose` decides. */
  powerLoss(choose: SectorChoice): void {
    this.#requireCurrent();
    losePower(this.#state, this.#tearsSectors, choose);
    assert(this.unflushedSectorsCount === 0, `${this.unflushedSectorsCount} sectors unflushed after a power loss`);
  }

  /** Visits, in ascending order, each sector a power loss could take back, with what `SectorChoice` would be given. */
  eachUnflushedSector(visit: (candidatesCount: number, sector: number) => void): void {
    this.#requireCurrent();
    visitUnflushed(this.#state, visit);
  }

  /** Finds the first allocated extent of the volatile plane among the sectors `fromSector` to `endSector` (exclusive). */
  nextAllocatedExtent(fromSector: number, endSector: number): AllocatedExtent | undefined {
    this.#requireRange(fromSector, endSector - fromSector);
    return firstAllocatedExtent(this.#state, fromSector, endSector);
  }

  /** @returns the id of the operation that wrote `sector` in `plane`; 0 when none did. */
  lineage(plane: Plane, sector: number): number {
    const cell = this.#peekCell(plane, sector);
    return this.arena.lineage[cell * Size.BLOCK_SECTORS + (sector % Size.BLOCK_SECTORS)]!;
  }

  /** @returns whether `sector` of `plane` holds bytes of two versions; its lineage then names the newer one. */
  isTorn(plane: Plane, sector: number): boolean {
    return ((this.arena.tornMask[this.#peekCell(plane, sector)]! >>> (sector % Size.BLOCK_SECTORS)) & 1) !== 0;
  }

  /** Reads `count` sectors of either plane into `destination`. */
  peek(plane: Plane, sector: number, destination: Uint8Array, count = 1): void {
    this.#requireRange(sector, count);
    this.#copyOut(plane, sector, count, destination, 0);
  }

  /** @returns little-endian word `wordIndex` (0 to 127) of one sector of either plane, unsigned. */
  peekWord(plane: Plane, sector: number, wordIndex: number): number {
    const within = sector % Size.BLOCK_SECTORS;
    const cell = this.#peekCell(plane, sector);
    if (wordIndex < 0 || wordIndex >= Size.SECTOR_WORDS) fail(`expected a word from 0 to 127, got ${wordIndex}`);
    if (((this.arena.zeroedMask[cell]! >>> within) & 1) !== 0) return 0;
    return this.arena.word(cell, within * Size.SECTOR_WORDS + wordIndex);
  }

  /** Looks at one sector of either plane without moving its bytes. */
  glance(plane: Plane, sector: number, into: SectorGlance): void {
    const cell = this.#peekCell(plane, sector);
    const { arena } = this;
    const within = sector % Size.BLOCK_SECTORS;
    const isZeroed = ((arena.zeroedMask[cell]! >>> within) & 1) !== 0;
    into.operation = arena.lineage[cell * Size.BLOCK_SECTORS + within]!;
    into.isTorn = ((arena.tornMask[cell]! >>> within) & 1) !== 0;
    into.words = isZeroed ? ZERO_WORDS : arena.segment(cell);
    into.offset = isZeroed ? 0 : arena.wordOffset(cell) + within * Size.SECTOR_WORDS;
  }

  /** @returns the digest of what `plane` reads as (see `plane-digest.ts`), which starts from the seed given. */
  digest(plane: Plane, seedHi = 0, seedLo = 0): PlaneDigest {
    this.#requireCurrent();
    return digestPlane(this.#state, plane, seedHi, seedLo);
  }

  #land(
    sector: number,
    count: number,
    source: Uint8Array | undefined,
    sourceOffsetBytes: number,
    operation: number,
    landed: LandedSectors | undefined,
  ): void {
    this.#requireRange(sector, count);
    if (!(operation > 0 && operation < 2 ** 32)) fail(`expected an operation id from 1 to 2^32 - 1, got ${operation}`);
    if (landed !== undefined && landed.length < count) fail(`expected ${count} marks, got ${landed.length}`);
    landSectors(this.#state, sector, count, source, sourceOffsetBytes, operation, landed);
  }

  #copyOut(plane: Plane, sector: number, count: number, destination: Uint8Array, offsetBytes: number): void {
    const end = sector + count;
    for (let from = sector, offset = offsetBytes; from < end; ) {
      const within = from % Size.BLOCK_SECTORS;
      const taken = Math.min(Size.BLOCK_SECTORS - within, end - from);
      const cell = this.#state.table.cell(plane, blockOf(from));
      readSectors(this.arena, cell, within, within + taken, destination, offset);
      from += taken;
      offset += taken * Size.SECTOR_BYTES;
    }
  }

  #peekCell(plane: Plane, sector: number): number {
    this.#requireRange(sector, 1);
    return this.#state.table.cell(plane, blockOf(sector));
  }

  #requireCurrent(): void {
    if (this.#generation !== this.arena.generation)
      fail('expected BlockDevice.reset after Arena.reset, got a stale device');
  }

  #requireRange(sector: number, count: number): void {
    this.#requireCurrent();
    const isRange = Number.isInteger(sector) && Number.isInteger(count) && sector >= 0 && count >= 0;
    if (isRange && sector + count <= this.#sizeSectors) return;
    fail(`expected sectors below ${this.#sizeSectors}, got ${count} from ${sector} on`);
  }

  #requireSource(source: Uint8Array, offsetBytes: number, count: number): void {
    if (offsetBytes >= 0 && offsetBytes + count * Size.SECTOR_BYTES <= source.length) return;
    fail(`expected ${count} sectors at byte ${offsetBytes} of the source, got ${source.length} bytes`);
  }
}
