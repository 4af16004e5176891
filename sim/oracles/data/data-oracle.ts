/**
 * Owns O1, O5, O6 and O10: what the application reads is judged by the register model of `register.ts`, sector by sector, through
 * failovers and cut-overs. The world's last act is to have the application read every disk whole.
 *
 * What counts as the application's history of a disk: all I/O through its device name, and I/O addressed natively to the device that is
 * live for it. A flush covers what was written before it was issued; so do a clean shutdown in which no device of the disk failed, and
 * the roll-forward flag, which must not be durable before the target is flushed. Reads that failed are judged elsewhere (`errors.ts`).
 *
 * POWER LOSS OF ONE DEVICE. While both hold the data, the device that is not read may lose what it likes: nothing of that may ever show. What the
 * source lost while the target was read may show when the source is read because nothing else is left: after a crash, or when the target has
 * failed as well; never by a command or a clean shutdown, for these first bring everything back.
 */

import { type History, isCloning } from '../history/history.js';
import { type ApplicationIo, type Observer, type Report, Stamp } from '../observation.js';
import { milliseconds } from '../words.js';
import { attribute } from './attribution.js';
import { Register } from './register.js';

/** Of disks up to this size the initial content is learnt at the start; of larger ones when a sector is first touched. */
const LEARNT_SECTORS_MAX = 65_536;

