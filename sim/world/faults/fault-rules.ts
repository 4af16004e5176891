/**
 * Owns the life of the faults of a run: when each begins (at a tick, at a named step, after a state was entered), and when it is over. Faults are
 * decided here and applied elsewhere; what a family of them does stands in a file of its own.
 *
 *   begin ─► armed ──trigger──► crash, pause: fired, over
 *                      └──────► device, media, path, network, clock: active ──lasting, times──► over      liveness: all over
 */

import type { PathFaultPlan, ReservationFaultPlan } from '../../../scenarios/fault.js';
import type { Stream } from '../../determinism/decisions.js';
import { writeFromElsewhere } from '../devices/foreign-host.js';
import { growSource, losePowerTogether } from '../devices/power.js';
import { Due, Kind } from '../event-kinds.js';
import { loseReservation } from '../devices/power.js';
import type { World } from '../world.js';
import { MediaFaults } from '../media/media-faults.js';
import { ClockFaults } from './clock-faults.js';
import { DeviceFaults, type ServiceVerdict } from './device-faults.js';
import { FaultAtlas } from './fault-atlas.js';
import { createFault, type Fault } from './fault.js';
import { NetworkFaults } from './network-faults.js';
import { NodeFaults, type Position } from './node-faults.js';

/** A fault that finds nobody to hit is tried again so often, after so long. */
const MISSES_MAX = 20;
const MISS_TICKS = 2_000;

export class FaultRules {
  /** The stream of the fault behind the last verdict or position: what it leaves open is drawn from there. */
  stream!: Stream;
  readonly network: NetworkFaults;
  readonly media: MediaFaults;
  private faults: Fault[] = [];
  /** Faults that wait for a step: what the hot path looks at. */
  private stepCrashes: Fault[] = [];
  private stepOthers: Fault[] = [];
  private readonly atlas = new FaultAtlas();
  private readonly nodes: NodeFaults;
  private readonly devices: DeviceFaults;
  private readonly clocks: ClockFaults;
  private isOver = false;

  constructor(private readonly world: World) {
    this.nodes = new NodeFaults(world, this.atlas, {
      fired: (fault, where) => this.tellFired(fault, where),
      missed: (fault) => this.missed(fault),
    });
    this.devices = new DeviceFaults(world);
    this.network = new NetworkFaults(world, (fault, where) => this.hit(fault, where));
    this.media = new MediaFaults(world, (fault, where) => this.hit(fault, where));
    this.clocks = new ClockFaults(world);
  }

  /** How late the request of the last verdict `slow` is. */
  get slowTicks(): number {
    return this.devices.slowTicks;
  }

  /** How late the answer is that the last verdict `late` is about. */
  get lateTicks(): number {
    return this.devices.lateTicks;
  }

  reset(): void {
    const { plan, decisions } = this.world;
    this.atlas.reset(plan.scenario.class ?? 'must survive');
    this.isOver = false;
    this.nodes.reset();
    this.devices.active = [];
    this.network.reset();
    this.faults = this.atlas
      .grantAll(plan.faults)
      .map(([index, granted]) => createFault(index, granted, decisions.stream(`fault.${index}.${granted.kind}`)));
    this.media.reset(this.faults);
    const atSteps = this.faults.filter(({ plan: { at } }) => at !== undefined && 'step' in at);
    this.stepCrashes = atSteps.filter(({ plan: { kind } }) => kind === 'crash');
    this.stepOthers = atSteps.filter(({ plan: { kind } }) => kind !== 'crash');
  }

  begin(): void {
    for (const fault of this.faults) {
      this.world.watch.faultArmed(fault.kind, fault.where);
      const { at } = fault.plan;
      if (at === undefined) this.fire(fault);
      else if ('ticks' in at && !('state' in at))
        this.schedule(fault, fault.stream.between(at.ticks[0], at.ticks[1]), Due.FIRE);
    }
  }

  /** Safety is over: nothing fails any more, but what is gone forever. */
  stop(): void {
    this.isOver = true;
    for (const fault of this.faults) {
      const isForever = fault.plan.kind === 'device' && fault.plan.forever === true;
      if (fault.phase === 'active' && !isForever) this.cease(fault);
      if (!isForever) fault.phase = 'over';
    }
    this.stepCrashes = [];
    this.stepOthers = [];
    this.nodes.reset();
  }

  /** Something is due for a fault. */
  due(index: number, what: number): void {
    const fault = this.faults.find((each) => each.index === index)!;
    if (fault.phase === 'over') return;
    if (what === Due.END) return this.end(fault);
    if (what === Due.FLAP) return this.world.paths.flap(fault);
    if (fault.phase === 'armed') this.fire(fault);
  }

