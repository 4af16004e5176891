/**
 * Owns O7: no needless abort, and service once faults have stopped. A transition back to setup must have been demanded: by an operator's
 * abort, by a device failure of the target (or an unreadable source) since the synchronisation began, or by a row of the
 * recovery table. A disk is given up by its node only if a record could not be written, or the disk may be another's. As long as nothing has
 * gone wrong in the run, no I/O of the application is kept waiting. At the end, if faults had stopped, every disk is online at its host and no I/O of
 * the application hangs. That a migration comes to a stable state is watched by the world itself. Where a device is gone that never comes back, a
 * disk that can do without is served all the same: of a source once the flag is set, of a target until then, if it is the device that is dead.
 */

import type { LocalRecord } from '../../engine/records/types.js';
import { type History, isCloning } from './history/history.js';
import type { ApplicationIo, DeviceDescription, Observer, Report } from './observation.js';
import { ioInWords, milliseconds } from './words.js';

/** An I/O in flight for so long hangs, whatever devices do. */
const HANGS_TICKS = 10_000_000;

/**
 * While nothing has gone wrong an I/O is answered within so long, whatever procedure holds it back: four times the longest that was seen over all
 * scenarios (2.6 ms, behind a drain, a flush and three records).
 */
const ANSWERED_TICKS_MAX = 10_000;

