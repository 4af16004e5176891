/** Owns the device faults that are active, and the verdict that the first of them which is hit gives on a request. */

import type { DeviceFaultPlan } from '../../../scenarios/fault.js';
import type { DeviceDescription } from '../../oracles/observation.js';
import { Operation } from '../devices/operations.js';
import type { World } from '../world.js';
import { hits, type JudgedRequest } from './device-fault.js';
import type { Fault } from './fault.js';

/**
 * What becomes of a request at its service. `stuck`: held until it is aborted or the fault ends. `lost`: until it is aborted. `refused`: fails, and
 * nothing lands. `missing`: as if nothing hung there. `late`: the answer is on its way for long.
 */
export type ServiceVerdict = 'pass' | 'error' | 'refused' | 'missing' | 'stuck' | 'lost' | 'slow' | 'late';

/** A slow request is mostly late, and sometimes later than the engine waits. */
const SLOW_TICKS_MIN = 2_000;
const SLOW_TICKS_MAX = 80_000;
/** A late answer always comes before the engine would give the request up. */
const LATE_TICKS_MIN = 50;
const LATE_TICKS_MAX = 2_000;

export class DeviceFaults {
  /** The hot path looks at these. */
  active: Fault[] = [];
  /** How late the request of the last verdict `slow` is. */
  slowTicks = 0;
  /** How late its answer is, of the last verdict `late`. */
  lateTicks = 0;
  private readonly judged: { -readonly [K in keyof JudgedRequest]: JudgedRequest[K] };

  constructor(private readonly world: World) {
    this.judged = {
      description: undefined as never,
      node: 0,
      path: 0,
      operation: 0,
      sector: 0,
      count: 0,
      step: -1,
      host: -1,
      isAllocated: () => this.isAllocated(),
    };
  }

  begin(fault: Fault): void {
    this.active.push(fault);
  }

  end(fault: Fault): void {
    this.active = this.active.filter((other) => other !== fault);
    if ((fault.plan as DeviceFaultPlan).effect !== 'gone') return;
    const { devices, ports, tick } = this.world;
    const gone = devices.descriptions
      .filter((description) => isOn(fault.plan as DeviceFaultPlan, description))
      .map(({ device }) => device);
    // What was asked of it until now has failed, whether it was asked the device or an engine that knew.
    for (const device of gone) devices.faultedTick[device] = Math.max(devices.faultedTick[device]!, tick);
    if (fault.askedMask !== 0) ports.reappear(gone, fault.askedMask);
  }

  /** @returns the fault that hits the request, if any. */
  judge(row: number): Fault | undefined {
    const { requests, devices, cluster } = this.world;
    const { judged } = this;
    judged.description = devices.descriptions[requests.rows[row]!.device]!;
    judged.node = requests.rows[row]!.node;
    judged.path = requests.rows[row]!.path;
    judged.operation = requests.rows[row]!.operation;
    judged.sector = requests.rows[row]!.sector;
    judged.count = requests.rows[row]!.count;
    judged.step = requests.rows[row]!.step;
    judged.host = cluster.carrierOf(0);
    for (const fault of this.active) if (hits(fault, fault.plan as DeviceFaultPlan, judged)) return fault;
    return undefined;
  }

  /** What a fault that hit does to the request. */
  verdictOf(fault: Fault, row: number): ServiceVerdict {
    const { effect } = fault.plan as DeviceFaultPlan;
    const { requests } = this.world;
    switch (effect) {
      case 'slow':
        this.slowTicks = fault.stream.between(SLOW_TICKS_MIN, SLOW_TICKS_MAX);
        return 'slow';
      case 'late':
        this.lateTicks = fault.stream.between(LATE_TICKS_MIN, LATE_TICKS_MAX);
        return 'late';
      case 'latent':
        return 'error';
      case 'full':
        return 'refused';
      case 'gone':
        if (requests.rows[row]!.operation === Operation.INQUIRY) fault.askedMask |= 1 << requests.rows[row]!.node;
        return 'missing';
      default:
        return effect;
    }
  }

  isGone(device: number): boolean {
    const description = this.world.devices.descriptions[device]!;
    return this.active.some(({ plan }) => {
      const fault = plan as DeviceFaultPlan;
      return fault.effect === 'gone' && isOn(fault, description);
    });
  }

  private isAllocated(): boolean {
    const { description, sector, count } = this.judged;
    const unit = this.world.devices.devices[description.device]!;
    const extent = unit.nextAllocatedExtent(sector, sector + count);
    return extent !== undefined && extent.start === sector && extent.length >= count;
  }
}

const isOn = (plan: DeviceFaultPlan, { role, disk }: DeviceDescription): boolean =>
  role === plan.device && (disk < 0 || disk === (plan.disk ?? 0));
