/**
 * Owns the order around the error flag (O11; claims A2, B3, B5, B7, B9): in-progress mark and error flag are durable before a byte of the
 * target is written; a shutdown clears the flag only after both devices were flushed; after a start the flag is tested before anything
 * is asked of the target, and a flag that was set leads to a fault record first.
 *
 * Excused: writes that were on their way when the flag was cleared together with the return to setup: they belong to application
 * I/O that is still in flight, and the target counts for nothing then. But a node that has let the target go by a cleanup sends it nothing more.
 */

import type { LocalRecord } from '../../../engine/records/types.js';
import { type History, isCloning } from '../history/history.js';
import type { Observer, Report, ServicedRequest } from '../observation.js';
import { milliseconds } from '../words.js';
import { changesRange, type Unflushed } from './unflushed.js';

export class ErrorFlagOrder implements Observer {
  readonly #history: History;
  readonly #report: Report;
  readonly #unflushed: Unflushed;
  /** Per node: whether it has read a record of its own since it started. */
  #hasReadLocal: boolean[] = [];
  /** By node and disk: the error flag was found set at the start, and no fault record is durable yet (standalone). */
  #owesFault: boolean[][] = [];
  /** By node and disk: the error flag was durable since the node entered the write-cloning states; nothing else makes a straggler. */
  #wasArmed: boolean[][] = [];
  /** By node and disk: moment at which the node left the write-cloning states, by its own word; 0: it is in them, or never was. */
  #leftMoment: number[][] = [];
  /** By node and disk: the node has let the target go, and has set up nothing since. */
  #letGo: boolean[][] = [];

