/**
 * Owns the last look at the data: when everything is quiet, the application reads each disk through its name, at its host, and observers judge what
 * it gets. A small disk is read whole; of a large one what was allocated at
 * the start, is now on either device, or was ever asked for.
 */

import type { Stream } from '../../determinism/decisions.js';
import type { BlockDevice } from '../../devices/block-device.js';
import type { ApplicationIo } from '../../oracles/observation.js';
import { LABEL_SECTORS, sourceOf, targetOf } from '../layout.js';
import { APPLICATION_SECTORS_MAX } from '../plan.js';
import type { World } from '../world.js';
import type { Extent } from '../devices/prefill.js';
import type { IoOwner } from './io-desk.js';
import { Kind } from '../event-kinds.js';

/** A disk of at most so many sectors is read whole. */
const WHOLE_SECTORS_MAX = 16_384;
/** Reads of one disk that are in flight at a time. */
const DEPTH = 2;
/** An engine that answers `busy` may be asked again so often. */
const REPEATS_MAX = 100;
const REPEAT_TICKS = 1_000;

interface Sweep {
  /** What is left to read from `extent` on; a read that could not be served comes again at the end. */
  readonly extents: Extent[];
  /** Where the next read starts. */
  extent: number;
  offset: number;
  inFlight: number;
}

export class FinalSweep implements IoOwner {
  private sweeps: Sweep[] = [];
  /** Per large disk: the chunks of so many sectors as one read takes, in which somebody asked for something. */
  private touched: Set<number>[] = [];
  private repeatsCount = 0;
  private stream!: Stream;

  constructor(private readonly world: World) {}

  reset(): void {
    this.sweeps = [];
    this.touched = Array.from({ length: this.world.plan.disksCount }, () => new Set());
    this.repeatsCount = 0;
    this.stream = this.world.decisions.stream('sweep');
  }

  /** The application asks for something: it is looked at in the end. */
  note({ disk, sector, count }: ApplicationIo): void {
    if (this.world.plan.diskSectors <= WHOLE_SECTORS_MAX || count === 0) return;
    const last = Math.floor((sector + count - 1) / APPLICATION_SECTORS_MAX);
    for (let chunk = Math.floor(sector / APPLICATION_SECTORS_MAX); chunk <= last; chunk += 1)
      this.touched[disk]!.add(chunk);
  }

  begin(): void {
    const { plan } = this.world;
    for (let disk = 0; disk < plan.disksCount; disk += 1) {
      this.sweeps.push({ extents: this.extentsOf(disk), extent: 0, offset: 0, inFlight: 0 });
    }
    for (let disk = 0; disk < plan.disksCount; disk += 1) {
      for (let index = 0; index < DEPTH; index += 1) this.readSoon(disk, 1 + this.stream.integer(8));
    }
  }

  isOver(): boolean {
    return this.sweeps.every((sweep) => sweep.extent >= sweep.extents.length && sweep.inFlight === 0);
  }

  /** Reads on where the disk's sweep stands. */
  proceed(disk: number): void {
    const sweep = this.sweeps[disk]!;
    const extent = sweep.extents[sweep.extent];
    if (extent === undefined) return;
    const node = this.world.cluster.hostOf(disk);
    if (node < 0) return this.readSoon(disk, REPEAT_TICKS);
    const count = Math.min(APPLICATION_SECTORS_MAX, extent[1] - sweep.offset);
    const sector = extent[0] + sweep.offset;
    sweep.offset += count;
    if (sweep.offset >= extent[1]) {
      sweep.extent += 1;
      sweep.offset = 0;
    }
    this.read(node, disk, sector, count);
  }

  ioEnded(_thread: number, io: ApplicationIo): void {
    const sweep = this.sweeps[io.disk]!;
    sweep.inFlight -= 1;
    if (io.status === 'ok' || this.world.faults.isLossForever) return this.readSoon(io.disk, 1);
    this.repeatsCount += 1;
    const mayRepeat = io.status === 'busy' || io.status === 'offline' || io.status === 'lost';
    if (mayRepeat && this.repeatsCount <= REPEATS_MAX) {
      sweep.extents.push([io.sector, io.count]);
      return this.readSoon(io.disk, REPEAT_TICKS);
    }
    this.world.verdict.report({
      oracle: 'O9',
      sentence: `after all faults had stopped, a read of ${io.count} sectors from sector ${io.sector} on of disk ${io.disk} at node ${io.node} ended with '${io.status}'`,
      signature: `read after all faults had stopped: ${io.status}`,
    });
  }

  private read(node: number, disk: number, sector: number, count: number): void {
    const sweep = this.sweeps[disk]!;
    sweep.inFlight += 1;
    const io: ApplicationIo = {
      io: 0,
      node,
      generation: 0,
      disk,
      address: 'name',
      identity: -1,
      operation: 'read',
      sector,
      count,
      fua: false,
      issuedTick: 0,
      completedTick: 0,
      status: 'pending',
    };
    this.world.desk.issue(this, -1, io, false);
  }

  private readSoon(disk: number, ticks: number): void {
    const { queue } = this.world;
    queue.push(queue.atTick + ticks, Kind.SWEEP, disk, 0, 0, 0, 0, 0);
  }

  private extentsOf(disk: number): Extent[] {
    const { plan, devices, prefill } = this.world;
    if (plan.diskSectors <= WHOLE_SECTORS_MAX) return [[0, this.world.workload.sectorsOf(disk)]];
    const extents = [
      ...prefill.extents[disk]!,
      ...[...this.touched[disk]!].map((chunk): Extent => chunkExtent(chunk, plan.diskSectors)),
      ...allocated(devices.devices[sourceOf(disk)]!, plan.diskSectors),
      ...allocated(devices.devices[targetOf(disk)]!, plan.diskSectors),
    ];
    return merged(extents);
  }
}

function chunkExtent(chunk: number, diskSectors: number): Extent {
  const sector = chunk * APPLICATION_SECTORS_MAX;
  return [sector, Math.min(APPLICATION_SECTORS_MAX, diskSectors - sector)];
}

function allocated(device: BlockDevice, diskSectors: number): Extent[] {
  const extents: Extent[] = [];
  // A target may be too small for its disk.
  const end = Math.min(LABEL_SECTORS + diskSectors, device.sizeSectors);
  for (let from = LABEL_SECTORS; from < end; ) {
    const extent = device.nextAllocatedExtent(from, end);
    if (extent === undefined) break;
    extents.push([extent.start - LABEL_SECTORS, extent.length]);
    from = extent.start + extent.length;
  }
  return extents;
}

/** @returns the extents in order, none overlapping another. */
function merged(extents: readonly Extent[]): Extent[] {
  const result: [number, number][] = [];
  for (const [sector, count] of [...extents].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last === undefined || sector > last[0] + last[1]) result.push([sector, count]);
    else last[1] = Math.max(last[1], sector + count - last[0]);
  }
  return result;
}
