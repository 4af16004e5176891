/**
 * Owns the cluster service: which node may run the application of which disk. It hears nodes by heartbeat, and acts on silence: the disk is
 * brought online elsewhere, and the old host left alone: nobody can switch off what does not answer. A node that is heard again gives up what it may
 * believe to run. In standalone mode the service is the machine itself: what it does at every start.
 *
 *   offline ──choose a node──► asked ──online──► online ──planned move, shutdown──► leaving ──diskOffline──► offline
 *      ▲ ▲                       │ failed          │ gave up                          │
 *      │ └───────────────────────┴─────────────────┘                                  │
 *      └──silence, or node back── lost ◄──node stopped──┴─────────────────────────────┘
 *
 * It can be wrong about a node that is only slow, and does not wait for it: two nodes may believe that they run a disk. Fencing must hold all the same.
 */

import type { OnlineOutcome } from '../../../engine/contract/vocabulary.js';
import type { Stream } from '../../determinism/decisions.js';
import { Kind, NoticeKind } from '../event-kinds.js';
import type { StopCause } from '../nodes/lifecycle.js';
import type { World } from '../world.js';
import { Membership } from './membership.js';
import type { Notice } from './network.js';

/** `lost`: its node has stopped, and the cluster does not know it yet. */
export type DiskPhase = 'lost' | 'offline' | 'asked' | 'online' | 'leaving';

const NODE_NONE = -1;
/** How long the service waits before it looks after a disk again. */
const RETRY_TICKS_MIN = 2_000;
const RETRY_TICKS_SPREAD = 8_000;
/** Between losing a node and deciding on its disks. */
const FAILOVER_TICKS = 1_000;

interface Disk {
  phase: DiskPhase;
  /** Who runs the application, or -1. */
  host: number;
  /** Who was asked, or is leaving, or served it last; -1 before the first. */
  node: number;
  /** A planned move goes away from here. */
  avoided: number;
  /** Bit n: node n was asked to run the disk, and has neither let it go nor stopped since: it may believe that it runs it. */
  believersMask: number;
  /** Names the decision that is pending; an older one is void. */
  token: number;
}

export class Cluster {
  readonly membership: Membership;
  readonly disks: Disk[] = [];
  private stream!: Stream;
  private shutdownStream!: Stream;
  /** Ticks a node that shuts down stays off, or -1. */
  private readonly rebootTicks: number[] = [];

  constructor(private readonly world: World) {
    this.membership = new Membership(world);
  }

  reset(): void {
    const { plan, decisions } = this.world;
    this.stream = decisions.stream('cluster');
    this.shutdownStream = decisions.stream('shutdown');
    this.membership.reset();
    this.disks.length = 0;
    const first = this.stream.integer(plan.nodesCount);
    for (let disk = 0; disk < plan.disksCount; disk += 1) {
      const node = (first + disk) % plan.nodesCount;
      this.disks.push({ phase: 'offline', host: NODE_NONE, node, avoided: NODE_NONE, believersMask: 0, token: 0 });
    }
    for (let node = 0; node < plan.nodesCount; node += 1) this.rebootTicks[node] = -1;
  }

  /** All nodes boot, one a little after the other. */
  begin(): void {
    const { world } = this;
    for (let node = 0; node < world.plan.nodesCount; node += 1) {
      world.lifecycle.bootAt(node, this.stream.integer(1_000));
    }
    if (world.plan.mode === 'cluster') this.membership.begin();
  }

  hostOf(disk: number): number {
    return this.disks[disk]!.host;
  }

  /** Who answers for a disk right now: its host, or whoever is on the way to become it, or -1. */
  carrierOf(disk: number): number {
    const { phase, host, node } = this.disks[disk]!;
    if (phase === 'offline' || phase === 'lost') return NODE_NONE;
    return host === NODE_NONE ? node : host;
  }

  /** Whether a node may believe that it runs a disk which the cluster has taken away from it. */
  isStale(node: number, disk: number): boolean {
    return this.believes(node, disk) && this.carrierOf(disk) !== node;
  }

  /** Whether anybody may. */
  isAnybodyStale(disk: number): boolean {
    const carrier = this.carrierOf(disk);
    return (this.disks[disk]!.believersMask & ~(carrier < 0 ? 0 : 1 << carrier)) !== 0;
  }

  /** Whether the node was asked to bring a disk online, and has not answered. */
  isComingOnline(node: number): boolean {
    return this.disks.some((entry) => entry.phase === 'asked' && entry.node === node);
  }