  constructor(history: History, report: Report, unflushed: Unflushed) {
    this.#history = history;
    this.#report = report;
    this.#unflushed = unflushed;
    history.records.listen({
      localChanged: (node, disk, before, after) => {
        if (after.targetFault || !isCloning(after.state)) (this.#owesFault[node] ?? [])[disk] = false;
        if (after.errorFlag) (this.#wasArmed[node] ?? [])[disk] = true;
        if (before?.errorFlag === true && !after.errorFlag) this.#judgeCleared(node, disk, after);
      },
    });
  }

  begin(): void {
    this.#hasReadLocal = this.#history.nodes.map(() => false);
    this.#owesFault = this.#history.nodes.map(() => this.#history.disks.map(() => false));
    this.#wasArmed = this.#history.nodes.map(() => this.#history.disks.map(() => false));
    this.#leftMoment = this.#history.nodes.map(() => this.#history.disks.map(() => 0));
    this.#letGo = this.#history.nodes.map(() => this.#history.disks.map(() => false));
  }

  nodeStarted(node: number): void {
    const { records, view, disks } = this.#history;
    this.#hasReadLocal[node] = false;
    this.#wasArmed[node]!.fill(false);
    this.#leftMoment[node]!.fill(0);
    this.#letGo[node]!.fill(false);
    disks.forEach((_, disk) => {
      const record = records.localNow(node, disk);
      const isUnclean = record?.errorFlag === true && isCloning(record.state) && !record.targetFault;
      this.#owesFault[node]![disk] =
        view.mode === 'standalone' && isUnclean && records.shared(disk)?.rollForward !== true;
    });
  }

  stateChanged(node: number, disk: number, from: string, to: string, cause: string): void {
    this.#letGo[node]![disk] = to === 'none' && cause === 'command';
    if (isCloning(to) === isCloning(from)) return;
    this.#leftMoment[node]![disk] = isCloning(to) ? 0 : this.#history.moment;
    if (isCloning(to)) this.#wasArmed[node]![disk] = this.#history.records.local(node, disk)?.errorFlag === true;
  }

  /** A node has read from its own metadata device. */
  localRead(node: number): void {
    this.#hasReadLocal[node] = true;
  }

  /** Told of every request that reached the target of a disk. */
  targetReached(request: ServicedRequest, disk: number): void {
    const { labelSectors } = this.#history.view;
    const changes = changesRange(request, labelSectors);
    if (!changes && (request.operation !== 'read' || request.sector < labelSectors)) return;
    this.#judgeStart(request, disk);
    if (changes) this.#judgeWrite(request, disk);
  }

  #judgeStart(request: ServicedRequest, disk: number): void {
    if (this.#hasReadLocal[request.node] === false) {
      this.#complain(
        request,
        disk,
        'target used before the error flag is tested',
        'it has not read its record since it started',
      );
    } else if (this.#owesFault[request.node]![disk] === true) {
      this.#complain(
        request,
        disk,
        'target used before the fault record',
        'it found the error flag set at its start, and no fault record is durable',
      );
    }
  }

  #judgeWrite(request: ServicedRequest, disk: number): void {
    const { records, disks } = this.#history;
    const facts = disks[disk]!;
    const record = records.local(request.node, disk);
    const shared = records.shared(disk);
    if (record?.bound === facts.targetIdentity) return; // committed: the target is the live device
    if (shared === undefined || !shared.inProgress) {
      if (this.#isStraggler(request.node, disk)) return;
      this.#complain(
        request,
        disk,
        'target written before the in-progress mark',
        'no durable shared record says that a migration is in progress',
      );
      return;
    }
    if (record?.errorFlag === true) return;
    if (record !== undefined && !isCloning(record.state) && this.#isStraggler(request.node, disk)) return;
    this.#complain(
      request,
      disk,
      'target written while the error flag is clear',
      `its durable record (state ${record?.state ?? 'none'}) has the error flag clear`,
    );
  }

  /** Whether the write may belong to application I/O that was cloned before the migration went back to setup. */
  #isStraggler(node: number, disk: number): boolean {
    if (this.#wasArmed[node]![disk] !== true || this.#letGo[node]![disk] === true) return false;
    const { disks, ios } = this.#history;
    const leftMoment = this.#leftMoment[node]![disk]!;
    return disks[disk]!.writes.some((io) => leftMoment === 0 || ios.started(io) < leftMoment);
  }

  /** The flag may be cleared in a write-cloning state by a clean shutdown alone, or when the migration is committed. */
  #judgeCleared(node: number, disk: number, record: LocalRecord): void {
    if (!isCloning(record.state) || record.targetFault || this.#history.isRolledForward(disk)) return;
    // What a former life left in a cache may become durable when the node starts again; if another owns the disk by then, its writes are no
    // concern of this flag's.
    const host = this.#history.view.hostOf(disk);
    if (host !== -1 && host !== node) return;
    const { source, target } = this.#history.disks[disk]!;
    for (const [role, device] of [
      ['source', source],
      ['target', target],
    ] as const) {
      const unflushed = this.#unflushed.inWords(device);
      if (unflushed === undefined) continue;
      this.#report({
        oracle: 'O11',
        signature: `O11 error flag cleared before the ${role} is flushed`,
        sentence: `node ${node} cleared the error flag of disk ${disk} at ${milliseconds(this.#history.view.tick)} in state ${record.state}, but the ${role} is not flushed: ${unflushed}`,
      });
    }
  }

  /** At rest, outside the write-cloning states, nothing is left that the flag could speak of. */
  end(): void {
    const { disks, records, view } = this.#history;
    disks.forEach((_, disk) => {
      const host = view.hostOf(disk);
      const record = host < 0 ? undefined : records.local(host, disk);
      if (record === undefined || !record.errorFlag || isCloning(record.state)) return;
      this.#report({
        oracle: 'O11',
        signature: 'O11 error flag left set',
        sentence: `at the end the durable record of node ${host} for disk ${disk} says state ${record.state}, but its error flag is still set`,
      });
    });
  }

  #complain(request: ServicedRequest, disk: number, what: string, because: string): void {
    this.#report({
      oracle: 'O11',
      signature: `O11 ${what}`,
      sentence: `node ${request.node} sent a ${request.operation} of device sectors ${request.sector} to ${request.sector + request.count - 1} to the target of disk ${disk} at ${milliseconds(request.tick)}, but ${because}`,
    });
  }
}
