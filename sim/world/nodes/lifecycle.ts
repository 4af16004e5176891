/**
 * Owns how nodes start, stop, sleep and wake. A node that stops loses its heap; what it had asked of devices is settled first, then
 * everybody who dealt with it is told. Leaves out who decides (`faults/`, `cluster/`).
 *
 * FAULT MODEL. What travels on a lost path when its node crashes still lands, unless the node is back before: logging in to a device anew ends
 * whatever it had there. A crash leaves the devices' caches alone. A power
 * failure of the site stops every node, and every device keeps of its unflushed sectors what chance leaves (`power-loss.ts`).
 */

import type { EngineConfiguration } from '../../../engine/contract/configuration.js';
import type { Stream } from '../../determinism/decisions.js';
import { Kind } from '../event-kinds.js';
import { configurationOf } from '../configuration.js';
import type { World } from '../world.js';
import type { Settlement } from '../devices/device-service.js';
import { losePower } from '../devices/power.js';

export type StopCause = 'crash' | 'power' | 'shutdown' | 'failed';

export class Lifecycle {
  private readonly configurations: EngineConfiguration[] = [];

  constructor(private readonly world: World) {}

  reset(): void {
    const { plan } = this.world;
    for (let node = 0; node < plan.nodesCount; node += 1) {
      this.configurations[node] = configurationOf(plan, node, this.world.ports.portsCount);
    }
  }

  /** A node's boot is due. One that runs already stays as it is: somebody else was faster. */
  boot(node: number): void {
    const { nodes, placement, ports, paths, service, watch, story, turns } = this.world;
    if (nodes.isUp[node] === true) return;
    service.settle(node, paths.stream, false);
    nodes.isUp[node] = true;
    nodes.isPaused[node] = false;
    nodes.generation[node]! += 1;
    nodes.forget(node);
    ports.deal(node);
    this.world.clocks.forget(node);
    placement.start(node, this.configurations[node]!);
    turns.nodeStarted(node);
    watch.nodeStarted(node, nodes.generation[node]!);
    if (story.isKept) story.tell(`node ${node}`, `boots, for the ${ordinal(nodes.generation[node]!)} time`);
    turns.boot(node);
  }

  bootAt(node: number, tick: number): void {
    this.world.queue.push(tick, Kind.BOOT, node, 0, 0, 0, 0, 0);
  }

  /**
   * Stops a node at once.
   * @param stream decides what becomes of its requests
   */
  stop(node: number, cause: StopCause, stream: Stream): void {
    const { world } = this;
    const { nodes, placement, service, watch, story } = world;
    if (nodes.isUp[node] !== true) return;
    const settlement = service.settle(node, stream, cause === 'crash');
    const lostCount = world.desk.lose(node);
    nodes.isUp[node] = false;
    nodes.isPaused[node] = false;
    nodes.forget(node);
    placement.stop(node);
    if (story.isKept) {
      story.tell(`node ${node}`, `${STOPS_IN_WORDS[cause]}${lossesInWords(lostCount, settlement)}`);
    }
    watch.nodeStopped(node, nodes.generation[node]!, cause);
    world.operators.nodeStopped(node);
    world.cluster.nodeStopped(node, cause);
    world.faults.nodeStopped(node);
  }

  /** The site loses power: every node stops, every device loses its cache. @returns the nodes that were up. */
  cutSitePower(stream: Stream): number[] {
    const { world } = this;
    const stopped: number[] = [];
    for (let node = 0; node < world.plan.nodesCount; node += 1) {
      if (world.nodes.isUp[node] !== true) continue;
      this.stop(node, 'power', stream);
      stopped.push(node);
    }
    for (let device = 0; device < world.devices.count; device += 1) {
      losePower(world, device, world.decisions.stream(`power.${world.devices.descriptions[device]!.identity}`));
    }
    return stopped;
  }

  /** A node stalls: what is meant for it waits, what it asked of devices goes on. */
  pause(node: number, ticks: number): void {
    const { nodes, watch, queue, story } = this.world;
    if (nodes.isUp[node] !== true || nodes.isPaused[node] === true) return;
    nodes.isPaused[node] = true;
    queue.push(queue.atTick + ticks, Kind.RESUME, node, nodes.generation[node]!, 0, 0, 0, 0);
    if (story.isKept) story.tell(`node ${node}`, `stalls for ${ticks} ticks`);
    watch.nodePaused(node);
  }

  /** A stalled node wakes up, if it is still there. */
  resume(node: number, generation: number): void {
    const { nodes, watch, queue, story } = this.world;
    if (!nodes.lives(node, generation) || nodes.isPaused[node] !== true) return;
    nodes.isPaused[node] = false;
    nodes.release(node, (kind, a, b, c, d, e, f) => queue.push(queue.atTick, kind, a, b, c, d, e, f));
    if (story.isKept) story.tell(`node ${node}`, 'wakes up');
    watch.nodeResumed(node);
  }
}

const STOPS_IN_WORDS: Readonly<Record<StopCause, string>> = {
  crash: 'crashes',
  power: 'loses power with the whole site',
  shutdown: 'is switched off after its clean shutdown',
  failed: 'stops: its engine failed',
};

function lossesInWords(lostCount: number, { whole, part, none }: Settlement): string {
  const lost = lostCount === 0 ? '' : `; application requests lost with it: ${lostCount}`;
  if (whole + part + none === 0) return lost;
  return `${lost}; of its requests at devices ${whole} land, ${part} in part, ${none} not at all`;
}

function ordinal(count: number): string {
  const suffix = count === 1 ? 'st' : count === 2 ? 'nd' : count === 3 ? 'rd' : 'th';
  return `${count}${suffix}`;
}
