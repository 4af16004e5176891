/**
 * Owns the faults of a run: when each fires (at a tick, at a named step, after a state was entered), and what it then does. Faults are decided
 * here and applied elsewhere: the device service asks for a verdict on each request, the lifecycle stops and stalls nodes.
 *
 *   begin ─► armed ──trigger──► crash, pause: fired, over
 *                      └──────► device: active ──lasting──► over         liveness: all over
 *
 * Crash at a step, by position.  before: the request never reaches the device.  during: a strict subset of its sectors lands, or of what was
 * unflushed becomes durable.  after: it is serviced; the node dies before it hears of it, or right after (drawn).
 */

import type { FaultPlan } from '../../../scenarios/scenario.js';
import type { Stream } from '../../determinism/decisions.js';
import type { ServiceVerdict } from '../devices/device-service.js';
import { STATUS_OK, STATUS_PARTIAL } from '../devices/operations.js';
import { FAULT_END, FAULT_FIRE, KIND_FAULT } from '../event-kinds.js';
import type { World } from '../world.js';
import { type DeviceFaultPlan, hits, type JudgedRequest } from './device-fault.js';
import { FaultAtlas } from './fault-atlas.js';
import { createFault, type Fault } from './fault.js';

type CrashPlan = FaultPlan & { kind: 'crash' };
type Position = 'before' | 'during' | 'after';
const POSITIONS: readonly Position[] = ['before', 'during', 'after'];

/** A slow request is mostly late, and sometimes later than the engine waits. */
const SLOW_TICKS_MIN = 2_000;
const SLOW_TICKS_MAX = 80_000;
/** A crash that finds nobody to hit is tried again so often, after so long. */
const MISSES_MAX = 20;
const MISS_TICKS = 2_000;
const NODE_NONE = -1;

export class FaultRules {
  /** How late the request of the last verdict `slow` is. */
  slowTicks = 0;
  /** The stream of the fault behind the last verdict or position: what it leaves open is drawn from there. */
  stream!: Stream;
  private faults: Fault[] = [];
  /** Armed faults that wait for a step, and active device faults: what the hot path looks at. */
  private stepFaults: Fault[] = [];
  private activeFaults: Fault[] = [];
  private readonly atlas = new FaultAtlas();
  /** The fault that fires at the step being serviced. */
  private atStep: Fault | undefined = undefined;
  private victimAtStep = NODE_NONE;
  /** The fault that fires when this operation's completion was delivered. */
  private afterDelivery: Fault | undefined = undefined;
  private operationDelivered = 0;
  private isOver = false;
  private readonly judged = { description: undefined as never, operation: 0, sector: 0, count: 0 } as {
    -readonly [K in keyof JudgedRequest]: JudgedRequest[K];
  };

  constructor(private readonly world: World) {}

  reset(): void {
    const { plan, decisions } = this.world;
    this.atlas.reset();
    this.isOver = false;
    this.atStep = undefined;
    this.afterDelivery = undefined;
    this.faults = plan.faults.map((wish, index) => {
      const granted = this.atlas.grant(wish);
      return createFault(index, granted, decisions.stream(`fault.${index}.${granted.kind}`));
    });
    this.stepFaults = this.faults.filter(({ plan: { at } }) => at !== undefined && 'step' in at);
    this.activeFaults = [];
  }

  begin(): void {
    for (const fault of this.faults) {
      this.world.watch.faultArmed(fault.kind, fault.where);
      const { at } = fault.plan;
      if (at === undefined) this.activate(fault);
      else if ('ticks' in at && !('state' in at))
        this.schedule(fault, fault.stream.between(at.ticks[0], at.ticks[1]), FAULT_FIRE);
    }
  }

  /** Safety is over: nothing fails any more. */
  stop(): void {
    this.isOver = true;
    for (const fault of this.faults) fault.phase = 'over';
    this.stepFaults = [];
    this.activeFaults = [];
    this.atStep = undefined;
    this.afterDelivery = undefined;
  }

  /** Something is due for a fault. */
  due(index: number, what: number): void {
    const fault = this.faults[index]!;
    if (fault.phase === 'over') return;
    if (what === FAULT_END) return this.end(fault);
    if (fault.phase === 'armed') this.fire(fault);
  }

