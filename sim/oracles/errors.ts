/**
 * Owns O9: the application never sees an error that a bare source would not have given.
 *
 * FAULT MODEL. `error` is excused by a device failure, during the I/O, of every device that could have served it: the source until the
 * roll-forward flag is durable; in target-selected the source together with the target; afterwards the target. It is also
 * excused while a metadata device fails, as a node that cannot settle a record gives the disk up and fails what it held.
 * `denied` on a device name and `busy` are never excused. `offline` is excused when the disk then goes offline there: an answer
 * of `offline` followed by service as if nothing had been is not.
 */

import type { DiskFacts, History } from './history/history.js';
import type { ApplicationIo, Observer, Report } from './observation.js';
import { milliseconds } from './words.js';

export class ErrorsOracle implements Observer {
  readonly #history: History;
  readonly #report: Report;
  /** By `node, disk`: an I/O that was answered `offline` although the disk was online, until the disk goes offline; 0: none. */
  #offline = new Int32Array(0);
  /** By disk: whether a region may have been lost to faults of both sides. */
  #bothFailed: boolean[] = [];
  /** By disk: up to where the application was served, at least its size at the start. */
  #servedSectors: number[] = [];

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
  }

  begin(): void {
    this.#offline = new Int32Array(this.#history.nodes.length * this.#history.disks.length);
    this.#bothFailed = this.#history.disks.map(() => false);
    this.#servedSectors = [...this.#history.view.disksSectors];
  }

  nodeStopped(node: number): void {
    const { length } = this.#history.disks;
    this.#offline.fill(0, node * length, (node + 1) * length);
  }

  diskOffline(node: number, disk: number): void {
    this.#offline[node * this.#history.disks.length + disk] = 0;
  }

  stateChanged(_node: number, disk: number, from: string, to: string): void {
    const { source, target, syncTick } = this.#history.disks[disk]!;
    if (from !== 'target-selected' || to !== 'setup') return;
    if (this.#history.failedSince(source, syncTick) && this.#history.failedSince(target, syncTick)) {
      this.#bothFailed[disk] = true;
    }
  }

  ioCompleted(io: ApplicationIo): void {
    if (io.status === 'ok') this.#judgeServed(io);
    else this.#judgeFailed(io);
  }

  #judgeServed(io: ApplicationIo): void {
    this.#servedSectors[io.disk] = Math.max(this.#servedSectors[io.disk]!, io.sector + io.count);
    const refused = this.#offline[io.node * this.#history.disks.length + io.disk]!;
    if (refused === 0 || this.#history.ios.started(io.io) < this.#history.ios.settled(refused)) return;
    this.#offline[io.node * this.#history.disks.length + io.disk] = 0;
    const tick = this.#history.ios.endedTick(refused);
    this.#complain(
      'offline answered while online',
      `I/O ${refused} of disk ${io.disk} at node ${io.node} was answered 'offline' at ${milliseconds(tick)}, but the disk did not go offline: I/O ${io.io}, issued later, was served`,
    );
  }

  #judgeFailed(io: ApplicationIo): void {
    const { view, nodes } = this.#history;
    const isHost = view.hostOf(io.disk) === io.node && nodes[io.node]!.online[io.disk]!.is;
    const opening = `${io.operation} ${io.io} of disk ${io.disk} at node ${io.node}, issued at ${milliseconds(io.issuedTick)}, was answered '${io.status}' at ${milliseconds(io.completedTick)}`;
    switch (io.status) {
      case 'busy':
        return this.#complain('busy', `${opening}: a bare source has room for every request`);
      case 'offline':
        if (isHost && io.address === 'name') this.#offline[io.node * this.#history.disks.length + io.disk] = io.io;
        return;
      case 'denied':
        if (io.address === 'native' || !isHost) return;
        return this.#complain('denied on its device name', `${opening}, on the disk's own device name`);
      case 'error':
        if (!isHost || this.#isErrorExcused(io) || this.#isTailUnknown(io)) return;
        return this.#complain(
          'error without a fault of the live device',
          `${opening} in state ${this.#history.disks[io.disk]!.state}, but no device that is live for it had failed: a bare source would have served it`,
        );
      default:
        return;
    }
  }

  #isErrorExcused(io: ApplicationIo): boolean {
    const history = this.#history;
    const facts = history.disks[io.disk]!;
    const since = io.issuedTick;
    const metadata = history.view.devices.filter(({ role, node }) => role === 'local' && node === io.node);
    if (facts.shared >= 0 && history.failedSince(facts.shared, since)) return true;
    if (metadata.some(({ device }) => history.failedSince(device, since))) return true;
    if (this.#bothFailed[io.disk] === true && io.operation === 'read') return true;
    // A device that has not answered the node in this life is not to be had there, and may be dead.
    const answered = history.nodes[io.node]!.answeredTick;
    const isSource = history.failedSince(facts.source, since) || answered[facts.source]! < 0;
    const isTarget = history.failedSince(facts.target, since) || answered[facts.target]! < 0;
    if (history.isRolledForward(io.disk)) return isTarget;
    // A change of state during the I/O: the rules of either state excuse.
    const states = facts.stateTick >= since ? [facts.state, facts.stateBefore] : [facts.state];
    if (!states.includes('target-selected')) return isSource;
    if (states.some((state) => state !== 'target-selected') && isSource) return true;
    return (isSource && this.#isDamaged(facts.target, facts)) || (isTarget && this.#isDamaged(facts.source, facts));
  }

  /** What a source has grown by the application may not know of before it was served there once. */
  #isTailUnknown({ disk, sector, count }: ApplicationIo): boolean {
    return sector + count > this.#servedSectors[disk]!;
  }

  /** Whether a device may lack something since the synchronisation began. */
  #isDamaged(device: number, { syncTick }: DiskFacts): boolean {
    return this.#history.failedSince(device, syncTick) || this.#history.powerTick[device]! >= syncTick;
  }

  #complain(what: string, sentence: string): void {
    this.#report({ oracle: 'O9', signature: `O9 ${what}`, sentence });
  }
}