export class ProgressOracle implements Observer {
  readonly #history: History;
  readonly #report: Report;
  /** Per disk: aborts that were commanded and not yet answered. */
  #abortsCount: number[] = [];
  /** By node and disk: the record that the node found when it started. */
  #atStart: (LocalRecord | undefined)[][] = [];
  /** Per disk: when a synchronisation was last commanded. */
  #syncAskedTick: number[] = [];
  /** By node and disk: when it last heard of a conflict; -1: never. */
  #conflictTick: number[][] = [];
  /** Per disk: when a device of it last forgot its reservation; -1: never. */
  #forgottenTick: number[] = [];
  /** A fault has fired, or a node was stopped: from then on waiting may have its reasons. */
  #isTroubled = false;

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
  }

  begin(): void {
    this.#abortsCount = this.#history.disks.map(() => 0);
    this.#syncAskedTick = this.#history.disks.map(() => 0);
    this.#atStart = this.#history.nodes.map(() => []);
    this.#conflictTick = this.#history.nodes.map(() => this.#history.disks.map(() => -1));
    this.#forgottenTick = this.#history.disks.map(() => -1);
  }

  nodeStarted(node: number): void {
    this.#atStart[node] = this.#history.disks.map((_, disk) => this.#history.records.localNow(node, disk));
  }

  nodeStopped(_node: number, _generation: number, cause: string): void {
    if (cause !== 'shutdown') this.#isTroubled = true;
  }

  faultFired(): void {
    this.#isTroubled = true;
  }

  ioCompleted({ io, disk, issuedTick, completedTick }: ApplicationIo): void {
    if (completedTick - issuedTick <= ANSWERED_TICKS_MAX || this.#isTroubled) return;
    this.#report({
      oracle: 'O7',
      signature: 'O7 application I/O kept waiting',
      sentence: `${ioInWords(this.#history.ios, io)} of disk ${disk} was issued at ${milliseconds(issuedTick)} and answered only at ${milliseconds(completedTick)}, although nothing had gone wrong in the run`,
    });
  }

  /** Another online of the same generation starts from what is durable then. */
  onlineAsked(node: number, disk: number): void {
    this.#atStart[node]![disk] = this.#history.records.localNow(node, disk);
  }

  conflictHeard(node: number, disk: number): void {
    if (disk >= 0) this.#conflictTick[node]![disk] = this.#history.view.tick;
  }

  reservationLost(device: number): void {
    const { disk, role } = this.#history.view.devices[device]!;
    if (role === 'source' || role === 'target' || role === 'shared')
      this.#forgottenTick[disk] = this.#history.view.tick;
  }

  diskOffline(node: number, disk: number, gaveUp: boolean): void {
    if (!gaveUp || this.#mayGiveUp(node, disk)) return;
    const tick = milliseconds(this.#history.view.tick);
    this.#report({
      oracle: 'O7',
      signature: 'O7 disk given up needlessly',
      sentence: `node ${node} gave disk ${disk} up at ${tick}, but no metadata device of it had failed since the node was called to the disk, and nobody else had taken it`,
    });
  }

  commandIssued(_node: number, disk: number, _id: number, command: string): void {
    if (command === 'abort') this.#abortsCount[disk]! += 1;
    if (command === 'sync') this.#syncAskedTick[disk] = this.#history.view.tick;
  }

  commandCompleted(_node: number, disk: number, _id: number, command: string): void {
    if (command === 'abort') this.#abortsCount[disk] = Math.max(this.#abortsCount[disk]! - 1, 0);
  }

  stateChanged(node: number, disk: number, from: string, to: string, cause: string): void {
    // Who has lost the disk meanwhile and does not know it aborts nothing.
    if (to !== 'setup' || !isCloning(from) || !this.#history.speaksFor(node, disk)) return;
    const needless = this.#needless(node, disk, cause);
    if (needless === undefined) return;
    this.#report({
      oracle: 'O7',
      signature: `O7 needless abort by ${cause}`,
      sentence: `node ${node} took the migration of disk ${disk} from ${from} back to setup because of '${cause}', but ${needless}`,
    });
  }

  end(): void {
    const { livenessTick, view, nodes, disks, ios } = this.#history;
    if (livenessTick < 0) return;
    disks.forEach(({ reads, writes }, disk) => {
      const host = view.hostOf(disk);
      const isServed = host >= 0 && nodes[host]!.online[disk]!.is;
      if (!isServed && (!view.mayStandStill || this.#isSpared(disk))) {
        this.#report({
          oracle: 'O7',
          signature: 'O7 disk not served after faults had stopped',
          sentence: `all faults had stopped at ${milliseconds(livenessTick)}, but at the end disk ${disk} is not online ${host < 0 ? 'on any node' : `on its host, node ${host}`}`,
        });
      }
      const hung = [...reads, ...writes].find((io) => view.tick - ios.startedTick(io) > HANGS_TICKS);
      if (hung === undefined) return;
      this.#report({
        oracle: 'O7',
        signature: 'O7 application I/O hangs',
        sentence: `${ioInWords(ios, hung)} of disk ${disk} was issued at ${milliseconds(ios.startedTick(hung))} and is not answered at ${milliseconds(view.tick)}`,
      });
    });
  }

  #mayGiveUp(node: number, disk: number): boolean {
    const { view, nodes, disks } = this.#history;
    const { source, target, shared } = disks[disk]!;
    const { askedTick } = nodes[node]!.online[disk]!;
    if (this.#conflictTick[node]![disk]! >= askedTick || this.#forgottenTick[disk]! >= askedTick) return true;
    const isTaken = (device: number): boolean => {
      const holder = device < 0 ? -1 : view.reservationHolder(device);
      return holder >= 0 && holder !== node;
    };
    const isRecordOf = ({ device, role, node: owner }: DeviceDescription): boolean =>
      device === shared || (role === 'local' && owner === node);
    const hasFailed = view.devices.some(
      (each) => isRecordOf(each) && this.#history.failedSince(each.device, askedTick),
    );
    return hasFailed || [source, target, shared].some(isTaken);
  }

  /** Nothing that recovery cannot do without is out of reach: the live device, the records, and a target that may have to be fenced. */
  #isSpared(disk: number): boolean {
    const { view, nodes, disks, livenessTick } = this.#history;
    const { source, target, shared } = disks[disk]!;
    const isLive = this.#history.isRolledForward(disk);
    const isNeeded = (device: number, role: string): boolean => {
      if (device === source) return !isLive;
      if (device === target) return isLive || view.mode === 'cluster';
      return device === shared || role === 'local' || role === 'acknowledgement';
    };
    // A target that answers with errors is dead, and nothing is asked of it; one that does not answer, or says to nobody who it is, may only be out of reach.
    const isKnown = (device: number): boolean => nodes.some((node) => node.isUp && node.answeredTick[device]! >= 0);
    const isWell = (device: number): boolean => {
      if (!isKnown(device)) return false;
      if (device === target && !isLive) return !view.faultedSince(device, view.tick);
      return !this.#history.failedSince(device, livenessTick);
    };
    return view.devices.every(({ device, role }) => !isNeeded(device, role) || isWell(device));
  }

  /** Why a return to setup was not called for; undefined: it was. */
  #needless(node: number, disk: number, cause: string): string | undefined {
    const history = this.#history;
    const facts = history.disks[disk]!;
    switch (cause) {
      case 'command':
        return this.#abortsCount[disk]! > 0 ? undefined : 'no abort was commanded';
      case 'target-fault': {
        const hasFailed = history.failedSince(facts.target, facts.syncTick);
        const hasLostPower = history.powerTick[facts.target]! >= facts.syncTick;
        const isMissing = history.mayLack(node, facts.target, facts.syncTick);
        return hasFailed || hasLostPower || isMissing
          ? undefined
          : 'the target had not failed since the synchronisation began';
      }
      case 'source-unreadable': {
        const hasFailed = history.failedSince(facts.source, facts.syncTick);
        return hasFailed ? undefined : 'no read of the source had failed since the synchronisation began';
      }
      case 'recovery':
      case 'startup':
        return this.#needlessRecovery(node, disk);
      default:
        return `'${cause}' calls for no abort`;
    }
  }

  #needlessRecovery(node: number, disk: number): string | undefined {
    const { nodes, view } = this.#history;
    if (!nodes[node]!.online[disk]!.asked) return 'the disk was not coming online there';
    if (view.mode === 'cluster') return undefined;
    const record = this.#atStart[node]?.[disk];
    if (record === undefined || record.errorFlag || record.targetFault || !isCloning(record.state)) return undefined;
    // Of a source that somebody else has written no map is true.
    const { source, foreignTick } = this.#history.disks[disk]!;
    if (foreignTick >= 0 && record.state !== 'syncing') return undefined;
    // A map that is not whole is no map; what a synchronisation that was not over has copied does not hang on it.
    if (record.state !== 'syncing' && !this.#history.records.isMapWhole(node, disk, record)) return undefined;
    // Nor is any true, if its source was out of reach when it was claimed by a generation: it may have taken that or not, and could not be looked at again.
    const isClaimed = this.#history.records.label(source) !== undefined;
    if (isClaimed && view.cutOffSince(source, this.#syncAskedTick[disk]!)) return undefined;
    const locals = view.devices.filter((device) => device.role === 'local' && device.node === node);
    const { startedTick } = nodes[node]!;
    if (locals.some(({ device }) => this.#history.failedSince(device, startedTick))) return undefined;
    return `its durable record had the error flag clear and no fault record in state ${record.state}: it was to resume`;
  }
}
