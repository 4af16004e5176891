/**
 * Owns the model that the application's data is judged by: every sector of a disk is a linearizable register that forgets only what
 * its devices are allowed to forget.
 *
 * CONSISTENCY MODEL. A write takes effect once, between its issue and its answer. Per version v of a sector:
 *   written(v)  the first moment that proves v was there: its acknowledgement, or the end of a read that returned it
 *   settled(v)  the moment by which v was there, if ever: `written`, or the failure of the write, or the crash of its node
 * v is superseded by w when w provably came later: w was issued after settled(v), or a read that returned w was issued after settled(v).
 * From written(w) on, no newly issued read may return v. For single registers with distinct values these pairwise rules are exact
 * (Gibbons and Korach, 1997: a cycle among zones is a cycle of two). A write that failed, or was lost with its node, may or may not have
 * taken effect; the first read that must decide decides for good.
 *
 * DURABILITY MODEL. A version is *covered* when a flush was issued after written(v) and acknowledged, or v is an acknowledged FUA write.
 * A power loss of the disk's devices brings back every superseded version that no covered version supersedes; afterwards the first read
 * decides which it is. If all the disk's devices lost power together, what that read shows is durable; if only one did, it proves
 * nothing about durability. A crash of a node brings back nothing.
 *
 * Zeros (discarded, zeroed, never written) all look alike: a read of zeros is good if any version of zeros is, and decides nothing when
 * several are. Per sector: a short list of versions that may be read, and one of superseded versions that a power loss may bring back.
 */

import { Stamp } from '../observation.js';
import { type IoTable, Moment } from '../history/io-table.js';
import { SectorPages } from './sector-pages.js';
import type { VersionPool } from './version-pool.js';

/** I/O number that stands for what a sector held before the run. */
export const INITIAL_IO = 0;

/** A sector that reads what it must not. `unknown`: no version of this sector has this stamp, or all such are long gone. */
export interface BadRead {
  sector: number;
  stamp: number;
  /** I/O that superseded the version read; -1 when none is known. */
  killer: number;
}

export class Register {
  readonly pages: SectorPages;
  readonly #disk: number;
  readonly #ios: IoTable;
  readonly #pool: VersionPool;
  /** Per slot: first of the versions that may be read; 0: only what was there before the run. */
  #live = new Int32Array(0);
  /** Per slot: first of the superseded versions that are not covered. */
  #shadow = new Int32Array(0);
  #coveredBefore = 0;
  #powerMoment = 0;
  #powerWasWhole = true;

  /** @param pool where its versions live; registers of other disks may share it */
  constructor(
    disk: number,
    sectorsCount: number,
    ios: IoTable,
    pool: VersionPool,
    initialStampOf: (sector: number) => number,
  ) {
    this.#disk = disk;
    this.#ios = ios;
    this.#pool = pool;
    this.pages = new SectorPages(sectorsCount, initialStampOf);
  }

  /** A write, discard or write of zeroes was acknowledged. `oldestRead`: when the oldest read in flight was issued. */
  acknowledged(io: number, moment: number, oldestRead: number): void {
    const started = this.#ios.started(io);
    const isDoubtful = started < this.#powerMoment; // it may have landed before the power loss, and be lost
    const isFua = this.#ios.isFua(io);
    const pool = this.#pool;
    const isListed = this.#ios.list(io);
    const first = this.#ios.sector(io);
    for (let sector = first, end = first + this.#ios.count(io); sector < end; sector += 1) {
      const slot = this.#slot(sector);
      const entry = this.#entryOf(slot, io, isListed);
      if (pool.settled(entry) > moment) pool.setSettled(entry, moment);
      if (isDoubtful) continue;
      if (pool.written(entry) === Moment.NEVER) pool.setWritten(entry, moment);
      if (isFua) pool.setDurable(entry);
      this.#supersede(slot, entry, started, oldestRead);
    }
  }

