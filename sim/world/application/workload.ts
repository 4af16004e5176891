/**
 * Owns the application: per disk, some threads that ask, wait for the answer, think, and ask again, at whichever node hosts the disk. While
 * nobody does they rest. What they ask for is drawn from one stream, so that it does not depend on faults that never fire.
 */

import type { Stream } from '../../determinism/decisions.js';
import type { ApplicationIo } from '../../oracles/observation.js';
import { Kind } from '../event-kinds.js';
import { LABEL_SECTORS, sourceOf } from '../layout.js';
import type { World } from '../world.js';
import { drawIo } from './draw-io.js';
import type { IoOwner } from './io-desk.js';

export class Workload implements IoOwner {
  private stream!: Stream;
  private isActive = false;
  /** Per disk and thread: at rest, until the disk is online again. */
  private readonly isResting: boolean[] = [];
  /** Per disk and thread: how often it was started anew elsewhere; what it had in mind before is void. */
  private readonly startsCount: number[] = [];
  /** Per disk: its size as far as the application was ever served. */
  private readonly knownSectors: number[] = [];

  constructor(private readonly world: World) {}

  reset(): void {
    const { plan, decisions } = this.world;
    this.stream = decisions.stream('workload');
    this.isActive = true;
    this.isResting.length = 0;
    this.startsCount.length = 0;
    this.knownSectors.length = 0;
    for (let disk = 0; disk < plan.disksCount; disk += 1) this.knownSectors.push(plan.diskSectors);
    for (let thread = 0; thread < plan.disksCount * plan.workload.depth; thread += 1) {
      this.isResting.push(true);
      this.startsCount.push(0);
    }
  }

  /** Of a disk whose source has grown: what the application was served of it. */
  sectorsOf(disk: number): number {
    return this.knownSectors[disk]!;
  }

  /** A source that has grown is tried to its end; not after a commit that may not have heard of it: a target is larger for other reasons. */
  private sectorsTried(disk: number): number {
    const { operators, devices } = this.world;
    const state = operators.list[disk]?.state;
    if (state === undefined || state === 'committed') return this.knownSectors[disk]!;
    const sectors = devices.descriptions[sourceOf(disk)]!.sizeSectors - LABEL_SECTORS;
    return operators.list[disk]!.isCompleted ? this.knownSectors[disk]! : Math.max(sectors, this.knownSectors[disk]!);
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

  /** The cluster takes the disk away from a node that may still run: there the application goes on unawares; another is started with the disk. */
  handOver(disk: number, node: number): void {
    const { depth } = this.world.plan.workload;
    const waiting = this.world.desk.adopt(node, disk, this, this.world.staleApplication);
    for (let index = 0; index < depth; index += 1) {
      const thread = disk * depth + index;
      this.startsCount[thread]! += 1;
      this.isResting[thread] = true;
    }
    this.world.staleApplication.begin(node, disk, waiting);
  }

  /** A thread has thought enough. */
  proceed(disk: number, thread: number, startsCount: number): void {
    if (startsCount !== this.startsCount[thread]) return;
    const node = this.world.cluster.hostOf(disk);
    if (!this.isActive || node < 0) {
      this.isResting[thread] = true;
      return;
    }
    const io = drawIo(this.world.plan, this.sectorsTried(disk), this.stream, node, disk);
    const { bufferChangedShare } = this.world.plan.workload;
    const bufferChange = io.operation === 'write' && this.stream.chance(bufferChangedShare);
    this.world.desk.issue(this, thread, io, bufferChange);
  }

  ioEnded(thread: number, io: ApplicationIo): void {
    if (io.status === 'ok') this.knownSectors[io.disk] = Math.max(this.knownSectors[io.disk]!, io.sector + io.count);
    this.think(io.disk, thread);
  }

  private think(disk: number, thread: number): void {
    const { queue, plan } = this.world;
    const [ticksMin, ticksMax] = plan.workload.thinkTicks;
    const ticks = this.stream.between(ticksMin, ticksMax);
    queue.push(queue.atTick + ticks, Kind.THINK, disk, thread, this.startsCount[thread]!, 0, 0, 0);
  }
}
