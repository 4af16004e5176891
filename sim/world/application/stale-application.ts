/**
 * Owns the application on a node that the cluster has given up while it still runs: nobody has told it, so it goes on with the requests it
 * has in flight, and asks for more, beside the application that was started elsewhere. It ends with the
 * first request that is not served, or when the node has let the disk go.
 */

import type { Stream } from '../../determinism/decisions.js';
import type { ApplicationIo } from '../../oracles/observation.js';
import { Kind } from '../event-kinds.js';
import type { World } from '../world.js';
import { drawIo } from './draw-io.js';
import type { IoOwner } from './io-desk.js';

export class StaleApplication implements IoOwner {
  private stream!: Stream;

  constructor(private readonly world: World) {}

  reset(): void {
    this.stream = this.world.decisions.stream('stale-application');
  }

  /** Goes on at a node: every thread of the disk's application there that waits for no answer asks again a little later. */
  begin(node: number, disk: number, waiting: readonly number[]): void {
    const { depth } = this.world.plan.workload;
    for (let index = 0; index < depth; index += 1) {
      const thread = disk * depth + index;
      if (!waiting.includes(thread)) this.think(node, disk, thread);
    }
  }

  /** A thread has thought enough. */
  proceed(node: number, disk: number, thread: number): void {
    const { world } = this;
    if (!this.isGoingOn(node, disk)) return;
    const io = drawIo(world.plan, world.plan.diskSectors, this.stream, node, disk);
    const bufferChange = io.operation === 'write' && this.stream.chance(world.plan.workload.bufferChangedShare);
    world.desk.issue(this, thread, io, bufferChange);
  }

  /** An application that is told that its disk is gone, or broken, asks no more. */
  ioEnded(thread: number, io: ApplicationIo): void {
    const goesOn = io.status === 'ok' || io.status === 'denied' || io.status === 'busy';
    if (goesOn && this.isGoingOn(io.node, io.disk)) this.think(io.node, io.disk, thread);
  }

  private isGoingOn(node: number, disk: number): boolean {
    const { phase, nodes, cluster } = this.world;
    return phase === 'safety' && nodes.isUp[node] === true && cluster.isStale(node, disk);
  }

  private think(node: number, disk: number, thread: number): void {
    const { queue, plan } = this.world;
    const [ticksMin, ticksMax] = plan.workload.thinkTicks;
    const ticks = this.stream.between(ticksMin, ticksMax);
    queue.push(queue.atTick + ticks, Kind.THINK, disk, thread, 0, node + 1, 0, 0);
  }
}
