/**
 * Owns what several oracles must know of the run so far: which device is which, every application I/O, which migration is in which
 * state, who is up and online, when devices failed or lost power, and the durable records. Judges nothing. Runs before the oracles, so
 * that each of them sees the present.
 *
 * A migration's state is the engine's own word (of the node that hosts the disk, or is bringing it online); where recovery said nothing,
 * the node's durable record. A *device failure* is a serviced request that ended `error`, `aborted` or
 * `missing`; a unit attention, or the end of a request by its node's crash, is none.
 */

import type { OracleContext } from '../context.js';
import type { ApplicationIo, DeviceDescription, Observer, ServicedRequest, WorldView } from '../observation.js';
import type { VersionPool } from '../data/version-pool.js';
import type { IoTable } from './io-table.js';
import { type KeptMemory, newMemory } from './kept-memory.js';
import { RecordBook } from './record-book.js';

/** What is known of one disk and its migration. */
export interface DiskFacts {
  readonly source: number;
  readonly target: number;
  readonly sourceIdentity: number;
  readonly targetIdentity: number;
  readonly shared: number;
  /** As last reported by whoever hosts the disk. */
  state: string;
  stateBefore: string;
  stateTick: number;
  stateMoment: number;
  /** When syncing was last entered. */
  syncTick: number;
  syncMoment: number;
  /** Writes, reads and flushes of the application that are in flight, oldest first. */
  readonly reads: number[];
  readonly writes: number[];
  /** When either data device last lost power. */
  powerMoment: number;
  /** When another host last wrote the source; -1: never. */
  foreignTick: number;
}

/** What is known of a disk at a node. */
export interface OnlineFacts {
  /** It was asked to bring the disk online, and its answer is waited for. */
  asked: boolean;
  /** When it was last asked to. */
  askedTick: number;
  /** It was asked, and has neither failed nor let the disk go: it acts on what it was asked, though nobody may wait for it any more. */
  called: boolean;
  is: boolean;
  moment: number;
  reported: boolean;
  hasServed: boolean;
}

/** What is known of one node. */
export interface NodeFacts {
  generation: number;
  startedTick: number;
  resumedTick: number;
  isUp: boolean;
  /** Per device: whether it ever answered the node well. */
  readonly hasSeen: Uint8Array;
  /** Per device: tick at which it first answered this generation well; -1: never. */
  readonly answeredTick: Float64Array;
  /** Per disk. */
  readonly online: OnlineFacts[];
}

const CLONING: readonly string[] = ['syncing', 'source-selected', 'target-selected'];

/** Whether application writes go to both devices in this state. */
export const isCloning = (state: string): boolean => CLONING.includes(state);

/** Keeps the order; `splice` would make an array of what it takes out. */
function removeInPlace(pending: number[], io: number): void {
  const found = pending.indexOf(io);
  if (found < 0) return;
  for (let at = found + 1; at < pending.length; at += 1) pending[at - 1] = pending[at]!;
  pending.pop();
}

export class History implements Observer {
  moment = 1;
  view!: WorldView;
  readonly ios: IoTable;
  /** Where the register model keeps its versions. */
  readonly versions: VersionPool;
  readonly records: RecordBook;
  disks: DiskFacts[] = [];
  nodes: NodeFacts[] = [];
  /** Per device: tick of the last request that did not end `ok`, and of the last power loss; -1: never. */
  failedTick = new Float64Array(0);
  powerTick = new Float64Array(0);
  /** Per device: moment of the last power loss. */
  powerMoment = new Int32Array(0);
  livenessTick = -1;
  /** Data-changing I/O that was lost with the node that stopped last; valid while that is told. */
  lostWrites: number[] = [];

  readonly #layout: OracleContext['layout'];

  /** @param memory taken over by this run: what another put there is gone */
  constructor(context: OracleContext, memory: KeptMemory = newMemory()) {
    memory.ios.reset();
    memory.versions.reset();
    this.ios = memory.ios;
    this.versions = memory.versions;
    this.records = new RecordBook(context);
    this.#layout = context.layout;
  }

