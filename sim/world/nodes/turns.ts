/**
 * Owns the granting of turns: an event goes into a node's mailbox, the node runs, and its effects are carried out in the order the engine
 * asked for them. The digest takes in both. Nothing here may grant a turn, or stop a node, while effects are being read: what must wait for
 * the end of the turn is put off by `afterTurn`.
 */

import type { DeviceRequest, Progress } from '../../../engine/contract/effects.js';
import type {
  Address,
  ApplicationStatus,
  Cause,
  Command,
  CommandOutcome,
  MessageKind,
  MigrationState,
  OnlineOutcome,
  Refusal,
} from '../../../engine/contract/vocabulary.js';
import type { EngineVocabulary } from '../../../engine/contract/module.js';
import type { ApplicationIo } from '../../oracles/observation.js';
import { type EffectHandlers, EffectReader } from '../../nodes/words/effect-reader.js';
import { EventWriter, type RequestCompletion } from '../../nodes/words/event-writer.js';
import type { World } from '../world.js';

export class Turns implements EffectHandlers {
  private readonly reader: EffectReader;
  private readonly writer: EventWriter;
  /** Whose effects are being read. */
  private node = -1;
  /** Per node and DMA slot: the application's I/O captured there, or 0. */
  private readonly ioBySlot: Uint32Array[] = [];
  private readonly pendingWork: (() => void)[] = [];

  constructor(
    private readonly world: World,
    vocabulary: EngineVocabulary,
    private readonly slotsCount: number,
  ) {
    this.reader = new EffectReader(vocabulary);
    this.writer = new EventWriter(vocabulary);
  }

  reset(): void {
    this.node = -1;
    this.pendingWork.length = 0;
  }

  nodeStarted(node: number): void {
    (this.ioBySlot[node] ??= new Uint32Array(this.slotsCount)).fill(0);
  }

  /** @returns the application's I/O whose bytes a slot holds, or 0 where they are a copy's or the engine's own. */
  ioOfSlot(node: number, slot: number): number {
    return this.ioBySlot[node]![slot] ?? 0;
  }

  /** Does `work` when the effects of this turn are carried out. */
  afterTurn(work: () => void): void {
    this.pendingWork.push(work);
  }

  boot(node: number): void {
    this.writer.boot(this.mailbox(node));
    this.grant(node);
  }

  clusterOnline(node: number, disk: number): void {
    this.writer.clusterOnline(this.mailbox(node), disk);
    this.grant(node);
  }

  clusterOffline(node: number, disk: number): void {
    this.writer.clusterOffline(this.mailbox(node), disk);
    this.grant(node);
  }

  shutdown(node: number): void {
    this.writer.shutdown(this.mailbox(node));
    this.grant(node);
  }

  membership(node: number, configuredMask: number, reachableMask: number): void {
    this.writer.membership(this.mailbox(node), configuredMask, reachableMask);
    this.grant(node);
  }

  receive(
    node: number,
    from: number,
    message: MessageKind,
    disk: number,
    migration: number,
    source: number,
    target: number,
  ): void {
    this.writer.message(this.mailbox(node), from, message, disk, migration, source, target);
    this.grant(node);
  }

  command(node: number, id: number, command: Command, disk: number, argument: number): void {
    this.writer.command(this.mailbox(node), id, command, disk, argument, this.world.clocks.now(node));
    this.grant(node);
  }

  applicationIo(node: number, io: ApplicationIo, bufferChange: boolean): void {
    this.writer.applicationIo(this.mailbox(node), io, bufferChange);
    this.grant(node);
  }

  deviceCompleted(node: number, completion: RequestCompletion): void {
    this.writer.deviceCompleted(this.mailbox(node), completion);
    this.grant(node);
  }

  deviceMapped(node: number, port: number): void {
    this.writer.deviceMapped(this.mailbox(node), port);
    this.grant(node);
  }

  fireTimer(node: number, timer: number): void {
    this.writer.timer(this.mailbox(node), timer);
    this.grant(node);
  }

  private mailbox(node: number) {
    return this.world.placement.mailbox(node);
  }

  private grant(node: number): void {
    const { world } = this;
    const { placement, digest } = world;
    const mailbox = placement.mailbox(node);
    this.writer.foldInbox(mailbox, digest);
    const verdict = placement.turn(node);
    if (verdict === 'hung') return world.nodeHung(node);
    mailbox.foldOutbox(digest);
    this.node = node;
    this.reader.read(mailbox, this);
    this.node = -1;
    if (verdict === 'failed') return world.nodeFailed(node, mailbox.readFailure());
    if (this.pendingWork.length > 0) this.doPendingWork();
  }

  private doPendingWork(): void {
    for (let index = 0; index < this.pendingWork.length; index += 1) this.pendingWork[index]!();
    this.pendingWork.length = 0;
  }

  // The effects, in the order of the contract.

  request(request: DeviceRequest): void {
    this.world.service.submit(this.node, request);
    if (request.operation === 'read' && request.slot >= 0) this.ioBySlot[this.node]![request.slot] = 0;
  }

  cancel(request: number, port: number): void {
    this.world.service.cancel(this.node, request, port);
  }

  captured(io: number, slot: number): void {
    this.ioBySlot[this.node]![slot] = io;
  }

  delivered(): void {}

  filled(slot: number): void {
    this.ioBySlot[this.node]![slot] = 0;
  }

  applicationCompleted(io: number, status: ApplicationStatus, stamps: Uint32Array): void {
    this.world.desk.completed(this.node, io, status, stamps);
  }

  commandCompleted(id: number, outcome: CommandOutcome, refusal: Refusal): void {
    this.world.operators.commandCompleted(this.node, id, outcome, refusal);
  }

  progress(progress: Progress): void {
    this.world.operators.progress(this.node, progress);
  }

  deviceName(disk: number, address: Address, value: number): void {
    const { story } = this.world;
    if (!story.isKept) return;
    const name = address === 'native' ? `the native device ${value}` : 'its device name';
    story.tell(`node ${this.node}`, `application is to address disk ${disk} by ${name}`);
  }

  diskOnline(disk: number, outcome: OnlineOutcome): void {
    this.world.cluster.onlineAnswered(this.node, disk, outcome);
  }

  diskOffline(disk: number, gaveUp: boolean): void {
    this.world.cluster.diskOffline(this.node, disk, gaveUp);
  }

  ready(): void {
    this.world.cluster.nodeReady(this.node);
  }

  shutdownDone(): void {
    this.world.cluster.shutdownDone(this.node);
  }

  message(to: number, message: MessageKind, disk: number, migration: number, source: number, target: number): void {
    this.world.network.send(this.node, to, message, disk, migration, source, target);
  }

  timer(timer: number, delayTicks: number): void {
    this.world.clocks.arm(this.node, timer, delayTicks);
  }

  stateChanged(disk: number, from: MigrationState, to: MigrationState, cause: Cause): void {
    const { watch, operators, faults, story } = this.world;
    if (story.isKept) story.tell(`node ${this.node}`, `disk ${disk}: ${from} → ${to} (${cause})`);
    watch.stateChanged(this.node, disk, from, to, cause);
    operators.stateChanged(this.node, disk, from, to, cause);
    faults.stateEntered(disk, to);
  }

  probe(name: string): void {
    this.world.watch.probe(name);
  }
}
