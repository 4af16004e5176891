/**
 * Owns the one switch over events: whose event it is, and that an event of a stalled node waits until the node wakes up. The digest takes in the
 * kind, the tick and the operands of each.
 */

import { Kind } from './event-kinds.js';
import type { World } from './world.js';

const NODE_NONE = -1;
/** An inquiry of a healthy device takes less. */
const FOUND_TICKS = 1_000;

/** What the digest takes in of the event itself. */
const opening = new Float64Array(5);

/** Handles the event that was just popped. */
export function dispatch(world: World): void {
  const { queue, digest, nodes } = world;
  opening[0] = queue.kind;
  opening[1] = queue.atTick;
  opening[2] = queue.a;
  opening[3] = queue.b;
  opening[4] = queue.c;
  digest.foldWords(opening, 0, opening.length);
  const node = nodeOf(world);
  if (node !== NODE_NONE && nodes.isPaused[node] === true) nodes.hold(node, queue);
  else handle(world);
  digest.closeEvent();
}

/** @returns the node that has to be awake for the event, or -1. */
function nodeOf({ queue, requests, network, cluster }: World): number {
  switch (queue.kind) {
    case Kind.COMPLETE:
      return requests.holds(queue.a, queue.b) ? requests.rows[queue.a]!.node : NODE_NONE;
    case Kind.TIMER:
    case Kind.NOTICE:
    case Kind.COMMAND:
    case Kind.MAP_DEVICE:
    case Kind.PATH_BACK:
      return queue.a;
    case Kind.MESSAGE:
      return network.addresseeOf(queue.a);
    case Kind.THINK:
      return queue.d > 0 ? queue.d - 1 : cluster.hostOf(queue.a);
    case Kind.SWEEP:
      return cluster.hostOf(queue.a);
    default:
      return NODE_NONE;
  }
}

function handle(world: World): void {
  const { queue } = world;
  switch (queue.kind) {
    case Kind.SERVICE:
      return world.service.service(queue.a, queue.b);
    case Kind.COMPLETE:
      return complete(world, queue.a, queue.b);
    case Kind.TIMER:
      return fireTimer(world, queue.a, queue.b, queue.c, queue.d);
    case Kind.MESSAGE:
      return world.network.deliver(queue.a, queue.b, queue.c, queue.d, queue.e, queue.f);
    case Kind.NOTICE:
      return world.cluster.deliver(queue.a, queue.b, queue.c, queue.d, queue.e);
    case Kind.COMMAND:
      return world.operators.deliver(queue.c);
    case Kind.THINK:
      return queue.d > 0
        ? world.staleApplication.proceed(queue.d - 1, queue.a, queue.b)
        : world.workload.proceed(queue.a, queue.b, queue.c);
    case Kind.MAP_DEVICE:
      return queue.c === 0 ? mapDevice(world, queue.a, queue.b) : deviceBack(world, queue.a, queue.b);
    case Kind.PATH_BACK:
      return world.paths.tellBack(queue.a, queue.b, queue.c);
    case Kind.BOOT:
      return world.lifecycle.boot(queue.a);
    case Kind.RESUME:
      return world.lifecycle.resume(queue.a, queue.b);
    case Kind.HEARTBEAT:
      return world.cluster.membership.heartbeats();
    case Kind.DISK:
      return world.cluster.decide(queue.a, queue.b);
    case Kind.OPERATE:
      return world.operators.list[queue.a]!.look(queue.b);
    case Kind.FAULT:
      return world.faults.due(queue.a, queue.b);
    case Kind.SWEEP:
      return world.sweep.proceed(queue.a);
    default:
      // The end of the safety phase: what it changes, the run itself sees (`run-world.ts`).
      return;
  }
}

function complete(world: World, row: number, operationId: number): void {
  const node = world.requests.rows[row]!.node;
  const device = world.requests.rows[row]!.device;
  const completion = world.service.complete(row, operationId);
  if (completion === undefined) return;
  if (completion.status === 'conflict')
    world.watch.conflictHeard(node, world.devices.descriptions[device]!.disk, world.log.lastId);
  world.turns.deviceCompleted(node, completion);
  world.faults.completionDelivered(operationId, node);
}

function fireTimer(world: World, node: number, generation: number, timer: number, token: number): void {
  const isDue = world.clocks.take(node, token);
  if (isDue && world.nodes.lives(node, generation)) world.turns.fireTimer(node, timer);
}

function mapDevice(world: World, node: number, device: number): void {
  if (world.nodes.isUp[node] !== true) return;
  for (let path = 0; path < world.plan.pathsCount; path += 1) {
    const port = world.ports.map(node, device, path);
    if (port < 0) continue;
    if (world.story.isKept) world.story.tell(`node ${node}`, `sees the ${world.devices.words[device]!} from now on`);
    world.turns.deviceMapped(node, port);
  }
}

/** A device that a node once asked for in vain hangs on its port again. */
function deviceBack(world: World, node: number, device: number): void {
  if (world.nodes.isUp[node] !== true) return;
  for (let path = 0; path < world.plan.pathsCount; path += 1) {
    const port = world.ports.portOf(node, device, path);
    if (port < 0) continue;
    if (world.story.isKept) world.story.tell(`node ${node}`, `sees the ${world.devices.words[device]!} again`);
    // Until its inquiry is answered the node does not know what hangs there.
    world.devices.faultedTick[device] = world.tick + FOUND_TICKS;
    world.turns.deviceMapped(node, port);
  }
}