  /** A node's engine has booted. */
  nodeReady(node: number): void {
    this.world.story.tell(`node ${node}`, 'is ready');
    this.world.watch.nodeReady(node);
    this.nodeMissed(node);
    this.membership.join(node);
    this.placeDisks(0);
  }

  /** A node that was counted out is heard again: it gives up whatever it may believe to run. */
  nodeHeardAgain(node: number): void {
    for (let disk = 0; disk < this.disks.length; disk += 1) {
      if (this.isStale(node, disk)) this.world.network.notify(node, NoticeKind.OFFLINE, disk, 0);
    }
    this.placeDisks(0);
  }

  /** A node has stopped. Its disks have no host at once; of a crash the cluster learns by silence, or when the node is back. */
  nodeStopped(node: number, cause: StopCause): void {
    const isKnown = cause === 'shutdown' || this.world.plan.mode === 'standalone';
    this.rebootTicks[node] = -1;
    this.membership.stopped(node, isKnown);
    for (let disk = 0; disk < this.disks.length; disk += 1) {
      if (this.carrierOf(disk) === node) this.takeOffline(disk, isKnown ? 'offline' : 'lost');
      this.disks[disk]!.believersMask &= ~(1 << node);
    }
    if (isKnown) this.placeDisks(FAILOVER_TICKS);
  }

  /** A node was silent for too long: whatever it ran goes elsewhere. If it still runs, it does not know. */
  nodeSilent(node: number): void {
    const { nodes, workload, watch } = this.world;
    for (let disk = 0; disk < this.disks.length; disk += 1) {
      if (nodes.isUp[node] !== true || this.carrierOf(disk) !== node) continue;
      const wasHost = this.disks[disk]!.host === node;
      this.takeOffline(disk, 'offline');
      watch.hostLost(node, disk);
      if (wasHost) workload.handOver(disk, node);
    }
    this.nodeMissed(node);
    this.placeDisks(FAILOVER_TICKS);
  }

  /** The cluster knows now that the node stopped, some time ago. */
  private nodeMissed(node: number): void {
    for (const entry of this.disks) if (entry.phase === 'lost' && entry.node === node) entry.phase = 'offline';
  }

  /** A decision on a disk is due. */
  decide(disk: number, token: number): void {
    const entry = this.disks[disk]!;
    if (entry.token !== token || entry.phase !== 'offline') return;
    const node = this.chooseNode(entry);
    if (node === NODE_NONE) {
      if (this.world.plan.mode === 'cluster') this.decideSoon(disk, this.retryTicks());
      return;
    }
    entry.believersMask |= 1 << node;
    entry.phase = 'asked';
    entry.node = node;
    entry.avoided = NODE_NONE;
    this.world.network.notify(node, NoticeKind.ONLINE, disk, 0);
  }

  /** A notice of this service reaches its node, or is kept where nothing gets through. */
  deliver(node: number, generation: number, notice: number, a: number, b: number): void {
    const { nodes, network } = this.world;
    if (!nodes.lives(node, generation)) return;
    if (notice === NoticeKind.AGAIN) {
      const kept = network.takeKept(node);
      if (kept !== undefined) this.tell(node, kept);
    } else if (network.isHeldUp(node)) network.keep(node, { notice, a, b });
    else this.tell(node, { notice, a, b });
  }

  private tell(node: number, { notice, a, b }: Notice): void {
    const { turns, watch, story } = this.world;
    switch (notice) {
      case NoticeKind.ONLINE:
        if (story.isKept) story.tell('cluster', `brings disk ${a} online at node ${node}`);
        watch.onlineAsked(node, a);
        return turns.clusterOnline(node, a);
      case NoticeKind.OFFLINE:
        return turns.clusterOffline(node, a);
      case NoticeKind.SHUTDOWN:
        return turns.shutdown(node);
      case NoticeKind.MEMBERSHIP:
        watch.membershipTold(node, b);
        return turns.membership(node, a, b);
      default:
        return;
    }
  }

  onlineAnswered(node: number, disk: number, outcome: OnlineOutcome): void {
    const { watch, story, workload, operators } = this.world;
    const entry = this.disks[disk]!;
    if (story.isKept)
      story.tell(`node ${node}`, `disk ${disk} ${outcome === 'online' ? 'is online' : 'cannot come online'}`);
    if (outcome === 'failed') entry.believersMask &= ~(1 << node);
    if (entry.phase !== 'asked' || entry.node !== node) return watch.answerIgnored(node, disk, outcome);
    watch.onlineAnswered(node, disk, outcome);
    if (outcome === 'failed') {
      entry.phase = 'offline';
      return this.decideSoon(disk, this.retryTicks());
    }
    entry.phase = 'online';
    entry.host = node;
    workload.diskOnline(disk);
    operators.diskOnline(disk);
  }

