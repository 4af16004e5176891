/**
 * Owns the paths between nodes and devices: which are lost right now, and which are longer than the others. What a lost path does to a
 * request is in `devices/lost-path.ts`.
 *
 *   begin ──► affected ──flap──► well ⇄ affected ──end──► well       a node hears of each return, as of a device that was attached
 */

import type { Stream } from '../../determinism/decisions.js';
import { DRIVER_TICKS } from '../devices/latency.js';
import { Due, Kind } from '../event-kinds.js';
import type { PathFaultPlan } from '../../../scenarios/fault.js';
import type { Fault } from '../faults/fault.js';
import type { World } from '../world.js';

/** A fault of a path while it lasts. */
export interface PathFault {
  readonly fault: Fault;
  readonly effect: PathFaultPlan['effect'];
  readonly node: number;
  /** -1: every device. */
  readonly device: number;
  readonly path: number;
  readonly isSilent: boolean;
  /** Lost or longer right now; a path that flaps is well in between. */
  isBad: boolean;
}

const DEVICE_EVERY = -1;
/** The world has no such device. */
const DEVICE_NONE = -2;
/** How long a flapping path is lost, and well. It carries most of what is sent on it. */
const LOST_TICKS_MIN = 100;
const LOST_TICKS_MAX = 2_500;
const WELL_TICKS_MIN = 2_000;
const WELL_TICKS_MAX = 12_000;
/** What a longer path takes more. */
const EXTRA_TICKS_MAX = 3_000;
/** A node learns of a path's return by a notice and an inquiry, which may go the longer way: until then it may find none. */
const HEARD_TICKS = EXTRA_TICKS_MAX + 500;

export class Paths {
  /** Every path is as it should be: what the hot path asks first. */
  isCalm = true;
  /** Decides how late requests land. */
  stream!: Stream;
  /** Per device: until when a node was last cut off from it; -1: never. */
  readonly cutOffTick: number[] = [];
  private bad: PathFault[] = [];
  /** By node and device: no path is left. */
  private isCutOff: boolean[][] = [];

  constructor(private readonly world: World) {}

  reset(): void {
    const { plan, devices, decisions } = this.world;
    this.isCalm = true;
    this.stream = decisions.stream('paths');
    this.bad = [];
    for (let device = 0; device < devices.count; device += 1) this.cutOffTick[device] = -1;
    this.isCutOff = Array.from({ length: plan.nodesCount }, () => []);
  }

  /** A fault fires at a node. @returns whether that takes the node's last path to a device. */
  begin(fault: Fault): boolean {
    const { node, stream } = fault;
    const plan = fault.plan as PathFaultPlan;
    const isOfStep = plan.node === 'stepping';
    const device = isOfStep ? fault.device : this.deviceFor(plan, node);
    const path = isOfStep ? fault.path : (plan.path ?? stream.integer(this.world.plan.pathsCount));
    // Two silent paths to one device could not be told from a device that is silent itself.
    const canBeSilent =
      (plan.effect === 'loss' || plan.effect === 'zombie') && !this.bad.some((other) => other.isSilent);
    const isSilent = canBeSilent && (plan.silent ?? stream.integer(4) === 0);
    const pathFault: PathFault = { fault, effect: plan.effect, node, device, path, isSilent, isBad: true };
    this.bad.push(pathFault);
    this.isCalm = false;
    this.tell(pathFault, 'begins');
    this.changed(node);
    if (plan.effect === 'flap') this.flapIn(pathFault, stream.between(LOST_TICKS_MIN, LOST_TICKS_MAX));
    return this.isCutOff[node]!.includes(true);
  }

  /** A flapping path changes. */
  flap(fault: Fault): void {
    const flapping = this.bad.find((other) => other.fault === fault);
    if (flapping === undefined) return;
    flapping.isBad = !flapping.isBad;
    const { stream } = fault;
    this.flapIn(
      flapping,
      flapping.isBad ? stream.between(LOST_TICKS_MIN, LOST_TICKS_MAX) : stream.between(WELL_TICKS_MIN, WELL_TICKS_MAX),
    );
    this.changed(flapping.node);
    if (!flapping.isBad) this.notify(flapping);
  }

  end(fault: Fault): void {
    const ended = this.bad.find((other) => other.fault === fault);
    if (ended === undefined) return;
    this.bad = this.bad.filter((other) => other !== ended);
    this.isCalm = this.bad.length === 0;
    this.tell(ended, 'ends');
    this.changed(ended.node);
    if (ended.effect !== 'reorder') this.notify(ended);
  }

