/**
 * Owns what devices hold before a run: sources their initial payload in the allocated share of their blocks, used targets somebody
 * else's. All of it durable. The bytes of one payload are made once per thread and written from there.
 */

import { fillSectors } from '../../nodes/payload.js';
import { Stamp } from '../../oracles/observation.js';
import type { Stream } from '../../determinism/decisions.js';
import type { BlockDevice } from '../../devices/block-device.js';
import { LABEL_SECTORS, sourceOf, targetOf } from '../layout.js';
import { BLOCK_SECTORS, type RunPlan } from '../plan.js';
import type { DeviceTable } from './device-table.js';
import { OPERATION_ID_FOREIGN, OPERATION_ID_INITIAL } from './operation-log.js';
import { Size } from '../../devices/geometry.js';

const EXTENTS_MAX = 16;
/** Sectors of each payload that are kept ready: 2 MiB. Sectors above are made at each run. */
const SECTORS_KEPT = 4_096;
const SECTORS_PER_WRITE = 1_024;

export type Extent = readonly [sector: number, count: number];

/** Writes the contents devices have before the run. */
export class Prefill {
  /** Per disk, the extents of the application's range that were allocated at the start. */
  extents: (readonly Extent[])[] = [];

  private readonly initial = new PayloadSource(Stamp.INITIAL);
  private readonly foreign = new PayloadSource(Stamp.FOREIGN);

  fill(plan: RunPlan, table: DeviceTable, stream: Stream): void {
    this.extents = [];
    for (let disk = 0; disk < plan.disksCount; disk += 1) {
      const extents = allocatedExtents(plan, stream);
      this.extents.push(extents);
      for (const [sector, count] of extents) {
        this.initial.write(table.devices[sourceOf(disk)]!, sector, count, OPERATION_ID_INITIAL);
      }
      table.devices[sourceOf(disk)]!.flush();
      if (plan.targetUsed) this.fillTarget(plan, table.devices[targetOf(disk)]!, extents);
    }
  }

  /** A used target holds data everywhere, or, where a disk is large, where its source does; and behind the source's end. */
  private fillTarget(plan: RunPlan, target: BlockDevice, extents: readonly Extent[]): void {
    const isSmall = plan.diskSectors <= SECTORS_KEPT;
    for (const [sector, count] of isSmall ? [[0, plan.diskSectors] as const] : extents) {
      this.foreign.write(target, sector, count, OPERATION_ID_FOREIGN);
    }
    this.foreign.write(target, plan.diskSectors, plan.targetExtraSectors, OPERATION_ID_FOREIGN);
    target.flush();
  }
}

/** Extents of about equal length, each somewhere in its own part of the disk. */
function allocatedExtents(plan: RunPlan, stream: Stream): Extent[] {
  const blocks = Math.ceil(plan.diskSectors / BLOCK_SECTORS);
  const allocated = Math.round(blocks * plan.allocatedShare);
  if (allocated === 0) return [];
  if (allocated >= blocks) return [[0, plan.diskSectors]];
  const extentsCount = Math.min(EXTENTS_MAX, allocated);
  const part = Math.floor(blocks / extentsCount);
  const length = Math.min(part, Math.max(1, Math.floor(allocated / extentsCount)));
  return Array.from({ length: extentsCount }, (_, index): Extent => {
    const sector = (index * part + stream.integer(part - length + 1)) * BLOCK_SECTORS;
    return [sector, Math.min(length * BLOCK_SECTORS, plan.diskSectors - sector)];
  });
}

/** Bytes of one stamp at any application sector; those of the first sectors are kept. */
class PayloadSource {
  /** As large as it may get from the start: what was never touched is only address space, and what grew would leave holes behind. */
  private readonly kept = new Int32Array(SECTORS_KEPT * Size.SECTOR_WORDS);
  private readonly keptBytes = new Uint8Array(this.kept.buffer);
  private keptSectors = 0;
  private readonly other = new Int32Array(SECTORS_PER_WRITE * Size.SECTOR_WORDS);
  private readonly otherBytes = new Uint8Array(this.other.buffer);

  constructor(private readonly stamp: number) {}

  /** Writes `count` sectors of the application's range, from `sector` on. */
  write(device: BlockDevice, sector: number, count: number, operation: number): void {
    const end = sector + count;
    let from = sector;
    if (from < SECTORS_KEPT && from < end) {
      const keptEnd = Math.min(end, SECTORS_KEPT);
      this.keep(keptEnd);
      device.write(LABEL_SECTORS + from, keptEnd - from, this.keptBytes, from * Size.SECTOR_WORDS * 4, operation);
      from = keptEnd;
    }
    while (from < end) {
      const length = Math.min(end - from, SECTORS_PER_WRITE);
      fillSectors(this.other, 0, this.stamp, from, length);
      device.write(LABEL_SECTORS + from, length, this.otherBytes, 0, operation);
      from += length;
    }
  }

  private keep(sectors: number): void {
    if (sectors <= this.keptSectors) return;
    const from = this.keptSectors;
    fillSectors(this.kept, from * Size.SECTOR_WORDS, this.stamp, from, sectors - from);
    this.keptSectors = sectors;
  }
}
