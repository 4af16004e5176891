/**
 * Owns what becomes of a message between nodes while the network is at fault. Decides only: `cluster/network.ts` sends.
 *
 *   delay      comes much later           duplicate  comes twice, each at a time of its own
 *   loss       never comes                reorder    comes after some that were sent later
 *   partition  nothing comes through, one way or both, until it is healed: no message of engines, no heartbeat to the cluster service; what that
 *              has to say waits until the partition is healed
 */

import type { NetworkFaultPlan } from '../../../scenarios/fault.js';
import type { World } from '../world.js';
import type { Fault } from './fault.js';

/** Far beyond what a healthy message takes. */
const DELAY_TICKS_MIN = 5_000;
const DELAY_TICKS_SPREAD = 60_000;
/** About as long as some messages take. */
const REORDER_TICKS_SPREAD = 2_000;

export class NetworkFaults {
  private active: Fault[] = [];
  /** Ticks until each copy of the message of the last `judge` arrives, beyond what is usual. */
  private readonly copies: number[] = [];

  constructor(
    private readonly world: World,
    private readonly hit: (fault: Fault, where: string) => void,
  ) {}

  reset(): void {
    this.active = [];
  }

  begin(fault: Fault): void {
    this.active.push(fault);
  }

  end(fault: Fault): void {
    this.active = this.active.filter((other) => other !== fault);
  }

  /**
   * What becomes of a message.
   * @returns how many ticks late each copy of it comes: `[0]` where nothing is wrong, `[]` where it is lost; valid until the next call
   */
  judge(from: number, to: number): readonly number[] {
    const { copies } = this;
    copies.length = 1;
    copies[0] = 0;
    for (const fault of this.active) {
      const plan = fault.plan as NetworkFaultPlan;
      if (!concerns(fault, plan, from, to) || !fault.stream.chance(plan.share ?? 1)) continue;
      this.hit(fault, `a message of node ${from} to node ${to}`);
      this.apply(plan, fault);
    }
    return copies;
  }

  /** @returns whether a partition keeps what `from` sends from `to`; the cluster service itself is node -1. */
  isCut(from: number, to: number): boolean {
    return this.active.some((fault) => {
      const plan = fault.plan as NetworkFaultPlan;
      return plan.effect === 'partition' && concerns(fault, plan, from, to);
    });
  }

  private apply({ effect }: NetworkFaultPlan, { stream }: Fault): void {
    const { copies } = this;
    switch (effect) {
      case 'loss':
      case 'partition':
        copies.length = 0;
        return;
      case 'duplicate':
        if (copies.length > 0) copies.push(copies[0]! + stream.integer(DELAY_TICKS_SPREAD));
        return;
      case 'delay':
      case 'reorder': {
        const late =
          effect === 'delay'
            ? DELAY_TICKS_MIN + stream.integer(DELAY_TICKS_SPREAD)
            : stream.integer(REORDER_TICKS_SPREAD);
        for (let index = 0; index < copies.length; index += 1) copies[index]! += late;
        return;
      }
    }
  }
}

function concerns(fault: Fault, { node, way = 'both' }: NetworkFaultPlan, from: number, to: number): boolean {
  if (node === 'any') return true;
  return (way !== 'to' && from === fault.node) || (way !== 'from' && to === fault.node);
}
