/**
 * Owns what has to be done before the application leaves the target again, and before a disk is left in good order (O11; claims B2, B5): the
 * source is flushed, so that a reset of it is noticed; a stopped disk has its state on record and its error flag cleared. Where the source
 * has failed, it may be left unflushed by an error transition, and the flag set by a stop.
 */

import { type History, isCloning } from '../history/history.js';
import type { Observer, Report } from '../observation.js';
import { ioInWords, milliseconds } from '../words.js';
import type { Unflushed } from './unflushed.js';

export class WayBack implements Observer {
  readonly #history: History;
  readonly #report: Report;
  readonly #unflushed: Unflushed;
  /** Per disk: the node on which it came online last, and the state of the migration there. */
  readonly #serving = new Map<number, { node: number; state: string }>();

  constructor(history: History, report: Report, unflushed: Unflushed) {
    this.#history = history;
    this.#report = report;
    this.#unflushed = unflushed;
  }

  onlineAnswered(node: number, disk: number, outcome: 'online' | 'failed'): void {
    const state = this.#history.records.local(node, disk)?.state ?? 'none';
    if (outcome === 'online') this.#serving.set(disk, { node, state });
  }

  /** What it served ended with it: a node that comes back may be brought online without anybody waiting for its answer. */
  nodeStopped(node: number): void {
    for (const [disk, serving] of this.#serving) if (serving.node === node) this.#serving.delete(disk);
  }

  stateChanged(node: number, disk: number, from: string, to: string, cause: string): void {
    // What a node that has lost the disk believes of it is its own affair.
    const serving = this.#serving.get(disk);
    if (serving?.node !== node) return;
    serving.state = to;
    if (from === 'target-selected' || to === 'target-selected') this.#judgeDrained(node, disk, from, to);
    if (from !== 'target-selected' || (to !== 'source-selected' && to !== 'setup')) return;
    const isForced = cause === 'target-fault';
    if (cause !== 'command' && !isForced) return;
    const { source, target, syncTick } = this.#history.disks[disk]!;
    const unflushed = this.#unflushed.inWords(source);
    // Once the target has failed as well there is no other side to commit to.
    const mayStay = isForced || this.#history.failedSince(target, syncTick);
    if (unflushed === undefined || (mayStay && this.#history.failedSince(source, syncTick))) return;
    this.#report({
      oracle: 'O11',
      signature: `O11 ${from} left for ${to} before the source is flushed`,
      sentence: `node ${node} took disk ${disk} from ${from} to ${to} (${cause}) at ${milliseconds(this.#history.view.tick)}, but the source is not flushed: ${unflushed}`,
    });
  }

  diskOffline(node: number, disk: number, gaveUp: boolean): void {
    const { records, disks } = this.#history;
    const { source, target, syncTick } = disks[disk]!;
    const { node: server, state = 'none' } = this.#serving.get(disk) ?? {};
    const record = records.local(node, disk);
    if (server === node) this.#serving.delete(disk);
    if (gaveUp || server !== node) return;
    // Where another has the shared record by now, the disk may live on another device than this node believes.
    if (!isCloning(state) && this.#history.speaksFor(node, disk)) this.#judgeFlushed(node, disk);
    if (record === undefined || !isCloning(state)) return;
    if (this.#history.failedSince(source, syncTick) || this.#history.failedSince(target, syncTick)) return;
    if (record.errorFlag) this.#complain(node, disk, 'the error flag set');
    else if (record.state !== state) this.#complain(node, disk, `state ${record.state} on record for ${state}`);
  }

  /** A write that is on a device was sent before the side that is read changed; it would still be waiting otherwise. */
  #judgeDrained(node: number, disk: number, from: string, to: string): void {
    const { view, ios, disks } = this.#history;
    const { source, target, writes } = disks[disk]!;
    if (to === 'committed') return;
    const under = writes.find((io) => {
      const sector = view.labelSectors + ios.sector(io);
      const isSent = (device: number): boolean => view.stampAt(device, 'volatile', sector) === io;
      return ios.node(io) === node && ios.isWrite(io) && (isSent(source) || isSent(target));
    });
    if (under === undefined) return;
    this.#report({
      oracle: 'O11',
      signature: `O11 ${from} left for ${to} with a write under way`,
      sentence: `node ${node} took disk ${disk} from ${from} to ${to} at ${milliseconds(view.tick)}, but ${ioInWords(ios, under)} was on its way: a device holds it, and it is not answered`,
    });
  }

  /** Without cloning the device that the application lives on is the only one: what it did not flush is lost with the power of a stopped node. */
  #judgeFlushed(node: number, disk: number): void {
    const device = this.#history.liveDevice(disk);
    const tick = this.#unflushed.sinceTick(device, node);
    if (tick === undefined || this.#history.failedSince(device, tick)) return;
    this.#complain(node, disk, `a cache unflushed, ${this.#unflushed.inWords(device)}`, 'a cache unflushed');
  }

  #complain(node: number, disk: number, what: string, kind = what): void {
    this.#report({
      oracle: 'O11',
      signature: `O11 clean stop left ${kind}`,
      sentence: `node ${node} stopped disk ${disk} in good order at ${milliseconds(this.#history.view.tick)}, with no fault of either side, but left ${what}`,
    });
  }
}
