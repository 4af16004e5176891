/**
 * Owns the faults of clocks: a node's clock jumps, is off by some ticks, or runs at another rate. What that means for timers and for the time a
 * node is told stands in `nodes/clocks.ts`. When the fault is over the clock runs right again; where it is off it stays so.
 */

import type { ClockFaultPlan } from '../../../scenarios/fault.js';
import type { World } from '../world.js';
import type { Fault } from './fault.js';

export class ClockFaults {
  constructor(private readonly world: World) {}

  begin({ plan, stream, node }: Fault): void {
    const { effect, ticks, rate } = plan as ClockFaultPlan;
    const { clocks } = this.world;
    if (effect === 'drift')
      clocks.setRate(node, rate === undefined ? clocks.rateNormal : stream.between(rate[0], rate[1]));
    const by = ticks === undefined ? 0 : stream.between(ticks[0], ticks[1]);
    if (effect === 'skew') clocks.skew(node, by);
    if (effect === 'jump') clocks.jump(node, by);
  }

  end({ plan, node }: Fault): void {
    const { clocks } = this.world;
    if ((plan as ClockFaultPlan).effect === 'drift') clocks.setRate(node, clocks.rateNormal);
  }
}
