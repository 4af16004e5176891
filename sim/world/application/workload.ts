/**
 * Owns the application: per disk, some threads that ask, wait for the answer, think, and ask again, at whichever node hosts the disk. While
 * nobody does they rest. What they ask for is drawn from one stream, so that it does not depend on faults that never fire.
 */

import type { Stream } from '../../determinism/decisions.js';
import type { ApplicationIo } from '../../oracles/observation.js';
import { KIND_THINK } from '../event-kinds.js';
import { sourceIdentity, targetIdentity } from '../layout.js';
import { BLOCK_SECTORS, WORKLOAD_OPERATIONS } from '../plan.js';
import type { World } from '../world.js';
import type { IoOwner } from './io-desk.js';

const HOT_PARTS = 8;

export class Workload implements IoOwner {
  private stream!: Stream;
  private isActive = false;
  /** Per disk and thread: at rest, until the disk is online again. */
  private readonly isResting: boolean[] = [];

  constructor(private readonly world: World) {}

  reset(): void {
    const { plan, decisions } = this.world;
    this.stream = decisions.stream('workload');
    this.isActive = true;
    this.isResting.length = 0;
    for (let thread = 0; thread < plan.disksCount * plan.workload.depth; thread += 1) this.isResting.push(true);
  }

  /** No new requests; those in flight end in their own time. */
  stop(): void {
    this.isActive = false;
  }

  /** The disk has a host: whoever rested goes on. */
  diskOnline(disk: number): void {
    const { depth } = this.world.plan.workload;
    for (let index = 0; index < depth; index += 1) {
      const thread = disk * depth + index;
      if (this.isResting[thread] !== true) continue;
      this.isResting[thread] = false;
      this.think(disk, thread);
    }
  }

  /** A thread has thought enough. */
  proceed(disk: number, thread: number): void {
    const node = this.world.cluster.hostOf(disk);
    if (!this.isActive || node < 0) {
      this.isResting[thread] = true;
      return;
    }
    const io = this.drawIo(node, disk);
    const { bufferChangedShare } = this.world.plan.workload;
    const bufferChange = io.operation === 'write' && this.stream.chance(bufferChangedShare);
    this.world.desk.issue(this, thread, io, bufferChange);
  }

  ioEnded(thread: number, io: ApplicationIo): void {
    this.think(io.disk, thread);
  }

  private think(disk: number, thread: number): void {
    const { queue, plan } = this.world;
    const [ticksMin, ticksMax] = plan.workload.thinkTicks;
    const ticks = this.stream.between(ticksMin, ticksMax);
    queue.push(queue.atTick + ticks, KIND_THINK, disk, thread, 0, 0, 0, 0);
  }

  private drawIo(node: number, disk: number): ApplicationIo {
    const { stream } = this;
    const { workload } = this.world.plan;
    const operation = WORKLOAD_OPERATIONS[stream.weighted(workload.weights)]!;
    const isNative = stream.chance(workload.nativeShare);
    const identity = isNative ? (stream.integer(2) === 0 ? sourceIdentity(disk) : targetIdentity(disk)) : -1;
    const fua = operation === 'write' && stream.chance(workload.fuaShare);
    const io: ApplicationIo = {
      io: 0,
      node,
      generation: 0,
      disk,
      address: isNative ? 'native' : 'name',
      identity,
      operation,
      sector: 0,
      count: 0,
      fua,
      issuedTick: 0,
      completedTick: 0,
      status: 'pending',
    };
    if (operation !== 'flush') this.drawRange(io);
    return io;
  }

  /** A range of whole blocks, or one that starts and ends anywhere. */
  private drawRange(io: ApplicationIo): void {
    const { stream } = this;
    const { workload, diskSectors } = this.world.plan;
    const rangeSectors = stream.chance(workload.hotShare)
      ? Math.max(Math.min(diskSectors, BLOCK_SECTORS), Math.floor(diskSectors / HOT_PARTS))
      : diskSectors;
    const countMax = Math.min(workload.blocksMax * BLOCK_SECTORS, diskSectors);
    if (stream.chance(workload.unalignedShare)) {
      io.sector = stream.integer(rangeSectors);
      io.count = 1 + stream.integer(countMax);
    } else {
      io.sector = stream.integer(Math.ceil(rangeSectors / BLOCK_SECTORS)) * BLOCK_SECTORS;
      io.count = (1 + stream.integer(workload.blocksMax)) * BLOCK_SECTORS;
    }
    io.count = Math.min(io.count, diskSectors - io.sector);
  }
}
