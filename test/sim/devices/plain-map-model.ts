/**
 * The device model again, as plainly as it can be said: maps from sector to version, no blocks, no sharing, no reuse. The
 * real model is compared with it after every operation of a random history.
 */
import type { BlockDevice } from '../../../sim/devices/block-device.js';
import type { Plane } from '../../../sim/devices/block-table.js';

import type { SectorChoice } from '../../../sim/devices/power-loss.js';
import { Size } from '../../../sim/devices/geometry.js';

/** What one sector holds. `stored`: it counts as allocated. */
export type SectorVersion = { operation: number; bytes: Uint8Array; stored: boolean; torn: boolean };

const NEVER: SectorVersion = { operation: 0, bytes: new Uint8Array(Size.SECTOR_BYTES), stored: false, torn: false };

export class PlainMapModel {
  readonly volatile = new Map<number, SectorVersion>();
  readonly durable = new Map<number, SectorVersion>();
  readonly unflushed = new Map<number, SectorVersion[]>();

  at(plane: Plane, sector: number): SectorVersion {
    return this[plane].get(sector) ?? NEVER;
  }

  /** The versions a power loss may leave: what is durable, then every one written since. */
  versions(sector: number): SectorVersion[] {
    return [this.at('durable', sector), ...(this.unflushed.get(sector) ?? [])];
  }

  unflushedSectors(): number[] {
    return [...this.unflushed.keys()].sort((a, b) => a - b);
  }

  write(sector: number, version: SectorVersion): void {
    this.volatile.set(sector, version);
    this.unflushed.set(sector, [...(this.unflushed.get(sector) ?? []), version]);
  }

  flush(sectors: Iterable<number>): void {
    for (const sector of sectors) {
      if (this.unflushed.delete(sector)) this.durable.set(sector, this.at('volatile', sector));
    }
  }

  powerLoss(choose: SectorChoice): void {
    for (const sector of this.unflushedSectors()) {
      const versions = this.versions(sector);
      const choice = choose(versions.length - 1, sector);
      const outcome =
        typeof choice === 'number'
          ? versions[choice]!
          : torn(versions[choice.older]!, versions[choice.newer]!, choice.bytesNew);
      this.volatile.set(sector, outcome);
      this.durable.set(sector, outcome);
    }
    this.unflushed.clear();
  }

  isAllocated(block: number): boolean {
    for (let sector = block * Size.BLOCK_SECTORS; sector < (block + 1) * Size.BLOCK_SECTORS; sector += 1) {
      if (this.at('volatile', sector).stored) return true;
    }
    return false;
  }
}

/** The first `bytesNew` bytes of `newer`, the rest of `older`. */
export function torn(older: SectorVersion, newer: SectorVersion, bytesNew: number): SectorVersion {
  const bytes = older.bytes.slice();
  bytes.set(newer.bytes.subarray(0, bytesNew));
  return { operation: newer.operation, bytes, stored: older.stored || newer.stored, torn: true };
}

/** @returns the first way in which `device` differs from `model` among the sectors `from` to `end`, in words; else nothing. */
export function firstDifference(
  device: BlockDevice,
  model: PlainMapModel,
  from: number,
  end: number,
): string | undefined {
  const buffer = new Uint8Array(Size.SECTOR_BYTES);
  for (const plane of ['volatile', 'durable'] as const) {
    for (let sector = from; sector < end; sector += 1) {
      const version = model.at(plane, sector);
      device.peek(plane, sector, buffer);
      const lineage = device.lineage(plane, sector);
      const where = `${plane} sector ${sector}`;
      if (lineage !== version.operation) return `${where}: expected lineage ${version.operation}, got ${lineage}`;
      if (device.isTorn(plane, sector) !== version.torn) return `${where}: expected torn ${version.torn}`;
      if (Buffer.compare(buffer, version.bytes) !== 0) return `${where}: bytes differ, lineage ${lineage}`;
      const word = new DataView(version.bytes.buffer, version.bytes.byteOffset).getUint32((sector % 128) * 4, true);
      if (device.peekWord(plane, sector, sector % 128) !== word) return `${where}: word ${sector % 128} differs`;
    }
  }
  const unflushed = model.unflushedSectors().map((sector) => `${sector}:${model.versions(sector).length - 1}`);
  const visited: string[] = [];
  device.eachUnflushedSector((count, sector) => visited.push(`${sector}:${count}`));
  if (visited.join() !== unflushed.join()) return `expected unflushed ${unflushed.join()}, got ${visited.join()}`;
  if (device.unflushedSectorsCount !== unflushed.length) return `unflushedSectorsCount ${device.unflushedSectorsCount}`;
  return undefined;
}
