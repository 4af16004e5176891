/**
 * Owns who belongs to the cluster right now, judged by heartbeats over the network. One event a period stands for the heartbeats of all
 * nodes, or they would be most of what happens.
 */

import { Kind, NoticeKind } from '../event-kinds.js';
import type { World } from '../world.js';

const PERIOD_TICKS = 5_000;
/** A node not heard for so long is out. */
const SILENCE_TICKS_MAX = 4 * PERIOD_TICKS;

export class Membership {
  /** The node's engine has said that it is ready, in this life. */
  private readonly isReady: boolean[] = [];
  /** The cluster counts the node as one of its own: heard lately, and not known to have stopped. */
  private readonly isMember: boolean[] = [];
  private readonly heardTick: number[] = [];

  constructor(private readonly world: World) {}

  reset(): void {
    for (let node = 0; node < this.world.plan.nodesCount; node += 1) {
      this.isReady[node] = false;
      this.isMember[node] = false;
      this.heardTick[node] = 0;
    }
  }

  begin(): void {
    this.scheduleHeartbeats();
  }

  /** Every awake node is heard; who was not for too long is out, and who is heard again is back. */
  heartbeats(): void {
    const { nodes, network, tick, plan, cluster, story } = this.world;
    for (let node = 0; node < plan.nodesCount; node += 1) {
      if (nodes.isUp[node] !== true || nodes.isPaused[node] === true || this.isReady[node] !== true) continue;
      const heardTick = tick - network.delay();
      if (network.isUnheard(node)) continue;
      this.heardTick[node] = heardTick;
      if (this.isMember[node] === true) continue;
      if (story.isKept) story.tell('cluster', `hears node ${node} again`);
      this.isMember[node] = true;
      this.tellAll();
      cluster.nodeHeardAgain(node);
    }
    for (let node = 0; node < plan.nodesCount; node += 1) {
      if (this.isMember[node] !== true || tick - this.heardTick[node]! <= SILENCE_TICKS_MAX) continue;
      if (story.isKept) story.tell('cluster', `hears nothing of node ${node}`);
      this.leave(node);
      cluster.nodeSilent(node);
    }
    this.scheduleHeartbeats();
  }

  /** A node is ready. */
  join(node: number): void {
    const { plan, tick } = this.world;
    this.isReady[node] = true;
    this.isMember[node] = true;
    this.heardTick[node] = tick;
    if (plan.mode === 'cluster') this.tellAll();
  }

  /** A node has stopped; `isKnown`: the cluster saw to it, and need not wait for silence. */
  stopped(node: number, isKnown: boolean): void {
    this.isReady[node] = false;
    if (isKnown || this.world.plan.mode === 'standalone') this.leave(node);
  }

  /** Whether every node of the plan is there. */
  isComplete(): boolean {
    for (let node = 0; node < this.world.plan.nodesCount; node += 1) if (this.isMember[node] !== true) return false;
    return true;
  }

  /** @returns the nodes that could run an application, one left out. */
  readyNodes(except: number): number[] {
    const nodes: number[] = [];
    for (let node = 0; node < this.world.plan.nodesCount; node += 1) {
      if (this.isReady[node] === true && this.isMember[node] === true && node !== except) nodes.push(node);
    }
    return nodes;
  }

  private leave(node: number): void {
    if (this.isMember[node] !== true) return;
    this.isMember[node] = false;
    if (this.world.plan.mode === 'cluster') this.tellAll();
  }

  private tellAll(): void {
    const { plan, network } = this.world;
    const configuredMask = 2 ** plan.nodesCount - 1;
    let reachableMask = 0;
    for (let node = 0; node < plan.nodesCount; node += 1) if (this.isMember[node] === true) reachableMask |= 1 << node;
    for (const node of this.readyNodes(-1)) network.notify(node, NoticeKind.MEMBERSHIP, configuredMask, reachableMask);
  }

  private scheduleHeartbeats(): void {
    const { queue } = this.world;
    queue.push(queue.atTick + PERIOD_TICKS, Kind.HEARTBEAT, 0, 0, 0, 0, 0, 0);
  }
}