  /** The fault that keeps a path from carrying anything; undefined: it is well. */
  lossOf(node: number, device: number, path: number): PathFault | undefined {
    for (const fault of this.bad) {
      if (fault.isBad && fault.effect !== 'reorder' && isOn(fault, node, device, path)) return fault;
    }
    return undefined;
  }

  /** How much later a request arrives than it would by the other paths. */
  extraTicks(row: number): number {
    const { requests } = this.world;
    const [node, device, path] = [requests.rows[row]!.node, requests.rows[row]!.device, requests.rows[row]!.path];
    for (const pathFault of this.bad) {
      if (pathFault.effect !== 'reorder' || !isOn(pathFault, node, device, path)) continue;
      this.tellHit(row, pathFault);
      return pathFault.fault.stream.integer(EXTRA_TICKS_MAX);
    }
    return 0;
  }

  /** Whether what is sent to a port gets to the device. */
  leadsTo(node: number, port: number, device: number): boolean {
    const { ports } = this.world;
    if (ports.deviceAt(node, port) !== device) return false;
    return this.isCalm || this.lossOf(node, device, ports.pathAt(node, port)) === undefined;
  }

  /** A node hears that a path is back, unless it was lost once more. */
  tellBack(node: number, device: number, path: number): void {
    const { nodes, ports, turns } = this.world;
    const port = ports.portOf(node, device, path);
    if (nodes.isUp[node] !== true || port < 0 || this.lossOf(node, device, path) !== undefined) return;
    turns.deviceMapped(node, port);
  }

  /** A request met a bad path. */
  tellHit(row: number, { fault }: PathFault): void {
    const { requests, devices, faults } = this.world;
    const to = devices.words[requests.rows[row]!.device]!;
    faults.hit(fault, `path ${requests.rows[row]!.path} from node ${requests.rows[row]!.node} to the ${to}`);
  }

  private deviceFor(plan: PathFaultPlan, node: number): number {
    if (plan.device === undefined) return DEVICE_EVERY;
    const disk = plan.disk ?? 0;
    const found = this.world.ports.attachable(node).find((device) => {
      const description = this.world.devices.descriptions[device]!;
      return description.role === plan.device && (description.disk < 0 || description.disk === disk);
    });
    return found ?? DEVICE_NONE;
  }

  private flapIn({ fault }: PathFault, ticks: number): void {
    const { queue } = this.world;
    queue.push(queue.atTick + ticks, Kind.FAULT, fault.index, Due.FLAP, 0, 0, 0, 0);
  }

  private notify({ node, device, path }: PathFault): void {
    const { queue, ports } = this.world;
    for (const each of device === DEVICE_EVERY ? ports.attachable(node) : [device]) {
      queue.push(queue.atTick + DRIVER_TICKS, Kind.PATH_BACK, node, each, path, 0, 0, 0);
    }
  }

  /** Looks which devices a node is cut off from by now. */
  private changed(node: number): void {
    const { plan, ports, tick } = this.world;
    for (const device of ports.attachable(node)) {
      let isCutOff = true;
      for (let path = 0; path < plan.pathsCount && isCutOff; path += 1) {
        isCutOff = this.lossOf(node, device, path) !== undefined;
      }
      if (isCutOff) this.cutOffTick[device] = Number.POSITIVE_INFINITY;
      const wasCutOff = this.isCutOff[node]![device] === true;
      this.isCutOff[node]![device] = isCutOff;
      const isStillForOthers = this.isCutOff.some((devices) => devices[device] === true);
      if (wasCutOff && !isStillForOthers) this.cutOffTick[device] = tick + HEARD_TICKS;
    }
  }

  private tell({ fault, node, device, path, isSilent }: PathFault, what: string): void {
    const { story, devices } = this.world;
    if (!story.isKept) return;
    const to = device === DEVICE_EVERY ? 'every device' : `the ${devices.words[device]!}`;
    story.tell(
      'fault',
      `${fault.kind} of path ${path} from node ${node} to ${to} ${what}${isSilent ? ', untold' : ''}`,
    );
  }
}

const isOn = (fault: PathFault, node: number, device: number, path: number): boolean =>
  fault.node === node && fault.path === path && (fault.device === DEVICE_EVERY || fault.device === device);