  begin(view: WorldView): void {
    this.view = view;
    const find = (disk: number, role: DeviceDescription['role']): DeviceDescription | undefined =>
      view.devices.find((device) => device.disk === disk && device.role === role);
    this.disks = view.disksSectors.map((_, disk) => {
      const source = find(disk, 'source')!;
      const target = find(disk, 'target')!;
      return {
        source: source.device,
        target: target.device,
        sourceIdentity: source.identity,
        targetIdentity: target.identity,
        shared: find(disk, 'shared')?.device ?? -1,
        state: 'none',
        stateBefore: 'none',
        stateTick: 0,
        stateMoment: 0,
        syncTick: 0,
        syncMoment: 0,
        reads: [],
        writes: [],
        powerMoment: 0,
        foreignTick: -1,
      };
    });
    const disksCount = this.disks.length;
    this.nodes = Array.from({ length: view.nodesCount }, () => ({
      generation: -1,
      startedTick: 0,
      resumedTick: 0,
      isUp: false,
      hasSeen: new Uint8Array(view.devices.length),
      answeredTick: new Float64Array(view.devices.length).fill(-1),
      online: Array.from({ length: disksCount }, () => ({
        asked: false,
        askedTick: 0,
        called: false,
        is: false,
        moment: 0,
        reported: false,
        hasServed: false,
      })),
    }));
    this.failedTick = new Float64Array(view.devices.length).fill(-1);
    this.powerTick = new Float64Array(view.devices.length).fill(-1);
    this.powerMoment = new Int32Array(view.devices.length);
    this.records.begin(view);
  }

  applicationIssued(io: ApplicationIo): void {
    this.moment += 1;
    this.ios.issued(io, this.moment);
    if (io.operation === 'read') this.disks[io.disk]!.reads.push(io.io);
    else if (io.operation !== 'flush') this.disks[io.disk]!.writes.push(io.io);
  }

  /** The disk's content has another author from now on. */
  foreignWritten(io: ApplicationIo): void {
    this.moment += 1;
    this.ios.issued(io, this.moment);
    this.moment += 1;
    this.ios.ended(io.io, io.status, this.moment, io.completedTick);
    this.disks[io.disk]!.foreignTick = this.view.tick;
  }

  applicationCompleted(io: ApplicationIo): void {
    if (this.ios.status(io.io) !== 'pending') return;
    this.moment += 1;
    this.ios.ended(io.io, io.status, this.moment, io.completedTick);
    const disk = this.disks[io.disk]!;
    const pending = io.operation === 'read' ? disk.reads : disk.writes;
    removeInPlace(pending, io.io);
    if (io.status === 'ok') this.nodes[io.node]!.online[io.disk]!.hasServed = true;
  }

  /** Moment at which the oldest read of a disk in flight was issued; if there is none, the next moment. */
  oldestReadStarted(disk: number): number {
    const oldest = this.disks[disk]!.reads[0];
    return oldest === undefined ? this.moment + 1 : this.ios.started(oldest);
  }

  requestServiced(request: ServicedRequest): void {
    switch (request.status) {
      case 'ok': {
        const { answeredTick, hasSeen } = this.nodes[request.node]!;
        if (answeredTick[request.device]! < 0) {
          answeredTick[request.device] = request.tick;
          hasSeen[request.device] = 1;
        }
        return;
      }
      case 'error':
      case 'aborted':
      case 'missing':
        this.failedTick[request.device] = request.tick;
        return;
      default:
        return;
    }
  }

  devicePowerLost(device: number): void {
    this.moment += 1;
    this.powerTick[device] = this.view.tick;
    this.powerMoment[device] = this.moment;
    for (const disk of this.disks) {
      if (disk.source === device || disk.target === device) disk.powerMoment = this.moment;
    }
  }

  /** A reset like any other, as far as a node can tell. */
  reservationLost(device: number): void {
    this.powerTick[device] = this.view.tick;
  }

  durableChanged(device: number): void {
    this.records.durableChanged(device);
  }

  nodeStarted(node: number, generation: number): void {
    const facts = this.nodes[node]!;
    facts.generation = generation;
    facts.startedTick = this.view.tick;
    facts.isUp = true;
    facts.answeredTick.fill(-1);
    this.#forgetOnline(node);
  }

  nodeStopped(node: number): void {
    this.moment += 1;
    this.nodes[node]!.isUp = false;
    this.#forgetOnline(node);
    this.lostWrites.length = 0;
    for (const disk of this.disks) {
      for (const pending of [disk.reads, disk.writes]) {
        for (const io of pending.filter((each) => this.ios.node(each) === node)) {
          this.ios.ended(io, 'lost', this.moment, this.view.tick);
          removeInPlace(pending, io);
          if (pending === disk.writes) this.lostWrites.push(io);
        }
      }
    }
  }

  /** Whether the completion that is being told is the I/O's first. */
  isFirstAnswer(io: ApplicationIo): boolean {
    return this.ios.settled(io.io) === this.moment;
  }

  nodeResumed(node: number): void {
    this.nodes[node]!.resumedTick = this.view.tick;
  }

  onlineAsked(node: number, disk: number): void {
    this.moment += 1;
    const online = this.nodes[node]!.online[disk]!;
    online.asked = true;
    online.askedTick = this.view.tick;
    online.called = true;
    online.reported = false;
  }

  hostLost(node: number, disk: number): void {
    this.nodes[node]!.online[disk]!.asked = false;
  }