  /** A migration entered a state; triggers look at disk 0's. */
  stateEntered(disk: number, state: string): void {
    if (disk !== 0 || this.isOver) return;
    for (const fault of this.faults) {
      const { at } = fault.plan;
      if (fault.phase !== 'armed' || at === undefined || !('state' in at) || at.state !== state) continue;
      fault.occurrencesLeft -= 1;
      if (fault.occurrencesLeft === 0) this.schedule(fault, fault.stream.between(at.ticks[0], at.ticks[1]), FAULT_FIRE);
    }
  }

  /** What becomes of a request at its service. */
  judge(row: number): ServiceVerdict {
    if (this.activeFaults.length === 0) return 'pass';
    const { requests, devices, queue } = this.world;
    const device = requests.device[row]!;
    const { judged } = this;
    judged.description = devices.descriptions[device]!;
    judged.operation = requests.operation[row]!;
    judged.sector = requests.sector[row]!;
    judged.count = requests.count[row]!;
    for (const fault of this.activeFaults) {
      const plan = fault.plan as DeviceFaultPlan;
      if (!hits(fault, plan, judged)) continue;
      devices.faultedTick[device] = queue.atTick;
      this.stream = fault.stream;
      this.tellFired(fault, devices.words[device]!);
      if (plan.effect === 'slow') this.slowTicks = fault.stream.between(SLOW_TICKS_MIN, SLOW_TICKS_MAX);
      return plan.effect;
    }
    return 'pass';
  }

  /** A durable step is being serviced. @returns at which position the node that takes it crashes, if it does. */
  stepReached(row: number): Position | 'none' {
    if (this.stepFaults.length === 0) return 'none';
    const { requests, steps } = this.world;
    const step = steps.words[requests.step[row]!];
    const due = this.countStep(step!);
    if (due === undefined) return 'none';
    if (due.plan.kind !== 'crash') {
      this.fire(due);
      return 'none';
    }
    const victim = this.victimOf(due.plan, due, requests.node[row]!);
    if (victim === NODE_NONE || !this.atlas.admitCrash()) return 'none';
    due.phase = 'over';
    this.atStep = due;
    this.victimAtStep = victim;
    this.stream = due.stream;
    if (victim !== requests.node[row]) return 'after';
    const { at } = due.plan;
    return ('step' in at ? at.position : undefined) ?? due.stream.pick(POSITIONS);
  }

  /** The request of `stepReached` was serviced, as far as its position let it. */
  crashAtStep(row: number, position: Position): void {
    const fault = this.atStep;
    if (fault === undefined) return;
    this.atStep = undefined;
    const { requests, steps, watch, cluster } = this.world;
    const node = requests.node[row]!;
    const victim = this.victimAtStep;
    const step = steps.words[requests.step[row]!]!;
    if (victim === node) {
      const inRecovery = step.startsWith('recovery.') || cluster.isComingOnline(node);
      watch.crashedAtStep(node, step, position, inRecovery);
      this.tellFired(fault, `node ${node}, ${position} ${step}`);
      if (position === 'after' && fault.stream.integer(2) === 1) {
        this.afterDelivery = fault;
        this.operationDelivered = requests.operationId[row]!;
        return;
      }
    } else {
      this.tellFired(fault, `node ${victim}, when node ${node} took ${step}`);
    }
    this.crash(fault, victim);
  }

  /** A node has taken the turn of a completion. */
  completionDelivered(operationId: number, node: number): void {
    const fault = this.afterDelivery;
    if (fault === undefined || operationId !== this.operationDelivered) return;
    this.afterDelivery = undefined;
    if (this.world.nodes.isUp[node] === true) this.crash(fault, node);
  }

  /** A request of a node that stopped was settled: a crash that fell on a named step is worth noting. */
  crashSettled(row: number, status: number): void {
    const { requests, steps, watch, cluster } = this.world;
    const index = requests.step[row]!;
    if (index < 0) return;
    const position = status === STATUS_OK ? 'after' : status === STATUS_PARTIAL ? 'during' : 'before';
    const step = steps.words[index]!;
    const node = requests.node[row]!;
    watch.crashedAtStep(node, step, position, step.startsWith('recovery.') || cluster.isComingOnline(node));
  }

