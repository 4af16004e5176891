/**
 * Owns where the records lie. Every record has two copies, written alternately with a flush between, so that a torn write
 * can only spoil the older one.
 *
 *   any record      sector  0        8        16
 *                   | copy 0 | copy 1 |          a copy: 2 sectors used of 8
 *   data device     | label 0 | label 1 | application's range …
 *   shared device   | shared 0 | shared 1 |
 *   local device    per disk, every 1,024 sectors: | local 0 | local 1 | region map, at most 128 sectors | dirty log, at most 137 |
 *   acknowledgements  per disk and node, every 16 sectors: | slot 0 | slot 1 |
 */

export const SECTOR_BYTES = 512;
export const RECORD_SECTORS = 2;
export const RECORD_BYTES = RECORD_SECTORS * SECTOR_BYTES;
export const COPY_STRIDE_SECTORS = 8;
/** Sectors of a record with both copies. */
export const RECORD_PAIR_SECTORS = 2 * COPY_STRIDE_SECTORS;
/** Sectors at the start of a data device that hold its label; the application's sector 0 lies behind them. */
export const LABEL_SECTORS = RECORD_PAIR_SECTORS;
export const LOCAL_DISK_SECTORS = 1024;
export const MAP_SECTORS_MAX = 128;
export const REGIONS_MAX = MAP_SECTORS_MAX * SECTOR_BYTES * 8;
export const RETIREMENTS_MAX = 8;

export const sharedRecordSector = (): number => 0;
export const labelSector = (): number => 0;
export const localRecordSector = (disk: number): number => disk * LOCAL_DISK_SECTORS;
/** Behind the region map: a bit a region. */
export const dirtyLogSector = (disk: number): number => regionMapSector(disk) + MAP_SECTORS_MAX;
export const regionMapSector = (disk: number): number => disk * LOCAL_DISK_SECTORS + RECORD_PAIR_SECTORS;
export const acknowledgementSector = (disk: number, node: number, nodesMax: number): number =>
  (disk * nodesMax + node) * RECORD_PAIR_SECTORS;
