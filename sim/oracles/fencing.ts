/**
 * Owns the fencing half of O2 and O11, in a cluster: never may two nodes write a disk, whatever each of them believes.
 *
 * CONSISTENCY MODEL. Whoever takes a disk first takes the shared record, then reads it, then takes what it lives on, then raises the epoch; only
 * then is it online. From then on nothing that another node sent lands on a device that counts: the live one, and both while writes go to both.
 * Only who was called to a disk takes devices; a target may also be taken by the owner. Who has heard of a conflict writes no record any
 * more and lets the disk go, by giving it up: an orderly stop would have written.
 * A target that answers with errors is dead for everybody, and left out; one that is only out of reach is not, once the node has reported that it sees it.
 * Excused: a device that has forgotten its reservation, until the disk is taken again; one that failed while it was to be taken.
 */

import type { History } from './history/history.js';
import type { Observer, Report, ServicedRequest } from './observation.js';
import { milliseconds } from './words.js';

/** What one node has done towards taking one disk, since it was called to it. */
interface Taking {
  askedEpoch: number;
  /** Devices that it has preempted. */
  taken: number[];
  sharedReadSince: boolean;
  /** How often in a row the target has failed, by an error, to be taken. */
  targetErrorsCount: number;
}

/** How long a node may take to ask about its reservation, and to give a disk up, while nothing fails. */
const MISSES_TICKS = 2_000;

/** A node knows that it has lost a disk: whatever it asks for after `operationId`, it asks for nevertheless. */
interface Knowledge {
  operationId: number;
  tick: number;
  /** It served the disk then: who was only called to it has nothing to stop. */
  wasOnline: boolean;
}