  /** A migration entered a state; triggers look at disk 0's. */
  stateEntered(disk: number, state: string): void {
    if (disk !== 0 || this.isOver) return;
    for (const fault of this.faults) {
      const { at } = fault.plan;
      if (fault.phase !== 'armed' || at === undefined || !('state' in at) || at.state !== state) continue;
      fault.occurrencesLeft -= 1;
      if (fault.occurrencesLeft === 0) this.schedule(fault, fault.stream.between(at.ticks[0], at.ticks[1]), Due.FIRE);
    }
  }

  /** What becomes of a request at its service. */
  judge(row: number): ServiceVerdict {
    if (this.devices.active.length === 0) return 'pass';
    const fault = this.devices.judge(row);
    if (fault === undefined) return 'pass';
    const { requests, devices, queue, steps, watch } = this.world;
    const device = requests.rows[row]!.device;
    const step = requests.rows[row]!.step;
    this.stream = fault.stream;
    if (step >= 0) watch.stepHit(steps.words[step]!, 'device');
    this.hit(fault, devices.words[device]!);
    const verdict = this.devices.verdictOf(fault, row);
    // A late answer is none the worse.
    if (verdict !== 'late') devices.faultedTick[device] = queue.atTick;
    return verdict;
  }

  /** A device is gone, or does not take what it is given, and never will. */
  get isLossForever(): boolean {
    return this.isOver && this.devices.active.length > 0;
  }

  /** Whether nothing answers in the device's place right now. */
  isGone(device: number): boolean {
    return this.devices.isGone(device);
  }

  /** A durable step's request has come to its device, or would have: faults other than crashes that wait for it begin. */
  stepAhead(row: number): void {
    if (this.stepOthers.length === 0) return;
    const { requests, steps } = this.world;
    const index = requests.rows[row]!.step;
    for (const fault of this.stepOthers) {
      if (!isAwaiting(fault, steps.words[index]!)) continue;
      fault.occurrencesLeft -= 1;
      if (fault.occurrencesLeft > 0) continue;
      fault.step = index;
      fault.device = requests.rows[row]!.device;
      fault.path = requests.rows[row]!.path;
      if (fault.plan.kind === 'path' && fault.plan.node === 'stepping') fault.node = requests.rows[row]!.node;
      if (fault.plan.kind === 'pause') this.nodes.pauseAtStep(fault, row);
      else if ('position' in fault.plan.at! && fault.plan.at.position === 'after') this.schedule(fault, 0, Due.FIRE);
      else this.fire(fault);
    }
  }

  /** A durable step is being serviced. @returns at which position the node that takes it crashes, if it does. */
  stepReached(row: number): Position | 'none' {
    if (this.stepCrashes.length === 0) return 'none';
    const { requests, steps } = this.world;
    const due = this.countStep(steps.words[requests.rows[row]!.step]!);
    if (due === undefined) return 'none';
    this.stream = due.stream;
    return this.nodes.crashPosition(due, row);
  }

  /** The request of `stepReached` was serviced, as far as its position let it. */
  crashAtStep(row: number, position: Position): void {
    this.nodes.crashAtStep(row, position);
  }

  /** A node has taken the turn of a completion. */
  completionDelivered(operationId: number, node: number): void {
    this.nodes.completionDelivered(operationId, node);
  }

  /** A request of a node that stopped was settled: a crash that fell on a named step is worth noting. */
  crashSettled(row: number, status: number): void {
    this.nodes.crashSettled(row, status);
  }

  /** A node has stopped: whoever waited for that uses its devices. */
  nodeStopped(node: number): void {
    for (const fault of this.faults) {
      if (fault.plan.kind !== 'foreignWrite' || fault.phase !== 'active') continue;
      fault.phase = 'over';
      if (writeFromElsewhere(this.world, node, fault.plan.disk ?? 0, fault.stream)) this.tellFired(fault, fault.where);
    }
  }

  /** Counts a step for every crash that waits for it. @returns the first that is due. */
  private countStep(step: string): Fault | undefined {
    let due: Fault | undefined = undefined;
    for (const fault of this.stepCrashes) {
      if (!isAwaiting(fault, step)) continue;
      // Two faults due at one step: the second waits for the next.
      if (fault.occurrencesLeft > 1) fault.occurrencesLeft -= 1;
      else due ??= fault;
    }
    return due;
  }

