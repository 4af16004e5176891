/**
 * Owns the network between nodes, and between the cluster service and its nodes: a delay of its own for every message. Messages of engines
 * may overtake each other; what the cluster service tells a node arrives in order. Who is switched off hears nothing. What becomes of messages
 * while the network is at fault is decided in `faults/network-faults.ts`.
 */

import type { MessageKind } from '../../../engine/contract/vocabulary.js';
import type { Stream } from '../../determinism/decisions.js';
import { Kind, NoticeKind } from '../event-kinds.js';
import type { World } from '../world.js';

const MESSAGE_TICKS_MIN = 50;
const MESSAGE_TICKS_SPREAD = 450;
/** Until a notice that did not get through is sent again. */
const RESEND_TICKS = 5_000;
/** The cluster service, to the faults of the network. */
const SERVICE = -1;
/** Sender and addressee share one operand. */
const NODE_STRIDE = 256;
const MESSAGES: readonly MessageKind[] = ['configure', 'reread'];

/** A notice of the cluster service and its operands. */
export interface Notice {
  readonly notice: number;
  readonly a: number;
  readonly b: number;
}

interface Kept {
  readonly generation: number;
  readonly notices: Notice[];
}

export class Network {
  private stream!: Stream;
  /** When the last notice to each node arrives; the next one comes after it. */
  private readonly noticeTick: number[] = [];
  /** By node: notices of its present life that did not get through, oldest first. */
  private readonly kept: Kept[] = [];

  constructor(private readonly world: World) {}

  reset(): void {
    this.stream = this.world.decisions.stream('network');
    for (let node = 0; node < this.world.plan.nodesCount; node += 1) {
      this.noticeTick[node] = 0;
      this.kept[node] = { generation: -1, notices: [] };
    }
  }

  /** A message of a node's engine to another's. */
  send(
    from: number,
    to: number,
    message: MessageKind,
    disk: number,
    migration: number,
    source: number,
    target: number,
  ): void {
    const { queue, faults } = this.world;
    const operand = to * NODE_STRIDE + from;
    const number = MESSAGES.indexOf(message);
    for (const lateTicks of faults.network.judge(from, to)) {
      const atTick = queue.atTick + this.delay() + lateTicks;
      queue.push(atTick, Kind.MESSAGE, operand, number, disk, migration, source, target);
    }
  }

  /** Who a queued message is for. */
  addresseeOf(operand: number): number {
    return Math.floor(operand / NODE_STRIDE);
  }

  /** A message arrives. */
  deliver(operand: number, message: number, disk: number, migration: number, source: number, target: number): void {
    const to = this.addresseeOf(operand);
    if (this.world.nodes.isUp[to] !== true) return;
    this.world.turns.receive(to, operand % NODE_STRIDE, MESSAGES[message]!, disk, migration, source, target);
  }

  /** The cluster service tells a node something; see `NoticeKind` for the operands. */
  notify(node: number, notice: number, a: number, b: number): void {
    const { queue, nodes } = this.world;
    const atTick = Math.max(queue.atTick + this.delay(), this.noticeTick[node]!);
    this.noticeTick[node] = atTick;
    queue.push(atTick, Kind.NOTICE, node, nodes.generation[node]!, notice, a, b, 0);
  }

  /** Whether nothing gets through to a node from the cluster service. */
  isCutOff(node: number): boolean {
    return this.world.faults.network.isCut(SERVICE, node);
  }

  /** Whether nothing gets through to the cluster service from a node. */
  isUnheard(node: number): boolean {
    return this.world.faults.network.isCut(node, SERVICE);
  }

  /** Whether something does not get through, or has not yet: nothing overtakes it. */
  isHeldUp(node: number): boolean {
    return this.isCutOff(node) || this.keptOf(node).length > 0;
  }

  /** What did not get through is tried again, in the same order. */
  keep(node: number, notice: Notice): void {
    const kept = this.keptOf(node);
    kept.push(notice);
    if (kept.length === 1) this.tryAgain(node, RESEND_TICKS);
  }

  /** It is time to try again. @returns the oldest notice that was kept, now that it gets through */
  takeKept(node: number): Notice | undefined {
    const kept = this.keptOf(node);
    if (this.isCutOff(node)) {
      this.tryAgain(node, RESEND_TICKS);
      return undefined;
    }
    const oldest = kept.shift();
    if (kept.length > 0) this.tryAgain(node, 1);
    return oldest;
  }

  private tryAgain(node: number, ticks: number): void {
    const { queue, nodes } = this.world;
    queue.push(queue.atTick + ticks, Kind.NOTICE, node, nodes.generation[node]!, NoticeKind.AGAIN, 0, 0, 0);
  }

  private keptOf(node: number): Notice[] {
    const kept = this.kept[node]!;
    const generation = this.world.nodes.generation[node]!;
    if (kept.generation !== generation) this.kept[node] = { generation, notices: [] };
    return this.kept[node]!.notices;
  }

  /** Ticks from 0 to below `spread`, for whatever else travels. */
  jitter(spread: number): number {
    return this.stream.integer(spread);
  }

  /** Ticks until a heartbeat sent now arrives. */
  delay(): number {
    return MESSAGE_TICKS_MIN + this.stream.integer(MESSAGE_TICKS_SPREAD);
  }
}