  diskOffline(node: number, disk: number, gaveUp: boolean): void {
    const { watch, story } = this.world;
    if (story.isKept) story.tell(`node ${node}`, gaveUp ? `gives disk ${disk} up` : `has taken disk ${disk} offline`);
    watch.diskOffline(node, disk, gaveUp);
    this.disks[disk]!.believersMask &= ~(1 << node);
    if (this.carrierOf(disk) !== node) return;
    this.takeOffline(disk, 'offline');
    if (this.rebootTicks[node]! < 0) this.decideSoon(disk, gaveUp ? this.retryTicks() : 0);
  }

  /** A planned move. @returns whether there is a node to move to, and the disk is in a condition to move. */
  move(disk: number): boolean {
    const entry = this.disks[disk]!;
    if (entry.phase !== 'online' || this.membership.readyNodes(entry.host).length === 0) return false;
    this.world.story.tell('cluster', `moves disk ${disk} away from node ${entry.host}`);
    entry.phase = 'leaving';
    entry.node = entry.host;
    entry.avoided = entry.host;
    entry.host = NODE_NONE;
    this.world.network.notify(entry.node, NoticeKind.OFFLINE, disk, 0);
    return true;
  }

  /** A clean shutdown of a node, which starts again some ticks after it is off. */
  reboot(node: number, ticks: number): void {
    this.world.story.tell(`node ${node}`, 'is to shut down');
    this.rebootTicks[node] = ticks;
    for (const entry of this.disks) {
      if (entry.host !== node) continue;
      entry.phase = 'leaving';
      entry.node = node;
      entry.avoided = node;
      entry.host = NODE_NONE;
    }
    this.world.network.notify(node, NoticeKind.SHUTDOWN, 0, 0);
  }

  shutdownDone(node: number): void {
    const { world } = this;
    world.watch.shutdownDone(node);
    const ticks = this.rebootTicks[node]!;
    if (ticks < 0) return;
    world.turns.afterTurn(() => {
      world.lifecycle.stop(node, 'shutdown', this.shutdownStream);
      world.lifecycle.bootAt(node, world.tick + ticks);
    });
  }

  /** Whether a node was told to shut down, and has not done so yet. */
  isShuttingDown(node: number): boolean {
    return this.rebootTicks[node]! >= 0;
  }

  private believes(node: number, disk: number): boolean {
    return (this.disks[disk]!.believersMask & (1 << node)) !== 0;
  }

  private takeOffline(disk: number, phase: 'lost' | 'offline'): void {
    const entry = this.disks[disk]!;
    if (entry.host !== NODE_NONE) entry.node = entry.host;
    entry.phase = phase;
    entry.host = NODE_NONE;
    entry.token += 1;
  }

  private placeDisks(ticks: number): void {
    for (let disk = 0; disk < this.disks.length; disk += 1) {
      if (this.disks[disk]!.phase === 'offline') this.decideSoon(disk, ticks);
    }
  }

  private decideSoon(disk: number, ticks: number): void {
    const entry = this.disks[disk]!;
    entry.token += 1;
    const { queue } = this.world;
    queue.push(queue.atTick + ticks, Kind.DISK, disk, entry.token, 0, 0, 0, 0);
  }

  /** The node that served the disk last, for as long as nothing speaks against it; otherwise any that can, and has let the disk go. */
  private chooseNode(entry: Disk): number {
    const ready = this.membership
      .readyNodes(NODE_NONE)
      .filter((node) => this.rebootTicks[node]! < 0 && (entry.believersMask & (1 << node)) === 0);
    const others = ready.filter((node) => node !== entry.avoided);
    const candidates = others.length > 0 ? others : ready;
    if (candidates.length === 0) return NODE_NONE;
    if (entry.avoided === NODE_NONE && candidates.includes(entry.node) && this.stream.integer(2) === 0)
      return entry.node;
    return this.stream.pick(candidates);
  }

  private retryTicks(): number {
    return RETRY_TICKS_MIN + this.stream.integer(RETRY_TICKS_SPREAD);
  }
}