  private fire(fault: Fault): void {
    switch (fault.plan.kind) {
      case 'crash':
        return this.nodes.fireCrash(fault);
      case 'pause':
        return this.nodes.firePause(fault);
      case 'device':
        this.devices.begin(fault);
        return this.activate(fault);
      case 'path':
        return this.firePath(fault, fault.plan);
      case 'media':
        this.media.begin(fault);
        return this.activate(fault);
      case 'reservation':
        return this.fireReservation(fault, fault.plan);
      case 'network':
      case 'clock': {
        const { node } = fault.plan;
        fault.node = node === 'any' ? -1 : this.nodes.nodeFor(node, fault);
        if (node !== 'any' && fault.node < 0) return this.missed(fault);
        return fault.plan.kind === 'network' ? this.beginNetwork(fault) : this.beginClock(fault);
      }
      case 'foreignWrite':
        fault.phase = 'active';
        return;
      case 'grow':
        fault.phase = 'over';
        this.tellFired(fault, fault.where);
        return growSource(this.world, fault.plan.disk ?? 0, fault.plan.blocks);
      case 'devicePower':
        fault.phase = 'over';
        this.tellFired(fault, fault.where);
        return losePowerTogether(this.world, fault.plan.devices, fault.plan.disk ?? 0, fault.stream);
    }
  }

  private firePath(fault: Fault, { node, lasting }: PathFaultPlan): void {
    const { stream } = fault;
    if (node === undefined || node === 'any') fault.node = stream.integer(this.world.plan.nodesCount);
    else if (node !== 'stepping') fault.node = this.nodes.nodeFor(node, fault);
    if (fault.node < 0) return this.missed(fault);
    fault.phase = 'active';
    const isLast = this.world.paths.begin(fault);
    const ticks = lasting === undefined ? Number.POSITIVE_INFINITY : stream.between(lasting[0], lasting[1]);
    const granted = isLast ? this.atlas.lastPathTicks(ticks) : ticks;
    if (granted !== Number.POSITIVE_INFINITY) this.schedule(fault, granted, Due.END);
  }

  private fireReservation(fault: Fault, { device: role }: ReservationFaultPlan): void {
    const { devices, cluster } = this.world;
    const { device } = devices.descriptions.find((each) => each.role === role && each.disk === 0)!;
    if (cluster.isAnybodyStale(0) || !loseReservation(this.world, device)) return this.missed(fault);
    fault.phase = 'over';
    this.tellFired(fault, devices.words[device]!);
  }

  private beginNetwork(fault: Fault): void {
    // A partition is one whether anybody speaks or not.
    if ('effect' in fault.plan && fault.plan.effect === 'partition') this.tellFired(fault, fault.where);
    this.network.begin(fault);
    this.activate(fault);
  }

  private beginClock(fault: Fault): void {
    this.tellFired(fault, `node ${fault.node}`);
    this.clocks.begin(fault);
    this.activate(fault);
  }

  private activate(fault: Fault): void {
    fault.phase = 'active';
    const { plan } = fault;
    if ('lasting' in plan && plan.lasting !== undefined)
      this.schedule(fault, fault.stream.between(plan.lasting[0], plan.lasting[1]), Due.END);
  }

  /** A fault that goes on for a while has hit something. */
  hit(fault: Fault, where: string): void {
    fault.hitsCount += 1;
    this.tellFired(fault, where);
    if ('times' in fault.plan && fault.plan.times === fault.hitsCount) this.schedule(fault, 0, Due.END);
  }

  private end(fault: Fault): void {
    fault.phase = 'over';
    this.cease(fault);
    this.world.story.tell('fault', `${fault.kind} at ${fault.where} ends`);
  }

  private cease(fault: Fault): void {
    switch (fault.plan.kind) {
      case 'device':
        return this.devices.end(fault);
      case 'path':
        return this.world.paths.end(fault);
      case 'media':
        return this.media.end(fault);
      case 'network':
        return this.network.end(fault);
      case 'clock':
        return this.clocks.end(fault);
      default:
        return;
    }
  }

  /** Nobody to hit right now: once more a little later. */
  private missed(fault: Fault): void {
    fault.missesCount += 1;
    if (fault.missesCount >= MISSES_MAX) fault.phase = 'over';
    else this.schedule(fault, MISS_TICKS, Due.FIRE);
  }

  private schedule(fault: Fault, ticks: number, what: number): void {
    const { queue } = this.world;
    queue.push(queue.atTick + ticks, Kind.FAULT, fault.index, what, 0, 0, 0, 0);
  }

  private tellFired(fault: Fault, where: string): void {
    const { watch, story, operators } = this.world;
    watch.faultFired(fault.kind, where, operators.list[0]?.state ?? 'unknown');
    if (story.isKept && fault.hitsCount < STORY_HITS_MAX) story.tell('fault', `${fault.kind} at ${where}`);
  }
}

/** A fault that hits again and again is told so often only. */
const STORY_HITS_MAX = 20;

/** Whether the fault waits for that step. */
function isAwaiting({ phase, occurrencesLeft, plan: { at } }: Fault, step: string): boolean {
  if (phase !== 'armed' || occurrencesLeft < 1 || at === undefined || !('step' in at)) return false;
  return at.step === 'any' || at.step === step;
}