export class DataOracle implements Observer {
  readonly #history: History;
  readonly #report: Report;
  #registers: Register[] = [];
  /** Per disk: when the source last lost power while it was a clone, and that may still show; 0: it may not. */
  #sourceLost: number[] = [];

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
    history.records.listen({
      sharedChanged: (disk, before, after) => {
        if (after.rollForward && before?.rollForward !== true) this.#registers[disk]?.flushed(history.moment + 1);
      },
    });
  }

  begin(): void {
    const history = this.#history;
    const { view, ios, versions } = history;
    this.#sourceLost = view.disksSectors.map(() => 0);
    this.#registers = view.disksSectors.map((sectorsCount, disk) => {
      const { source } = history.disks[disk]!;
      const initialStampOf = (sector: number): number =>
        sector < sectorsCount ? view.stampAt(source, 'volatile', view.labelSectors + sector) : Stamp.ZERO;
      const register = new Register(disk, view.disksSectorsMax[disk]!, ios, versions, initialStampOf);
      if (sectorsCount <= LEARNT_SECTORS_MAX) {
        for (let sector = 0; sector < sectorsCount; sector += 1) register.pages.slot(sector);
      }
      return register;
    });
  }

  /** Sees to it that what a sector held at first is known before anything can change it. */
  ioIssued(io: ApplicationIo): void {
    if (this.#history.view.disksSectors[io.disk]! <= LEARNT_SECTORS_MAX) return;
    const { pages } = this.#registers[io.disk]!;
    for (let sector = io.sector, end = io.sector + io.count; sector < end; sector += 64) pages.slot(sector);
    if (io.count > 0) pages.slot(io.sector + io.count - 1);
  }

  ioCompleted(io: ApplicationIo, stamps: Uint32Array): void {
    const history = this.#history;
    if (!history.isFirstAnswer(io)) return;
    const register = this.#registers[io.disk]!;
    switch (io.operation) {
      case 'read':
        if (io.status === 'ok' && this.#isJudged(io)) this.#read(register, io, stamps);
        return;
      case 'flush':
        this.#showIfNothingIsLeft(io.disk);
        if (io.status === 'ok' && this.#isJudged(io)) register.flushed(history.ios.started(io.io));
        return;
      default:
        if (io.status === 'denied' || io.status === 'busy') return;
        if (io.status === 'ok' && this.#isJudged(io)) {
          register.acknowledged(io.io, history.moment, history.oldestReadStarted(io.disk));
        } else register.undecided(io.io, history.moment);
    }
  }

  devicePowerLost(device: number): void {
    const history = this.#history;
    history.disks.forEach(({ source, target, state }, disk) => {
      if (device !== source && device !== target) return;
      const register = this.#registers[disk]!;
      const isForward = history.isRolledForward(disk);
      const oldestRead = history.oldestReadStarted(disk);
      if (history.powerTick[source] === history.powerTick[target]) {
        register.powerLost(history.moment, true, oldestRead);
        this.#sourceLost[disk] = 0;
      } else if (device === (isForward ? target : source)) {
        const isRead = isForward || state !== 'target-selected' || history.view.hostOf(disk) < 0;
        if (isRead) register.powerLost(history.moment, isForward || !isCloning(state), oldestRead);
        if (!isForward && isCloning(state)) this.#sourceLost[disk] = history.moment;
      } else if (device === target && this.#sourceLost[disk]! > 0 && state === 'target-selected') {
        register.powerLost(history.moment, false, oldestRead);
      }
    });
  }

  stateChanged(_node: number, disk: number, from: string, to: string, cause: string): void {
    if (from === 'target-selected' && to !== 'committed') {
      if (cause !== 'command') this.#showSourceLoss(disk);
      else this.#broughtBack(disk);
    } else if (to === 'syncing') this.#sourceLost[disk] = 0;
  }

  diskOffline(_node: number, disk: number, gaveUp: boolean): void {
    if (gaveUp) this.#crashed(disk);
  }

  /** A disk taken from a node that still runs it is as good as crashed there. */
  onlineAsked(node: number, disk: number): void {
    if (this.#history.nodes.some(({ online }, other) => other !== node && online[disk]!.is)) this.#crashed(disk);
  }

  foreignWritten(io: ApplicationIo): void {
    const history = this.#history;
    this.#registers[io.disk]!.acknowledged(io.io, history.moment, history.oldestReadStarted(io.disk));
    // It has flushed the device, and with that whatever else it held.
    this.#registers[io.disk]!.flushed(history.moment + 1);
  }

  nodeStopped(node: number): void {
    const history = this.#history;
    history.disks.forEach((_, disk) => {
      const host = history.view.hostOf(disk);
      if (host === node || host === -1) this.#crashed(disk);
    });
    for (const io of history.lostWrites) this.#registers[history.ios.disk(io)]!.undecided(io, history.moment);
  }

  shutdownDone(node: number): void {
    const history = this.#history;
    history.disks.forEach(({ source, target }, disk) => {
      const { startedTick } = history.nodes[node]!;
      const isElsewhere = history.nodes.some((other, index) => index !== node && other.online[disk]!.is);
      const hasServed = history.nodes[node]!.online[disk]!.hasServed;
      if (isElsewhere || !hasServed) return;
      this.#broughtBack(disk);
      if (history.failedSince(source, startedTick) || history.failedSince(target, startedTick)) return;
      this.#registers[disk]!.flushed(history.moment + 1);
    });
  }

  /** A command, or a shutdown, has left target-selected: first it brings back from the target whatever the source lost, if the target lets it. */
  #broughtBack(disk: number): void {
    if (this.#hasTargetFailed(disk)) this.#showSourceLoss(disk);
    else this.#sourceLost[disk] = 0;
  }

  /** Nobody is left who knows what the source lacks. */
  #crashed(disk: number): void {
    if (this.#history.disks[disk]!.state === 'target-selected') this.#showSourceLoss(disk);
  }

  /** The source is the side that is read, without what it lost while it was not. */
  #showSourceLoss(disk: number): void {
    const history = this.#history;
    const lostMoment = this.#sourceLost[disk]!;
    this.#sourceLost[disk] = 0;
    if (lostMoment === 0 || history.isRolledForward(disk)) return;
    this.#registers[disk]!.powerLostBefore(lostMoment, history.moment, history.oldestReadStarted(disk));
  }

  #showIfNothingIsLeft(disk: number): void {
    if (this.#sourceLost[disk]! > 0 && this.#hasTargetFailed(disk)) this.#showSourceLoss(disk);
  }

  #hasTargetFailed(disk: number): boolean {
    const { target, syncTick } = this.#history.disks[disk]!;
    return this.#history.failedSince(target, syncTick) || this.#history.powerTick[target]! >= syncTick;
  }

  #read(register: Register, io: ApplicationIo, stamps: Uint32Array): void {
    const history = this.#history;
    const { writes } = history.disks[io.disk]!;
    this.#showIfNothingIsLeft(io.disk);
    const bad = register.read(io.io, stamps, history.moment, history.oldestReadStarted(io.disk), writes);
    if (bad === undefined) return;
    const reader = `read ${io.io} at node ${io.node}, issued at ${milliseconds(io.issuedTick)}`;
    this.#report(attribute(history, register, { disk: io.disk, bad, reader }));
  }

  /** Whether an I/O that ended well is part of the disk's history. */
  #isJudged(io: ApplicationIo): boolean {
    if (io.address === 'name') return true;
    const history = this.#history;
    const facts = history.disks[io.disk]!;
    if (io.identity === facts.targetIdentity) return history.isRolledForward(io.disk);
    if (io.identity !== facts.sourceIdentity || history.isRolledForward(io.disk)) return false;
    // In target-selected an engine may serve it from either side: these agree on what was acknowledged, not on what failed.
    return io.operation !== 'read' || facts.state !== 'target-selected';
  }
}