  /** Counts a step for every fault that waits for it. @returns the first that is due. */
  private countStep(step: string): Fault | undefined {
    let due: Fault | undefined = undefined;
    for (const fault of this.stepFaults) {
      const { at } = fault.plan;
      if (fault.phase !== 'armed' || at === undefined || !('step' in at)) continue;
      if (at.step !== 'any' && at.step !== step) continue;
      // Two faults due at one step: the second waits for the next.
      if (fault.occurrencesLeft > 1) fault.occurrencesLeft -= 1;
      else due ??= fault;
    }
    return due;
  }

  private fire(fault: Fault): void {
    const { plan } = fault;
    switch (plan.kind) {
      case 'device':
        return this.activate(fault);
      case 'pause':
        return this.firePause(fault, plan);
      case 'crash':
        return this.fireCrash(fault, plan);
    }
  }

  private firePause(fault: Fault, plan: FaultPlan & { kind: 'pause' }): void {
    const node = this.nodeFor(plan.node, fault);
    if (node === NODE_NONE || this.world.nodes.isPaused[node] === true) return this.missed(fault);
    fault.phase = 'over';
    this.tellFired(fault, `node ${node}`);
    this.world.lifecycle.pause(node, fault.stream.between(plan.ticks[0], plan.ticks[1]));
  }

  private fireCrash(fault: Fault, plan: CrashPlan): void {
    const node = this.victimOf(plan, fault, NODE_NONE);
    if (node === NODE_NONE) return this.missed(fault);
    fault.phase = 'over';
    if (!this.atlas.admitCrash()) return;
    this.tellFired(fault, plan.power === true ? 'the whole site' : `node ${node}`);
    this.crash(fault, node);
  }

  private crash(fault: Fault, node: number): void {
    const { lifecycle } = this.world;
    const plan = fault.plan as CrashPlan;
    const { stream } = fault;
    const stopped = plan.power === true ? lifecycle.cutSitePower(stream) : [node];
    if (plan.power !== true) lifecycle.stop(node, 'crash', stream);
    for (const other of stopped)
      lifecycle.bootAt(other, this.world.tick + stream.between(plan.restart[0], plan.restart[1]));
  }

  private activate(fault: Fault): void {
    const plan = fault.plan as DeviceFaultPlan;
    fault.phase = 'active';
    this.activeFaults.push(fault);
    if (plan.lasting !== undefined)
      this.schedule(fault, fault.stream.between(plan.lasting[0], plan.lasting[1]), FAULT_END);
  }

  private end(fault: Fault): void {
    fault.phase = 'over';
    this.activeFaults = this.activeFaults.filter((other) => other !== fault);
    this.world.story.tell('fault', `${fault.kind} at ${fault.where} ends`);
  }

  /** Nobody to hit right now: once more a little later. */
  private missed(fault: Fault): void {
    fault.missesCount += 1;
    if (fault.missesCount >= MISSES_MAX) fault.phase = 'over';
    else this.schedule(fault, MISS_TICKS, FAULT_FIRE);
  }

  private schedule(fault: Fault, ticks: number, what: number): void {
    const { queue } = this.world;
    queue.push(queue.atTick + ticks, KIND_FAULT, fault.index, what, 0, 0, 0, 0);
  }

  private victimOf(plan: CrashPlan, fault: Fault, stepping: number): number {
    if (plan.node === 'stepping' && stepping !== NODE_NONE) return stepping;
    return this.nodeFor(plan.node === 'standby' ? 'standby' : 'host', fault);
  }

  private nodeFor(whom: 'host' | 'standby', fault: Fault): number {
    const node = whom === 'standby' ? this.world.drawStandby(0, fault.stream) : this.world.cluster.carrierOf(0);
    return node !== NODE_NONE && this.world.nodes.isUp[node] === true ? node : NODE_NONE;
  }

  private tellFired(fault: Fault, where: string): void {
    const { watch, story, operators } = this.world;
    watch.faultFired(fault.kind, where, operators.list[0]?.state ?? 'unknown');
    if (story.isKept && (fault.plan.kind !== 'device' || fault.matchesCount < STORY_MATCHES_MAX)) {
      story.tell('fault', `${fault.kind} at ${where}`);
    }
  }
}

/** A device fault that hits again and again is told so often only. */
const STORY_MATCHES_MAX = 20;