  onlineAnswered(node: number, disk: number, outcome: 'online' | 'failed'): void {
    this.moment += 1;
    const online = this.nodes[node]!.online[disk]!;
    online.asked = false;
    online.called = false;
    online.is = outcome === 'online';
    online.moment = this.moment;
    if (online.is) this.#enterRecorded(node, disk);
  }

  /** The cluster has given up on a node that was slow; what recovery did there counts all the same. */
  answerIgnored(node: number, disk: number, outcome: 'online' | 'failed'): void {
    if (outcome === 'failed') this.nodes[node]!.online[disk]!.called = false;
    else if (this.speaksFor(node, disk)) this.#enterRecorded(node, disk);
  }

  diskOffline(node: number, disk: number, gaveUp: boolean): void {
    this.moment += 1;
    const online = this.nodes[node]!.online[disk]!;
    online.called = online.asked;
    online.is = false;
    // What was given up was not flushed: a clean shutdown that follows promises nothing for it.
    if (gaveUp) online.hasServed = false;
    online.moment = this.moment;
  }

  stateChanged(node: number, disk: number, _from: string, to: string): void {
    this.moment += 1;
    const online = this.nodes[node]!.online[disk]!;
    if (!this.speaksFor(node, disk)) return;
    online.reported = true;
    this.#enter(disk, to);
  }

  livenessBegun(): void {
    this.livenessTick = this.view.tick;
  }

  /**
   * Whether the word of this node counts for the disk's state: that of whoever holds the shared record, whatever the cluster believes. Where nobody
   * does: of its host, or of who is asked to become it.
   */
  speaksFor(node: number, disk: number): boolean {
    const { shared } = this.disks[disk]!;
    const holder = shared < 0 ? -1 : this.view.reservationHolder(shared);
    if (holder >= 0) return holder === node;
    const host = this.view.hostOf(disk);
    if (host === node || this.nodes[node]!.online[disk]!.asked) return true;
    return host === -1 && !this.nodes.some(({ online }) => online[disk]!.asked);
  }

  /** Whether a request of the device failed, by injection or otherwise, since `tick`. */
  failedSince(device: number, tick: number): boolean {
    return this.failedTick[device]! >= tick || this.view.faultedSince(device, tick);
  }

  /** Whether the node may have found the device missing at some time since `tick`: one that it sees has answered it before. */
  mayLack(node: number, device: number, tick: number): boolean {
    const answered = this.nodes[node]!.answeredTick[device]!;
    return answered < 0 || answered > tick;
  }

  /** Disk whose local record a request on a local device touches; -1: none. */
  localDiskOf(request: ServicedRequest): number {
    if (this.view.devices[request.device]!.role !== 'local') return -1;
    const { localRecordSector, RECORD_PAIR_SECTORS } = this.#layout;
    return this.disks.findIndex((_, disk) => {
      const first = localRecordSector(disk);
      return request.sector >= first && request.sector < first + RECORD_PAIR_SECTORS;
    });
  }

  /** The device the application's reads come from, as the durable records have it. */
  liveDevice(disk: number): number {
    const facts = this.disks[disk]!;
    if (this.isRolledForward(disk)) return facts.target;
    return facts.state === 'target-selected' ? facts.target : facts.source;
  }

  /** Whether the durable records say that the disk now lives on its target: roll-forward flag, binding of its host, or retirement. */
  isRolledForward(disk: number): boolean {
    const facts = this.disks[disk]!;
    const shared = this.records.shared(disk);
    if (shared !== undefined) {
      if (shared.rollForward && shared.target === facts.targetIdentity) return true;
      if (shared.retirements.some(({ source }) => source === facts.sourceIdentity)) return true;
    }
    const host = this.view.hostOf(disk);
    return host >= 0 && this.records.local(host, disk)?.bound === facts.targetIdentity;
  }

  /** After a recovery that did not say in which state the disk is: in the one on record. */
  #enterRecorded(node: number, disk: number): void {
    const recorded = this.records.local(node, disk)?.state ?? 'none';
    if (!this.nodes[node]!.online[disk]!.reported && recorded !== this.disks[disk]!.state) this.#enter(disk, recorded);
  }

  #enter(disk: number, state: string): void {
    const facts = this.disks[disk]!;
    facts.stateBefore = facts.state;
    facts.state = state;
    facts.stateTick = this.view.tick;
    facts.stateMoment = this.moment;
    if (state !== 'syncing') return;
    facts.syncTick = this.view.tick;
    facts.syncMoment = this.moment;
  }

  #forgetOnline(node: number): void {
    for (const online of this.nodes[node]!.online) {
      online.asked = false;
      online.called = false;
      online.is = false;
      online.moment = this.moment;
      online.hasServed = false;
    }
  }
}
