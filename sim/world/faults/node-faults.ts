/**
 * Owns the faults of nodes: crashes, of one or of all with the power of the site, and pauses; at a moment or at a named step.
 *
 * Crash at a step, by position.  before: the request never reaches the device.  during: a strict subset of its sectors lands, or of what was
 * unflushed becomes durable.  after: it is serviced; the node dies before it hears of it, or right after (drawn).
 * Pause at a step: the node sleeps while the device works, and hears of it when it wakes up; or (after) right after it heard.
 */

import type { CrashPlan, PausePlan } from '../../../scenarios/fault.js';
import { Status } from '../devices/operations.js';
import type { World } from '../world.js';
import type { FaultAtlas } from './fault-atlas.js';
import type { Fault } from './fault.js';

export type Position = 'before' | 'during' | 'after';
const POSITIONS: readonly Position[] = ['before', 'during', 'after'];

const NODE_NONE = -1;

/** What a node fault needs to know of the rules around it. */
export interface FaultTeller {
  fired(fault: Fault, where: string): void;
  /** Nobody to hit right now. */
  missed(fault: Fault): void;
}

/** A fault that strikes when this operation's completion was delivered. */
interface AfterDelivery {
  readonly fault: Fault;
  readonly operationId: number;
}

export class NodeFaults {
  /** The crash that strikes at the step being serviced. */
  private atStep: Fault | undefined = undefined;
  private victimAtStep = NODE_NONE;
  private afterDelivery: AfterDelivery[] = [];

  constructor(
    private readonly world: World,
    private readonly atlas: FaultAtlas,
    private readonly tell: FaultTeller,
  ) {}

  reset(): void {
    this.atStep = undefined;
    this.afterDelivery = [];
  }

  /** A crash that is due at the step of `row`. @returns at which position its node crashes, if it does. */
  crashPosition(fault: Fault, row: number): Position | 'none' {
    const plan = fault.plan as CrashPlan;
    const stepping = this.world.requests.rows[row]!.node;
    const victim = this.victimOf(plan.node, fault, stepping);
    if (victim === NODE_NONE || !this.atlas.admitCrash()) return 'none';
    fault.phase = 'over';
    this.atStep = fault;
    this.victimAtStep = victim;
    if (victim !== stepping) return 'after';
    return ('step' in plan.at ? plan.at.position : undefined) ?? fault.stream.pick(POSITIONS);
  }

  /** The request of `crashPosition` was serviced, as far as its position let it. */
  crashAtStep(row: number, position: Position): void {
    const fault = this.atStep;
    if (fault === undefined) return;
    this.atStep = undefined;
    const { requests, steps, watch } = this.world;
    const node = requests.rows[row]!.node;
    const victim = this.victimAtStep;
    const step = steps.words[requests.rows[row]!.step]!;
    if (victim === node) {
      watch.crashedAtStep(node, step, position, this.isInRecovery(node, step));
      this.tell.fired(fault, `node ${node}, ${position} ${step}`);
      if (position === 'after' && fault.stream.integer(2) === 1) {
        this.afterDelivery.push({ fault, operationId: requests.rows[row]!.operationId });
        return;
      }
    } else {
      this.tell.fired(fault, `node ${victim}, when node ${node} took ${step}`);
    }
    this.crash(fault, victim);
  }

  /** A pause that is due at the step of `row`. */
  pauseAtStep(fault: Fault, row: number): void {
    const plan = fault.plan as PausePlan;
    const { requests, steps, nodes, watch } = this.world;
    const stepping = requests.rows[row]!.node;
    const victim = this.victimOf(plan.node, fault, stepping);
    if (victim === NODE_NONE || nodes.isPaused[victim] === true) return this.tell.missed(fault);
    fault.phase = 'over';
    const step = steps.words[requests.rows[row]!.step]!;
    if (victim === stepping) watch.stepHit(step, 'pause');
    this.tell.fired(fault, `node ${victim}, at ${step}`);
    if (victim === stepping && 'step' in plan.at && plan.at.position === 'after')
      this.afterDelivery.push({ fault, operationId: requests.rows[row]!.operationId });
    else this.pause(fault, plan, victim);
  }

  /** A node has taken the turn of a completion. */
  completionDelivered(operationId: number, node: number): void {
    if (this.afterDelivery.length === 0) return;
    const due = this.afterDelivery.filter((waiting) => waiting.operationId === operationId);
    if (due.length === 0) return;
    this.afterDelivery = this.afterDelivery.filter((waiting) => waiting.operationId !== operationId);
    for (const { fault } of due) {
      if (this.world.nodes.isUp[node] !== true) return;
      if (fault.plan.kind === 'pause') this.pause(fault, fault.plan, node);
      else this.crash(fault, node);
    }
  }

  /** A request of a node that stopped was settled: a crash that fell on a named step is worth noting. */
  crashSettled(row: number, status: number): void {
    const { requests, steps, watch } = this.world;
    const index = requests.rows[row]!.step;
    if (index < 0) return;
    const position = status === Status.OK ? 'after' : status === Status.PARTIAL ? 'during' : 'before';
    const step = steps.words[index]!;
    const node = requests.rows[row]!.node;
    watch.crashedAtStep(node, step, position, this.isInRecovery(node, step));
  }

  firePause(fault: Fault): void {
    const plan = fault.plan as PausePlan;
    const node = this.victimOf(plan.node, fault, NODE_NONE);
    if (node === NODE_NONE || this.world.nodes.isPaused[node] === true) return this.tell.missed(fault);
    fault.phase = 'over';
    this.tell.fired(fault, `node ${node}`);
    this.pause(fault, plan, node);
  }

  fireCrash(fault: Fault): void {
    const plan = fault.plan as CrashPlan;
    const node = this.victimOf(plan.node, fault, NODE_NONE);
    if (node === NODE_NONE) return this.tell.missed(fault);
    fault.phase = 'over';
    if (!this.atlas.admitCrash()) return;
    this.tell.fired(fault, plan.power === true ? 'the whole site' : `node ${node}`);
    this.crash(fault, node);
  }

  /** @returns whom a fault hits right now, or -1. */
  nodeFor(whom: 'host' | 'standby', fault: Fault): number {
    const node = whom === 'standby' ? this.world.drawStandby(0, fault.stream) : this.world.cluster.carrierOf(0);
    return node !== NODE_NONE && this.world.nodes.isUp[node] === true ? node : NODE_NONE;
  }

  private victimOf(whom: CrashPlan['node'], fault: Fault, stepping: number): number {
    if (whom === 'stepping' && stepping !== NODE_NONE) return stepping;
    return this.nodeFor(whom === 'standby' ? 'standby' : 'host', fault);
  }

  private isInRecovery(node: number, step: string): boolean {
    return step.startsWith('recovery.') || this.world.cluster.isComingOnline(node);
  }

  private pause({ stream }: Fault, { ticks }: PausePlan, node: number): void {
    this.world.lifecycle.pause(node, stream.between(ticks[0], ticks[1]));
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
}