export class FencingOracle implements Observer {
  readonly #history: History;
  readonly #report: Report;
  /** Per disk: who came online last, or -1. */
  #owners: number[] = [];
  /** By node and disk. */
  #takings: Taking[][] = [];
  #knowledge: (Knowledge | undefined)[][] = [];
  /** Per device: when it last forgot its reservation, and who then heard of the reset first, and when. */
  #forgottenTick = new Float64Array(0);
  #told: ({ node: number; tick: number } | undefined)[] = [];

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
  }

  begin(): void {
    const { nodes, disks, view } = this.#history;
    const nothing = (): Taking => ({
      askedEpoch: 0,
      taken: [],
      sharedReadSince: false,
      targetErrorsCount: 0,
    });
    this.#owners = disks.map(() => -1);
    this.#takings = nodes.map(() => disks.map(nothing));
    this.#knowledge = nodes.map(() => disks.map(() => undefined));
    this.#forgottenTick = new Float64Array(view.devices.length).fill(-1);
    this.#told = view.devices.map(() => undefined);
  }

  reservationLost(device: number): void {
    this.#forgottenTick[device] = this.#history.view.tick;
    this.#told[device] = undefined;
  }

  /** A device has told a node that it was reset. */
  resetTold({ node, device, tick }: ServicedRequest): void {
    const { disk } = this.#history.view.devices[device]!;
    if (this.#forgottenTick[device]! >= 0 && this.#owners[disk] === node) this.#told[device] ??= { node, tick };
  }

  nodeStarted(node: number): void {
    this.#knowledge[node]!.fill(undefined);
  }

  onlineAsked(node: number, disk: number): void {
    const taking = this.#takings[node]![disk]!;
    taking.askedEpoch = this.#history.records.shared(disk)?.epoch ?? 0;
    taking.taken = [];
    taking.sharedReadSince = false;
    taking.targetErrorsCount = 0;
  }

  onlineAnswered(node: number, disk: number, outcome: 'online' | 'failed'): void {
    this.#knowledge[node]![disk] = undefined;
    if (this.#history.view.mode !== 'cluster') return;
    if (outcome !== 'online') return this.#judgeWaited(node, disk);
    const { epoch, owner } = this.#history.records.shared(disk) ?? { epoch: 0, owner: -1 };
    const { askedEpoch } = this.#takings[node]![disk]!;
    // Whoever lost the disk again on the way may have been overtaken in the record as well.
    const holdsRecord = this.#holds(node, this.#history.disks[disk]!.shared);
    if (holdsRecord && (epoch <= askedEpoch || owner !== node)) {
      this.#complain(
        'O11',
        'online without a raised epoch',
        `node ${node} brought disk ${disk} online, but the durable shared record says epoch ${epoch} of node ${owner}; it was ${askedEpoch} when the node was asked`,
      );
    }
    this.#owners[disk] = node;
    this.#judgeTaken(node, disk, 'brought it online');
  }

  answerIgnored(node: number, disk: number): void {
    this.#knowledge[node]![disk] = undefined;
  }

  stateChanged(node: number, disk: number, _from: string, to: string): void {
    if (this.#history.view.mode !== 'cluster' || to !== 'syncing' || this.#owners[disk] !== node) return;
    const { target, shared } = this.#history.disks[disk]!;
    if (!this.#holds(node, shared)) return;
    if (this.#takings[node]![disk]!.taken.includes(target)) return;
    this.#complain(
      'O2',
      'target not reserved',
      `node ${node} began to synchronise disk ${disk} without having reserved the target`,
    );
  }

  /** A data device was changed: told of what landed, whole or in part. */
  dataChanged(request: ServicedRequest, disk: number): void {
    const owner = this.#owners[disk]!;
    if (owner === -1 || owner === request.node || !this.#counts(request.device, disk)) return;
    this.#complain(
      'O2',
      'two nodes write one disk',
      `a ${request.operation} of node ${request.node} to device sectors ${request.sector} to ${request.sector + request.count - 1} of the ${this.#roleOf(request.device)} of disk ${disk} landed at ${milliseconds(request.tick)}, although node ${owner} has the disk online`,
    );
  }

  /** Told of every command about a reservation. */
  reservationAsked(request: ServicedRequest): void {
    const { role, disk } = this.#history.view.devices[request.device]!;
    const online = this.#history.nodes[request.node]!.online[disk]!;
    if (role === 'target') {
      const taking = this.#takings[request.node]![disk]!;
      taking.targetErrorsCount = request.status === 'error' ? taking.targetErrorsCount + 1 : 0;
    }
    if (request.status !== 'ok') return;
    if (request.operation === 'preempt') this.#takings[request.node]![disk]!.taken.push(request.device);
    if (online.called || (role === 'target' && online.is)) return;
    this.#complain(
      'O2',
      'a node takes a device unasked',
      `node ${request.node} sent a ${request.operation} to the ${role} of disk ${disk} at ${milliseconds(request.tick)}, but it was not called to the disk`,
    );
  }

  /** Told of what metadata devices served. */
  metadataServed(request: ServicedRequest, role: string): void {
    if (role === 'shared') this.#sharedServed(request);
    if (request.operation !== 'write' || request.step === undefined) return;
    const disk =
      role === 'shared' ? this.#history.view.devices[request.device]!.disk : this.#history.localDiskOf(request);
    const known = disk < 0 ? undefined : this.#knowledge[request.node]![disk];
    const isOwn = request.step.startsWith('standby.') || request.step.startsWith('recovery.');
    if (known === undefined || request.operationId <= known.operationId || isOwn) return;
    this.#complain(
      'O2',
      'a record is written after ownership was lost',
      `node ${request.node} wrote ${request.step} of disk ${disk} at ${milliseconds(request.tick)}, although a reservation conflict had told it at ${milliseconds(known.tick)} that the disk is not its own any more`,
    );
  }

  /** Who has given the disk up already, or never had it, has nothing to lose. */
  conflictHeard(node: number, disk: number, operationId: number): void {
    const online = this.#history.nodes[node]!.online[disk];
    if (online?.is === true || online?.called === true)
      this.#knowledge[node]![disk] ??= { operationId, tick: this.#history.view.tick, wasOnline: online.is };
  }

  diskOffline(node: number, disk: number, gaveUp: boolean): void {
    const known = this.#knowledge[node]![disk];
    this.#knowledge[node]![disk] = undefined;
    if (known === undefined || !known.wasOnline || gaveUp) return;
    this.#complain(
      'O2',
      'an orderly stop after ownership was lost',
      `node ${node} stopped disk ${disk} in good order, although a reservation conflict had told it at ${milliseconds(known.tick)} that the disk is not its own any more`,
    );
  }

  end(): void {
    const { view, disks } = this.#history;
    if (view.mode !== 'cluster') return;
    disks.forEach((_, disk) => {
      const host = view.hostOf(disk);
      if (host < 0) return;
      this.#judgeTaken(host, disk, 'ended with it online');
      this.#judgeMissed(host, disk);
    });
  }

  #sharedServed(request: ServicedRequest): void {
    const { disk } = this.#history.view.devices[request.device]!;
    const taking = this.#takings[request.node]![disk]!;
    if (request.operation === 'read') taking.sharedReadSince = taking.taken.includes(request.device);
    if (request.step !== 'recovery.epoch.write' || this.#history.view.mode !== 'cluster') return;
    if (!taking.sharedReadSince) {
      this.#complain(
        'O11',
        'shared record read before it was fenced',
        `node ${request.node} raised the epoch of disk ${disk} at ${milliseconds(request.tick)} on the strength of a shared record that it read before it had preempted it`,
      );
    }
    this.#judgeTaken(request.node, disk, 'raised its epoch');
    this.#judgeLeftOut(request.node, disk);
  }

  /** While the flag is clear a dead target keeps nobody from the source. */
  #judgeWaited(node: number, disk: number): void {
    const history = this.#history;
    const { view, disks } = history;
    const { source, shared } = disks[disk]!;
    const { targetErrorsCount } = this.#takings[node]![disk]!;
    const { askedTick } = history.nodes[node]!.online[disk]!;
    if (targetErrorsCount <= view.retriesMax || history.isRolledForward(disk) || !this.#holds(node, shared)) return;
    const hasOtherReason = view.devices.some(
      ({ device, role, node: owner }) =>
        (device === source ||
          device === shared ||
          role === 'acknowledgement' ||
          (role === 'local' && owner === node)) &&
        (history.failedSince(device, askedTick) || history.powerTick[device]! >= askedTick),
    );
    if (hasOtherReason) return;
    this.#complain(
      'O7',
      'recovery waits for a dead target',
      `node ${node} did not bring disk ${disk} online at ${milliseconds(view.tick)}, although nothing had failed but its target, by ${targetErrorsCount} errors in a row: the disk lives on the source`,
    );
  }

  /** A target that was not taken may still serve reads to whoever had the disk before. */
  #judgeLeftOut(node: number, disk: number): void {
    const history = this.#history;
    const { target, shared } = history.disks[disk]!;
    const record = history.records.shared(disk);
    const slot = history.records.acknowledgement(node, disk);
    const { taken, targetErrorsCount } = this.#takings[node]![disk]!;
    if (record?.inProgress !== true || taken.includes(target) || targetErrorsCount > 0) return;
    if (slot?.migration !== record.migration || !slot.targetConfigured || !this.#holds(node, shared)) return;
    this.#complain(
      'O2',
      'a target that is not dead is left out',
      `node ${node} raised the epoch of disk ${disk} at ${milliseconds(history.view.tick)} without having reserved the target, which it had reported to see, and which has not failed: whoever had the disk before may still read there`,
    );
  }

  /** Whoever acts as the owner holds the shared record, and what the disk lives on. */
  #judgeTaken(node: number, disk: number, what: string): void {
    const history = this.#history;
    const { shared } = history.disks[disk]!;
    // A zombie that still comes online holds nothing, and serves nothing.
    if (!this.#holds(node, shared)) return;
    const live = history.isRolledForward(disk) ? history.disks[disk]!.target : history.disks[disk]!.source;
    // What a zombie has taken from it since, it will miss.
    if (this.#takings[node]![disk]!.taken.includes(live) || this.#isExcused(node, disk, live)) return;
    this.#complain(
      'O2',
      'live device not reserved',
      `node ${node}, which has the shared record of disk ${disk}, ${what} at ${milliseconds(history.view.tick)} without having reserved the ${this.#roleOf(live)}, on which the disk lives`,
    );
  }

  /** A reservation that a reset took away is missed by its owner: it does not go on without. */
  #judgeMissed(host: number, disk: number): void {
    const { disks, view } = this.#history;
    const { shared, source, target } = disks[disk]!;
    for (const device of [shared, this.#history.isRolledForward(disk) ? target : source]) {
      const told = this.#told[device];
      if (told?.node !== host || view.reservationHolder(device) >= 0) continue;
      const heardTick = Math.max(told.tick, this.#history.nodes[host]!.resumedTick);
      if (heardTick + MISSES_TICKS > view.tick || this.#history.failedSince(device, told.tick)) continue;
      this.#complain(
        'O2',
        'a lost reservation is not missed',
        `node ${host} still has disk ${disk} online although the ${this.#roleOf(device)} told it of a reset at ${milliseconds(told.tick)}, which took its reservation away`,
      );
    }
  }

  /** A target that is dead may be left alone; a source that counts may not. */
  #isExcused(node: number, disk: number, device: number): boolean {
    const { askedTick } = this.#history.nodes[node]!.online[disk]!;
    if (this.#forgottenTick[device]! >= askedTick) return true;
    return device === this.#history.disks[disk]!.target && this.#history.failedSince(device, askedTick);
  }

  /** Whether it matters who writes a device: not the source after the flag, nor a target that nobody reads or clones to. */
  #counts(device: number, disk: number): boolean {
    const { state } = this.#history.disks[disk]!;
    return (
      device === this.#history.liveDevice(disk) || (state !== 'setup' && state !== 'none' && state !== 'committed')
    );
  }

  #holds(node: number, device: number): boolean {
    return this.#history.view.reservationHolder(device) === node;
  }

  #roleOf(device: number): string {
    return this.#history.view.devices[device]!.role;
  }

  #complain(oracle: 'O2' | 'O7' | 'O11', what: string, sentence: string): void {
    this.#report({ oracle, signature: `${oracle} ${what}`, sentence });
  }
}
