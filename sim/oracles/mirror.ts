/**
 * Owns the early half of O1 and claim A4: at the moment a write is acknowledged, every device that must hold it does. In the write-cloning
 * states that is both; after commit the target; otherwise the source.
 *
 * CONSISTENCY MODEL. A sector holds an acknowledged write if the volatile plane has its stamp, or that of an I/O that overlaps it and was
 * in flight together with it. The first and the last sector of a write are looked at: a side that was skipped lacks both, a
 * spanning write that was cut short lacks one.
 * Excused on the target: a device failure of the target since the state was entered (in target-selected: a power loss), as the fault may then be held against it; writes
 * older than the cloning; a target that the node does not see. On the source nothing is: a write that it failed in target-selected waits for the
 * roll-forward flag.
 * In target-selected a read is judged as well: what it returns the source holds, too.
 * A target that was skipped for a fault is remembered: such a migration must not commit, and its error flag must not be cleared without a fault
 * record (claims B4a, B5).
 */

import type { LocalRecord } from '../../engine/records/types.js';
import { type History, isCloning } from './history/history.js';
import { type ApplicationIo, type Observer, type Report, Stamp } from './observation.js';
import { fateInWords, ioInWords, milliseconds, place, stampInWords } from './words.js';

/** A sector that the target lacks because a fault was held against it. */
interface Divergence {
  io: number;
  sector: number;
}

/** More of them tell nothing new. */
const DIVERGENCES_MAX = 64;