  /** A write failed, or was lost with its node: each sector may hold it, or not. */
  undecided(io: number, moment: number): void {
    const isListed = this.#ios.list(io);
    const first = this.#ios.sector(io);
    for (let sector = first, end = first + this.#ios.count(io); sector < end; sector += 1) {
      const entry = this.#entryOf(this.#slot(sector), io, isListed);
      if (this.#pool.settled(entry) > moment) this.#pool.setSettled(entry, moment);
    }
  }

  /**
   * A read returned `stamps`. `pending`: data-changing I/O in flight.
   * @returns the first sector that reads what it must not, if any
   */
  read(
    io: number,
    stamps: Uint32Array,
    moment: number,
    oldestRead: number,
    pending: readonly number[],
  ): BadRead | undefined {
    const started = this.#ios.started(io);
    const first = this.#ios.sector(io);
    const pool = this.#pool;
    for (let index = 0; index < stamps.length; index += 1) {
      const slot = this.#slot(first + index);
      const stamp = stamps[index]!;
      const head = this.#live[slot]!;
      if (head === 0) {
        if (stamp === this.pages.initial[slot]) continue; // decides nothing: there is no other version
      } else if (pool.next(head) === 0 && this.#stampOf(slot, head) === stamp && pool.dead(head) === Moment.NEVER) {
        const isAsBefore = pool.isDurable(head) || this.#ios.started(pool.io(head)) >= this.#powerMoment;
        if (pool.written(head) !== Moment.NEVER && isAsBefore) continue;
      }
      const bad = this.#readSlowly(slot, first + index, stamp, started, moment, oldestRead, pending);
      if (bad !== undefined) return bad;
    }
    return undefined;
  }

  /** A flush that was issued at `issued` was acknowledged. */
  flushed(issued: number): void {
    if (issued > this.#powerMoment && issued > this.#coveredBefore) this.#coveredBefore = issued;
  }

  /**
   * Devices of the disk lost power. `isWhole`: all of them together. `oldestRead`: when the oldest read in flight was issued, which may have been
   * served before.
   */
  powerLost(moment: number, isWhole: boolean, oldestRead: number): void {
    this.pages.each((_, slot) => {
      // A page may be known by its initial content alone: then it has slots that no version was ever noted in.
      if ((this.#live[slot] ?? 0) !== 0) this.#reviveSlot(slot, moment, oldestRead);
    });
    this.#powerMoment = moment;
    this.#powerWasWhole = isWhole;
  }

  /** The same, but the loss was at `lostMoment`, of a device that is read only now: what was written since is there. */
  powerLostBefore(lostMoment: number, moment: number, oldestRead: number): void {
    this.pages.each((_, slot) => {
      if ((this.#live[slot] ?? 0) !== 0 && !this.#isWrittenSince(slot, lostMoment))
        this.#reviveSlot(slot, moment, oldestRead);
    });
    this.#powerMoment = moment;
    this.#powerWasWhole = false;
  }

  #isWrittenSince(slot: number, lostMoment: number): boolean {
    const pool = this.#pool;
    for (let entry = this.#live[slot]!; entry !== 0; entry = pool.next(entry)) {
      const isProven = pool.dead(entry) === Moment.NEVER && pool.written(entry) !== Moment.NEVER;
      if (isProven && this.#ios.started(pool.io(entry)) > lostMoment) return true;
    }
    return false;
  }

  /** The newest version that a read may return and that is proven, for failure sentences; -1 if none. */
  newestProven(sector: number): number {
    const slot = this.#slot(sector);
    let newest = -1;
    let written = -1;
    for (let entry = this.#live[slot]!; entry !== 0; entry = this.#pool.next(entry)) {
      if (this.#pool.dead(entry) !== Moment.NEVER || this.#pool.written(entry) === Moment.NEVER) continue;
      if (this.#pool.written(entry) < written) continue;
      newest = this.#pool.io(entry);
      written = this.#pool.written(entry);
    }
    return newest;
  }

  /** A version that may be read; -1: none but those in flight. */
  anyReadable(sector: number): number {
    const slot = this.#slot(sector);
    for (let entry = this.#live[slot]!; entry !== 0; entry = this.#pool.next(entry)) {
      if (this.#pool.dead(entry) === Moment.NEVER) return this.#pool.io(entry);
    }
    return this.#live[slot] === 0 ? INITIAL_IO : -1;
  }

  #readSlowly(
    slot: number,
    sector: number,
    stamp: number,
    started: number,
    moment: number,
    oldestRead: number,
    pending: readonly number[],
  ): BadRead | undefined {
    const pool = this.#pool;
    let good = 0;
    let goodCount = 0;
    let killer = -1;
    for (let entry = this.#live[slot]!; entry !== 0; entry = pool.next(entry)) {
      if (this.#stampOf(slot, entry) !== stamp) continue;
      if (started > pool.dead(entry)) killer = pool.killer(entry);
      else {
        good = entry;
        goodCount += 1;
      }
    }
    if (goodCount === 0 || stamp === Stamp.ZERO) {
      const inFlight = this.#pendingWith(stamp, sector, pending);
      if (inFlight !== -1 && (goodCount === 0 || pool.io(good) !== inFlight)) {
        if (goodCount > 0) return undefined;
        good = this.#entryOf(slot, inFlight, this.#ios.list(inFlight));
        goodCount = 1;
      }
    }
    if (goodCount === 0) return { sector, stamp, killer };
    if (goodCount > 1 || started < this.#powerMoment) return undefined;
    this.#proven(slot, good, started, moment, oldestRead);
    return undefined;
  }

  /** A read issued at `started` has returned this version. */
  #proven(slot: number, entry: number, started: number, moment: number, oldestRead: number): void {
    const pool = this.#pool;
    if (pool.written(entry) === Moment.NEVER) pool.setWritten(entry, moment);
    if (pool.settled(entry) > moment) pool.setSettled(entry, moment);
    // One that was in flight when power was lost may have landed afterwards.
    const isFromBefore = this.#powerMoment > 0 && this.#ios.settled(pool.io(entry)) < this.#powerMoment;
    if (isFromBefore && this.#powerWasWhole) pool.setDurable(entry);
    this.#supersede(slot, entry, started, oldestRead);
  }

  /**
   * `winner` was certainly there at some moment after `since`: what was settled before is superseded by it. Versions that no read in flight may
   * return any more leave the list; what a power loss may bring back is kept aside.
   */
  #supersede(slot: number, winner: number, since: number, oldestRead: number): void {
    const pool = this.#pool;
    let before = 0;
    let entry = this.#live[slot]!;
    if (pool.next(entry) === 0) return;
    const moment = pool.written(winner);
    const killer = pool.io(winner);
    let gone = 0;
    while (entry !== 0) {
      const next = pool.next(entry);
      if (entry !== winner && pool.settled(entry) < since) pool.kill(entry, moment, killer);
      if (pool.dead(entry) < oldestRead) {
        if (before === 0) this.#live[slot] = next;
        else pool.setNext(before, next);
        pool.setNext(entry, gone);
        gone = entry;
      } else before = entry;
      entry = next;
    }
    // When all have left: each looks through those that stay.
    while (gone !== 0) {
      const next = pool.next(gone);
      this.#lay(slot, gone);
      gone = next;
    }
  }

  /** Disposes of a superseded version. */
  #lay(slot: number, entry: number): void {
    const pool = this.#pool;
    if (this.#isSupersededForGood(slot, entry)) {
      pool.release(entry);
      return;
    }
    let keptFirst = this.#shadow[slot]!;
    if (keptFirst !== 0 && this.#isCovered(entry)) {
      const since = this.#ios.started(pool.io(entry));
      let kept = 0;
      for (let shadow = keptFirst; shadow !== 0; ) {
        const next = pool.next(shadow);
        if (pool.settled(shadow) < since || pool.killer(shadow) === pool.io(entry)) pool.release(shadow);
        else {
          pool.setNext(shadow, kept);
          kept = shadow;
        }
        shadow = next;
      }
      keptFirst = kept;
    }
    pool.setNext(entry, keptFirst);
    this.#shadow[slot] = entry;
  }

  /** Whether a covered version that may be read supersedes it, so that no power loss brings it back. */
  #isSupersededForGood(slot: number, entry: number): boolean {
    const pool = this.#pool;
    for (let other = this.#live[slot]!; other !== 0; other = pool.next(other)) {
      if (other === entry || !this.#isCovered(other)) continue;
      const isLater = pool.settled(entry) < this.#ios.started(pool.io(other));
      if (isLater || pool.killer(entry) === pool.io(other)) return true;
    }
    return false;
  }

  #isCovered(entry: number): boolean {
    return this.#pool.isDurable(entry) || this.#pool.written(entry) < this.#coveredBefore;
  }

  #reviveSlot(slot: number, moment: number, oldestRead: number): void {
    const pool = this.#pool;
    if (this.#shadow[slot] === 0 && pool.next(this.#live[slot]!) === 0) return; // the only version there is
    let all = this.#live[slot]!;
    for (let shadow = this.#shadow[slot]!; shadow !== 0; ) {
      const next = pool.next(shadow);
      pool.setNext(shadow, all);
      all = shadow;
      shadow = next;
    }
    this.#shadow[slot] = 0;
    this.#live[slot] = all;
    let kept = 0;
    for (let entry = all; entry !== 0; entry = pool.next(entry)) if (this.#isCovered(entry)) pool.setDurable(entry);
    const lost: number[] = [];
    for (let entry = all; entry !== 0; entry = pool.next(entry)) {
      if (this.#isSupersededForGood(slot, entry)) lost.push(entry);
    }
    for (let entry = all; entry !== 0; ) {
      const next = pool.next(entry);
      const isLost = lost.includes(entry);
      // What a read in flight may have been served from before the loss stays as it is.
      if (isLost && pool.dead(entry) < oldestRead) pool.release(entry);
      else {
        if (!isLost) this.#revive(entry, moment);
        pool.setNext(entry, kept);
        kept = entry;
      }
      entry = next;
    }
    this.#live[slot] = kept;
  }

  #revive(entry: number, moment: number): void {
    const pool = this.#pool;
    const io = pool.io(entry);
    pool.revive(entry);
    pool.setWritten(entry, Moment.NEVER);
    pool.setSettled(entry, io !== INITIAL_IO && this.#ios.settled(io) === Moment.NEVER ? Moment.NEVER : moment);
  }

  /** I/O in flight that a stamp may come from; -1: none. */
  #pendingWith(stamp: number, sector: number, pending: readonly number[]): number {
    if (stamp === Stamp.INITIAL) return -1;
    for (const io of pending) {
      const isZeroes = !this.#ios.isWrite(io);
      if ((isZeroes ? stamp === Stamp.ZERO : stamp === io) && this.#ios.covers(io, this.#disk, sector)) return io;
    }
    return -1;
  }

  #stampOf(slot: number, entry: number): number {
    const io = this.#pool.io(entry);
    if (io === INITIAL_IO) return this.pages.initial[slot]!;
    return this.#ios.isWrite(io) ? io : Stamp.ZERO;
  }

  /** The entry of an I/O in a sector's list; made if there is none, as is certain where the I/O `isListed` nowhere. */
  #entryOf(slot: number, io: number, isListed: boolean): number {
    const pool = this.#pool;
    let head = this.#live[slot]!;
    if (head === 0) {
      head = pool.allocate(INITIAL_IO, 0);
      pool.setWritten(head, 0);
      pool.setSettled(head, 0);
      pool.setDurable(head);
      this.#live[slot] = head;
    }
    for (let entry = isListed ? head : 0; entry !== 0; entry = pool.next(entry)) {
      if (pool.io(entry) === io) return entry;
    }
    const entry = pool.allocate(io, head);
    this.#live[slot] = entry;
    return entry;
  }

  #slot(sector: number): number {
    const slot = this.pages.slot(sector);
    if (slot < this.#live.length) return slot;
    const capacity = Math.max(this.pages.slotsEnd, this.#live.length * 2);
    const live = new Int32Array(capacity);
    live.set(this.#live);
    this.#live = live;
    const shadow = new Int32Array(capacity);
    shadow.set(this.#shadow);
    this.#shadow = shadow;
    return slot;
  }
}
