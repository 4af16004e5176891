/**
 * Owns each node's own view of the time. An engine has no clock: it is told the time with a command, and asks for timers. Both follow the node's
 * clock, which may be off, run at another rate, or jump; virtual time itself goes on as ever.
 *
 * Pending timers move with a jump: forward, they are due sooner, at the earliest at once; back, they are due later. They are only kept in mind
 * in a run that has clock faults.
 */

import { Kind } from '../event-kinds.js';
import type { World } from '../world.js';

/** Thousandths of true speed. */
const RATE_NORMAL = 1_000;

interface PendingTimer {
  readonly timer: number;
  readonly generation: number;
  /** Names the queued event that counts; an older one is void. */
  token: number;
  dueTick: number;
}

export class Clocks {
  readonly rateNormal = RATE_NORMAL;
  private keepsTimers = false;
  private tokenNext = 1;
  /** By node: what its clock showed at `sinceTick`, and how fast it runs since. */
  private readonly shown: number[] = [];
  private readonly sinceTick: number[] = [];
  private readonly rate: number[] = [];
  private readonly pending: PendingTimer[][] = [];

  constructor(private readonly world: World) {}

  reset(): void {
    const { plan } = this.world;
    this.keepsTimers = plan.faults.some(({ kind }) => kind === 'clock');
    this.tokenNext = 1;
    for (let node = 0; node < plan.nodesCount; node += 1) {
      this.shown[node] = 0;
      this.sinceTick[node] = 0;
      this.rate[node] = RATE_NORMAL;
      this.pending[node] = [];
    }
  }

  /** What a node takes the time to be. */
  now(node: number): number {
    const { tick } = this.world;
    if (!this.keepsTimers) return tick;
    return this.shown[node]! + Math.floor(((tick - this.sinceTick[node]!) * this.rate[node]!) / RATE_NORMAL);
  }

  /** A node's engine asks for a timer. */
  arm(node: number, timer: number, delayTicks: number): void {
    const { queue, nodes } = this.world;
    const generation = nodes.generation[node]!;
    if (!this.keepsTimers) {
      queue.push(queue.atTick + delayTicks, Kind.TIMER, node, generation, timer, 0, 0, 0);
      return;
    }
    const pending = { timer, generation, token: 0, dueTick: 0 };
    this.pending[node]!.push(pending);
    this.push(node, pending, queue.atTick + Math.ceil((delayTicks * RATE_NORMAL) / this.rate[node]!));
  }

  /** A queued timer is due. @returns whether it still is. */
  take(node: number, token: number): boolean {
    if (token === 0) return true;
    const pending = this.pending[node]!;
    const at = pending.findIndex((each) => each.token === token);
    if (at < 0) return false;
    pending.splice(at, 1);
    return true;
  }

  /** Whoever starts anew has no timers. */
  forget(node: number): void {
    this.pending[node] = [];
  }

  skew(node: number, ticks: number): void {
    this.set(node, this.now(node) + ticks, this.rate[node]!);
  }

  jump(node: number, ticks: number): void {
    this.skew(node, ticks);
    const trueTicks = Math.trunc((ticks * RATE_NORMAL) / this.rate[node]!);
    for (const pending of this.pending[node]!) this.push(node, pending, pending.dueTick - trueTicks);
  }

  setRate(node: number, rate: number): void {
    const before = this.rate[node]!;
    this.set(node, this.now(node), rate);
    const { tick } = this.world;
    for (const pending of this.pending[node]!)
      this.push(node, pending, tick + Math.ceil(((pending.dueTick - tick) * before) / rate));
  }

  private set(node: number, shown: number, rate: number): void {
    this.shown[node] = shown;
    this.sinceTick[node] = this.world.tick;
    this.rate[node] = rate;
  }

  /** At the earliest at once: the timer of a node that stalls may have been due for long. */
  private push(node: number, pending: PendingTimer, dueTick: number): void {
    pending.dueTick = Math.max(this.world.tick, dueTick);
    pending.token = this.tokenNext;
    this.tokenNext += 1;
    this.world.queue.push(pending.dueTick, Kind.TIMER, node, pending.generation, pending.timer, pending.token, 0, 0);
  }
}