export class MirrorOracle implements Observer {
  readonly #history: History;
  readonly #report: Report;
  /** Per disk. */
  #divergences: Divergence[][] = [];
  /** Per disk: the last discards and writes of zeroes, for the reads of zeros that they explain. */
  #zeroes: number[][] = [];

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
    history.records.listen({
      sharedChanged: (disk, before, after) => {
        if (!after.rollForward || before?.rollForward === true) return;
        this.#judgeCommit(disk);
      },
      localChanged: (node, disk, before, after) => this.#judgeErrorFlag(node, disk, before, after),
    });
  }

  begin(): void {
    this.#divergences = this.#history.disks.map(() => []);
    this.#zeroes = this.#history.disks.map(() => []);
  }

  ioIssued(io: ApplicationIo): void {
    if (io.operation !== 'discard' && io.operation !== 'writeZeroes') return;
    const zeroes = this.#zeroes[io.disk]!;
    zeroes.push(io.io);
    if (zeroes.length > 64) zeroes.splice(0, 32);
  }

  /** Setup ends a synchronisation, and a new one begins with everything dirty: what the target lacked no longer counts. */
  stateChanged(node: number, disk: number, _from: string, to: string): void {
    const isNew = !isCloning(to) || to === 'syncing';
    if (!isNew || !this.#history.speaksFor(node, disk)) return;
    this.#divergences[disk] = [];
  }

  ioCompleted(io: ApplicationIo, stamps: Uint32Array): void {
    if (io.status === 'ok' && io.operation === 'read') this.#judgeRead(io, stamps);
    if (io.status !== 'ok' || io.operation === 'read' || io.operation === 'flush') return;
    const history = this.#history;
    // What a zombie acknowledges went by the state that it had; the register judges whether it lasts.
    if (!history.isFirstAnswer(io) || !history.speaksFor(io.node, io.disk)) return;
    const facts = history.disks[io.disk]!;
    const started = history.ios.started(io.io);
    const isForward = history.isRolledForward(io.disk);
    if (isForward || !isCloning(facts.state)) {
      // A write from before a change of state may have been sent by the rules of the state before.
      const bound = isForward ? facts.target : facts.source;
      if (started > facts.stateMoment || isForward) this.#mustHold(io, bound);
      return;
    }
    // Until the flag is durable a crash leads back to the source, whatever has failed: nothing excuses it.
    this.#mustHold(io, facts.source);
    if (started < facts.syncMoment) return;
    const isReset = facts.state === 'target-selected' && history.powerTick[facts.target]! >= facts.syncTick;
    const isTargetExcused =
      isReset ||
      history.failedSince(facts.target, facts.syncTick) ||
      history.mayLack(io.node, facts.target, facts.syncTick);
    if (!isTargetExcused) this.#mustHold(io, facts.target);
    else this.#noteDivergence(io, facts.target);
  }

  /**
   * What was read from the target can be taken back while the source lacks it: no write may be on its way there when the read is answered.
   * While no fault is known, and the source has lost nothing, it holds what was read.
   */
  #judgeRead(io: ApplicationIo, stamps: Uint32Array): void {
    const history = this.#history;
    const { source, target, state, stateMoment, syncTick } = history.disks[io.disk]!;
    if (state !== 'target-selected' || history.ios.started(io.io) < stateMoment || history.isRolledForward(io.disk))
      return;
    if (history.failedSince(source, syncTick) || history.failedSince(target, syncTick)) return;
    if (history.powerTick[source]! >= syncTick) return;
    const { view, ios } = history;
    for (const sector of [io.sector, io.sector + io.count - 1]) {
      const found = stamps[sector - io.sector];
      const kept = view.stampAt(source, 'volatile', view.labelSectors + sector);
      if (found === kept) continue;
      this.#report({
        oracle: 'O10',
        signature: 'O10 read of what a crash could take back',
        place: { disk: io.disk, sector },
        sentence: `${ioInWords(ios, io.io)} of ${place(io.disk, sector)} was answered at ${milliseconds(io.completedTick)} in target-selected with ${stampInWords(ios, found!)} while the source holds ${stampInWords(ios, kept)}: a crash right after it would have led back to the source`,
      });
      return;
    }
  }

  #mustHold(io: ApplicationIo, device: number): void {
    const sector = this.#lacking(io, device);
    if (sector < 0) return;
    const history = this.#history;
    const { view, ios } = history;
    const facts = history.disks[io.disk]!;
    const role = device === facts.target ? 'target' : 'source';
    const found = stampInWords(ios, view.stampAt(device, 'volatile', view.labelSectors + sector));
    const lineage = view.lineageSentence(device, 'volatile', view.labelSectors + sector);
    this.#report({
      oracle: 'O1',
      signature: `O1 write acknowledged before the ${role} holds it`,
      place: { disk: io.disk, sector },
      sentence: `${ioInWords(ios, io.io)} to ${place(io.disk, sector)} was acknowledged at ${milliseconds(io.completedTick)} in state ${facts.state} although the ${role} does not hold it: the ${role} holds ${found} there (${lineage})`,
    });
  }

  /** The first sector looked at that the device lacks; -1: none. */
  #lacking(io: ApplicationIo, device: number): number {
    const history = this.#history;
    const started = history.ios.started(io.io);
    if (history.powerMoment[device]! > started) return -1;
    const last = io.sector + io.count - 1;
    if (!this.#holds(io, device, io.sector)) return io.sector;
    return last === io.sector || this.#holds(io, device, last) ? -1 : last;
  }

  #holds(io: ApplicationIo, device: number, sector: number): boolean {
    const history = this.#history;
    const { view } = history;
    const stamp = view.stampAt(device, 'volatile', view.labelSectors + sector);
    const own = io.operation === 'write' ? io.io : Stamp.ZERO;
    if (stamp === own) return true;
    if (stamp === Stamp.INITIAL) return false;
    if (stamp !== Stamp.ZERO) return this.#overlaps(stamp, io, sector);
    return this.#zeroes[io.disk]!.some((other) => other !== io.io && this.#overlaps(other, io, sector));
  }

  /** Whether another I/O on the sector was in flight together with this one. */
  #overlaps(other: number, io: ApplicationIo, sector: number): boolean {
    const { ios } = this.#history;
    return ios.has(other) && ios.covers(other, io.disk, sector) && ios.settled(other) > ios.started(io.io);
  }

  /** Later ones too: the first may be written over, and whole again. */
  #noteDivergence(io: ApplicationIo, target: number): void {
    const divergences = this.#divergences[io.disk]!;
    if (divergences.length === DIVERGENCES_MAX) return;
    const sector = this.#lacking(io, target);
    if (sector >= 0) divergences.push({ io: io.io, sector });
  }

  #judgeCommit(disk: number): void {
    const lacking = this.#lackingStill(disk);
    if (lacking === undefined) return;
    this.#report({
      oracle: 'O11',
      signature: 'O11 commit although the target had failed',
      place: { disk, sector: lacking.sector },
      sentence: `the roll-forward flag of disk ${disk} became durable although a fault is held against the target: ${lacking.sentence}`,
    });
  }

  #judgeErrorFlag(node: number, disk: number, before: LocalRecord | undefined, after: LocalRecord): void {
    if (before?.errorFlag !== true || after.errorFlag || !isCloning(after.state) || after.targetFault) return;
    if (this.#history.view.hostOf(disk) !== -1 && this.#history.view.hostOf(disk) !== node) return;
    const lacking = this.#history.isRolledForward(disk) ? undefined : this.#lackingStill(disk);
    if (lacking === undefined) return;
    this.#report({
      oracle: 'O11',
      signature: 'O11 error flag cleared without a fault record',
      place: { disk, sector: lacking.sector },
      sentence: `the error flag of disk ${disk} on node ${node} was cleared in state ${after.state} without a fault record: ${lacking.sentence}`,
    });
  }

  /** What the target still lacks of an acknowledged write, in words. */
  #lackingStill(disk: number): { sector: number; sentence: string } | undefined {
    for (const divergence of this.#divergences[disk]!) {
      const lacking = this.#lackingOf(disk, divergence);
      if (lacking !== undefined) return lacking;
    }
    return undefined;
  }

  #lackingOf(disk: number, { io, sector }: Divergence): { sector: number; sentence: string } | undefined {
    const { view, ios, disks } = this.#history;
    const stamp = view.stampAt(disks[disk]!.target, 'volatile', view.labelSectors + sector);
    if (stamp === io || !ios.isWrite(io) || (ios.has(stamp) && ios.started(stamp) > ios.started(io))) return undefined;
    const sentence = `${ioInWords(ios, io)} to ${place(disk, sector)} ${fateInWords(ios, io)}, but the target holds ${stampInWords(ios, stamp)} there`;
    return { sector, sentence };
  }
}
