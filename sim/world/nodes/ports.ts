/**
 * Owns which device is attached to which port of which node. Ports are dealt anew at every boot, with some left empty, so that an engine that
 * knows a device by its place is caught.
 */

import type { Stream } from '../../determinism/decisions.js';
import { KIND_MAP_DEVICE } from '../event-kinds.js';
import { targetOf } from '../layout.js';
import type { World } from '../world.js';

/** Ports that nothing is attached to, beside those that wait for a device. */
const PORTS_EMPTY = 2;
const DEVICE_NONE = -1;

export class Ports {
  /** Ports of every node. */
  portsCount = 0;
  private stream!: Stream;
  private readonly devicesByNode: number[][] = [];

  constructor(private readonly world: World) {}

  reset(): void {
    const { world } = this;
    this.stream = world.decisions.stream('ports');
    for (let node = 0; node < world.plan.nodesCount; node += 1) this.devicesByNode[node] = [];
    this.portsCount = this.attachable(0).length + PORTS_EMPTY;
  }

  /** @returns the device at a port, or -1. */
  deviceAt(node: number, port: number): number {
    return this.devicesByNode[node]![port] ?? DEVICE_NONE;
  }

  /** A node boots: every device that it can see by now gets a port. */
  deal(node: number): void {
    const ports = this.attachable(node).map((device) => (this.isHidden(node, device) ? DEVICE_NONE : device));
    while (ports.length < this.portsCount) ports.push(DEVICE_NONE);
    this.devicesByNode[node] = this.stream.shuffle(ports);
  }

  /** Attaches a device to an empty port while the node runs. @returns the port, or -1 when the device has one already. */
  map(node: number, device: number): number {
    const ports = this.devicesByNode[node]!;
    if (ports.includes(device)) return -1;
    const empty = ports.flatMap((other, port) => (other === DEVICE_NONE ? [port] : []));
    const port = this.stream.pick(empty);
    ports[port] = device;
    return port;
  }

  /** @returns the port of a device at a node, or -1. */
  portOf(node: number, device: number): number {
    return this.devicesByNode[node]!.indexOf(device);
  }

  /** Devices that were unplugged are back: nodes of the mask, who asked for them meanwhile, are told. */
  reappear(devices: readonly number[], nodesMask: number): void {
    const { queue, plan } = this.world;
    for (let node = 0; node < plan.nodesCount; node += 1) {
      if ((nodesMask & (1 << node)) === 0) continue;
      for (const device of devices) queue.push(queue.atTick, KIND_MAP_DEVICE, node, device, 1, 0, 0, 0);
    }
  }

  private attachable(node: number): number[] {
    return this.world.devices.descriptions.flatMap((description) =>
      description.node === -1 || description.node === node ? [description.device] : [],
    );
  }

  private isHidden(node: number, device: number): boolean {
    const later = this.world.plan.targetMappedLater;
    return later !== undefined && device === targetOf(0) && later[0] === node && this.world.tick < later[1];
  }
}
