/**
 * Owns the application's requests in flight: each has a number, which is the stamp of what it writes, and belongs to one thread of the
 * application. Observers hear of its issue and its end. Leaves out what is asked for (`workload.ts`, `final-sweep.ts`).
 */

import type { ApplicationStatus } from '../../../engine/contract/vocabulary.js';
import type { ApplicationIo } from '../../oracles/observation.js';
import type { World } from '../world.js';

/** 0 and 1 are the stamps of zeros and of the initial payload. */
const IO_FIRST = 2;

/** A thread of the application is told how its request ended. */
export interface IoOwner {
  ioEnded(thread: number, io: ApplicationIo): void;
}

interface InFlight {
  readonly io: ApplicationIo;
  owner: IoOwner;
  readonly thread: number;
}

export class IoDesk {
  /** In order of issue. */
  readonly inFlight: InFlight[] = [];
  private ioNext = IO_FIRST;

  constructor(private readonly world: World) {}

  reset(): void {
    this.inFlight.length = 0;
    this.ioNext = IO_FIRST;
  }

  /** Sends a request to the disk's host; numbers and times are filled in here. */
  issue(owner: IoOwner, thread: number, io: ApplicationIo, bufferChange: boolean): void {
    const { watch, turns, tick, nodes } = this.world;
    io.io = this.ioNext;
    io.generation = nodes.generation[io.node]!;
    io.issuedTick = tick;
    this.ioNext += 1;
    this.inFlight.push({ io, owner, thread });
    if (this.world.phase !== 'sweep') this.world.sweep.note(io);
    watch.applicationIssued(io);
    turns.applicationIo(io.node, io, bufferChange);
  }

  /** Numbers a request that no node is asked for. */
  number(io: ApplicationIo): void {
    io.io = this.ioNext;
    this.ioNext += 1;
  }

  /** The engine has answered. */
  completed(node: number, number: number, status: ApplicationStatus, stamps: Uint32Array): void {
    const { inFlight } = this;
    let at = 0;
    while (at < inFlight.length && inFlight[at]!.io.io !== number) at += 1;
    const entry = inFlight[at];
    if (entry === undefined || entry.io.node !== node) {
      this.world.verdict.report({
        oracle: 'invariant',
        sentence: `node ${node} completed application request ${number}, which it was not asked for or had completed before`,
        signature: 'application request completed twice',
      });
      return;
    }
    // As `splice` does, which makes an array of what it takes out.
    for (; at < inFlight.length - 1; at += 1) inFlight[at] = inFlight[at + 1]!;
    inFlight.pop();
    entry.io.status = status;
    entry.io.completedTick = this.world.tick;
    this.world.story.count(status);
    this.world.watch.applicationCompleted(entry.io, stamps);
    entry.owner.ioEnded(entry.thread, entry.io);
  }

  /** What a node was asked for a disk has another owner from now on. @returns the threads that wait for it. */
  adopt(node: number, disk: number, from: IoOwner, to: IoOwner): number[] {
    const entries = this.inFlight.filter(({ io, owner }) => io.node === node && io.disk === disk && owner === from);
    for (const entry of entries) entry.owner = to;
    return entries.map(({ thread }) => thread);
  }

  /** A node stops: what it had not answered is lost. @returns how many. */
  lose(node: number): number {
    let lostCount = 0;
    for (let at = 0; at < this.inFlight.length; ) {
      const entry = this.inFlight[at]!;
      if (entry.io.node !== node) {
        at += 1;
        continue;
      }
      this.inFlight.splice(at, 1);
      lostCount += 1;
      entry.io.status = 'lost';
      entry.io.completedTick = this.world.tick;
      entry.owner.ioEnded(entry.thread, entry.io);
    }
    return lostCount;
  }
}
