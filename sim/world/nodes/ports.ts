/**
 * Owns which device is attached to which ports of which node: one port for each path. Ports are dealt anew at every boot, with some left
 * empty, so that an engine that knows a device by its place is caught.
 */

import type { Stream } from '../../determinism/decisions.js';
import { Kind } from '../event-kinds.js';
import { sourceOf, targetOf } from '../layout.js';
import type { World } from '../world.js';

/** Ports that nothing is attached to, beside those that wait for a device. */
const PORTS_EMPTY = 2;
const PLACE_NONE = -1;
/** What hangs on a port: a device's number, and above it the number of the path that leads there. */
const PATH_SHIFT = 10;
const placeOf = (device: number, path: number): number => device | (path << PATH_SHIFT);

export const deviceOfPlace = (place: number): number => (place < 0 ? -1 : place & ((1 << PATH_SHIFT) - 1));
export const pathOfPlace = (place: number): number => (place < 0 ? 0 : place >> PATH_SHIFT);

export class Ports {
  /** Ports of every node. */
  portsCount = 0;
  private stream!: Stream;
  private readonly placesByNode: number[][] = [];

  constructor(private readonly world: World) {}

  reset(): void {
    const { world } = this;
    this.stream = world.decisions.stream('ports');
    for (let node = 0; node < world.plan.nodesCount; node += 1) this.placesByNode[node] = [];
    this.portsCount = this.attachable(0).length * world.plan.pathsCount + PORTS_EMPTY;
  }

  /** @returns what hangs on a port, for `deviceOfPlace` and `pathOfPlace`; -1: nothing. */
  placeAt(node: number, port: number): number {
    return this.placesByNode[node]![port] ?? PLACE_NONE;
  }

  /** @returns the device at a port, or -1. */
  deviceAt(node: number, port: number): number {
    return deviceOfPlace(this.placeAt(node, port));
  }

  /** @returns the number of the path that leads from a port. */
  pathAt(node: number, port: number): number {
    return pathOfPlace(this.placeAt(node, port));
  }

  /** @returns the port at the node's end of a path, or -1. */
  portOf(node: number, device: number, path: number): number {
    return this.placesByNode[node]!.indexOf(placeOf(device, path));
  }

  /** A node boots: every device that it can see by now gets a port. */
  deal(node: number): void {
    const ports: number[] = [];
    for (let path = 0; path < this.world.plan.pathsCount; path += 1) {
      for (const device of this.attachable(node)) {
        ports.push(this.isHidden(node, device) ? PLACE_NONE : placeOf(device, path));
      }
    }
    while (ports.length < this.portsCount) ports.push(PLACE_NONE);
    this.placesByNode[node] = this.stream.shuffle(ports);
  }

  /** Attaches a path of a device to an empty port while the node runs. @returns the port, or -1 when the path has one already. */
  map(node: number, device: number, path: number): number {
    const ports = this.placesByNode[node]!;
    const place = placeOf(device, path);
    if (ports.includes(place)) return -1;
    const empty = ports.flatMap((other, port) => (other === PLACE_NONE ? [port] : []));
    const port = this.stream.pick(empty);
    ports[port] = place;
    return port;
  }

  /** Devices that were unplugged are back: nodes of the mask, who asked for them meanwhile, are told. */
  reappear(devices: readonly number[], nodesMask: number): void {
    const { queue, plan } = this.world;
    for (let node = 0; node < plan.nodesCount; node += 1) {
      if ((nodesMask & (1 << node)) === 0) continue;
      for (const device of devices) queue.push(queue.atTick, Kind.MAP_DEVICE, node, device, 1, 0, 0, 0);
    }
  }

  /** @returns the devices that a node has paths to. */
  attachable(node: number): number[] {
    return this.world.devices.descriptions.flatMap((description) =>
      description.node === -1 || description.node === node ? [description.device] : [],
    );
  }

  private isHidden(node: number, device: number): boolean {
    const { sourceMappedLater, targetMappedLater } = this.world.plan;
    if (device !== sourceOf(0) && device !== targetOf(0)) return false;
    const later = device === sourceOf(0) ? sourceMappedLater : targetMappedLater;
    return later !== undefined && later[0] === node && this.world.tick < later[1];
  }
}
