/**
 * Owns what copying must have done, and must not do any more (O11; state table of the engine): when a disk becomes source-selected by itself, every
 * copy to its target is flushed, and none is under way; a region that cannot be read ends the synchronisation, but not before it was tried as
 * often as the engine is told to, and progress names it; and no region is begun during a pause.
 *
 * A copy is told from a clone by what the application has in flight: a write of the target that overlaps none of it is a copy, and so is a read
 * of the source. A copy beside a clone of the same range is missed; there is none, as they exclude each other.
 */

import type { Progress } from '../../../engine/contract/effects.js';
import type { History } from '../history/history.js';
import type { Observer, Report, ServicedRequest } from '../observation.js';
import { milliseconds } from '../words.js';
import type { CopyPace } from './copy-pace.js';

/** How often a range of a source has failed to be read since it was last read well; once it was given up, that stays. */
interface FailedReads {
  /** Whose: a node that starts counts anew. */
  readonly node: number;
  count: number;
  /** By copies. */
  copiesCount: number;
  readonly region: number;
}

/** What ended a synchronisation. */
interface GivenUp {
  readonly node: number;
  /** Any of them may be meant; undefined: the source was silent, and nobody saw what failed. */
  readonly regions: readonly number[] | undefined;
}

export class CopyOrder implements Observer {
  readonly #history: History;
  readonly #report: Report;
  readonly #pace: CopyPace;
  /** Per disk: the last copy to the target that no flush covers, in words; '' none. */
  #unflushed: string[] = [];
  /** Per disk, by `sector count`. */
  #failedReads: Map<string, FailedReads>[] = [];
  /** Per disk: when the source last failed otherwise than with an error: silent, or out of reach. */
  #silentTick: number[] = [];
  /** Per disk, as long as the node that gave up has not gone on. */
  #givenUp: (GivenUp | undefined)[] = [];
  /** Per disk: regions copied from since copying was paused; undefined: it is not. */
  #copiedInPause: (Set<number> | undefined)[] = [];

  constructor(history: History, report: Report, pace: CopyPace) {
    this.#history = history;
    this.#report = report;
    this.#pace = pace;
  }

  begin(): void {
    this.#unflushed = this.#history.disks.map(() => '');
    this.#failedReads = this.#history.disks.map(() => new Map<string, FailedReads>());
    this.#silentTick = this.#history.disks.map(() => -1);
    this.#givenUp = this.#history.disks.map(() => undefined);
    this.#copiedInPause = this.#history.disks.map(() => undefined);
  }

  nodeStarted(node: number): void {
    for (const failed of this.#failedReads)
      for (const [range, reads] of failed) if (reads.node === node) failed.delete(range);
    this.#copiedInPause.fill(undefined);
  }

  onlineAsked(_node: number, disk: number): void {
    this.#givenUp[disk] = undefined;
  }

  commandCompleted(node: number, disk: number, _id: number, command: string, outcome: string): void {
    if (outcome !== 'done' || !this.#history.speaksFor(node, disk)) return;
    if (command === 'pause') this.#copiedInPause[disk] ??= new Set();
    else if (command === 'resume') this.#copiedInPause[disk] = undefined;
  }

  devicePowerLost(device: number): void {
    const disk = this.#history.disks.findIndex(({ target }) => target === device);
    if (disk >= 0) this.#unflushed[disk] = '';
  }

  stateChanged(node: number, disk: number, _from: string, to: string, cause: string): void {
    if (!this.#history.speaksFor(node, disk)) return;
    const failed = this.#failedReads[disk]!;
    this.#copiedInPause[disk] = undefined;
    this.#givenUp[disk] = undefined;
    if (cause === 'synchronised' && this.#unflushed[disk] !== '') this.#complainUnflushed(disk);
    if (cause === 'source-unreadable') this.#judgeUnreadable(node, disk);
    if (to === 'syncing' || to === 'setup') failed.clear();
  }

  progressTold(node: number, { disk, state, unreadableRegion }: Progress): void {
    const givenUp = this.#givenUp[disk];
    if (givenUp?.node !== node || state !== 'setup') return;
    const isNamed = givenUp.regions?.includes(unreadableRegion) ?? unreadableRegion >= 0;
    if (isNamed) return;
    const given = givenUp.regions === undefined ? 'one' : `region ${givenUp.regions.join(' or ')}`;
    this.#report({
      oracle: 'O11',
      signature: 'O11 progress does not name the unreadable region',
      sentence: `node ${node} says at ${milliseconds(this.#history.view.tick)} that disk ${disk} is back in setup, and ${unreadableRegion < 0 ? 'no region' : `region ${unreadableRegion}`} of its source could not be read, but it was ${given}`,
    });
  }

  /** Told of every change of a target that it served while no disk was read from it. */
  targetChanged(request: ServicedRequest, disk: number): void {
    const { state, writes } = this.#history.disks[disk]!;
    const isJudged = state === 'syncing' || state === 'source-selected';
    if (!isJudged || !this.#isCopy(request, disk, writes)) return;
    this.#pace.copied(request, disk);
    if (state === 'syncing') this.#unflushed[disk] = `${sectorsOf(request)} at ${milliseconds(request.tick)}`;
    else this.#judgeLate(request, disk);
  }

  /** Told of every flush that a target served. */
  targetFlushed(disk: number): void {
    this.#unflushed[disk] = '';
  }

  /** Told of every inquiry, too, that found no source: it is not even asked to read. */
  sourceSilent(disk: number): void {
    this.#silentTick[disk] = this.#history.view.tick;
  }

  /** Told of every read of a source that ended well, or was failed by it. */
  sourceRead(request: ServicedRequest, disk: number): void {
    const failed = this.#failedReads[disk]!;
    if (request.status === 'ok') {
      if (failed.size > 0) this.#readWell(request, disk, failed);
      this.#judgePause(request, disk);
      return;
    }
    if (request.status !== 'error') {
      this.sourceSilent(disk);
      return;
    }
    const range = sectorsOf(request);
    const reads = failed.get(range) ?? {
      node: request.node,
      count: 0,
      copiesCount: 0,
      region: this.#regionOf(request),
    };
    failed.set(range, reads);
    reads.count += 1;
    const { state } = this.#history.disks[disk]!;
    const isSynchronising = state === 'syncing' || state === 'source-selected';
    if (!isSynchronising || !this.#isCopy(request, disk, this.#history.disks[disk]!.reads)) return;
    reads.copiesCount += 1;
    if (reads.copiesCount <= this.#history.view.retriesMax + 1) return;
    this.#report({
      oracle: 'O11',
      signature: 'O11 copying goes on although a region cannot be read',
      sentence: `node ${request.node} read ${range} of the source of disk ${disk} to copy them, and failed for the ${reads.copiesCount}th time at ${milliseconds(request.tick)}, in ${state}: after ${this.#history.view.retriesMax} retries the migration belongs back in setup`,
    });
  }

  /** A copy that is read well is begun anew another time. What the application reads well says nothing of the copy that is being tried, or was given up. */
  #readWell(request: ServicedRequest, disk: number, failed: Map<string, FailedReads>): void {
    const range = sectorsOf(request);
    const reads = failed.get(range);
    if (reads === undefined || reads.count > this.#history.view.retriesMax) return;
    if (this.#isCopy(request, disk, this.#history.disks[disk]!.reads)) failed.delete(range);
    else reads.copiesCount = 0;
  }

  #isCopy(request: ServicedRequest, disk: number, inFlight: readonly number[]): boolean {
    const { view, ios, nodes } = this.#history;
    // What a node that is down had sent lands late: what it was for is not in flight any more.
    if (!nodes[request.node]!.isUp) return false;
    const from = request.sector - view.labelSectors;
    if (from < 0 || from + request.count > view.disksSectorsMax[disk]! || !this.#history.speaksFor(request.node, disk))
      return false;
    return !inFlight.some((io) => ios.sector(io) < from + request.count && from < ios.sector(io) + ios.count(io));
  }

  #regionOf({ sector }: ServicedRequest): number {
    const { labelSectors, regionSectors } = this.#history.view;
    return Math.floor((sector - labelSectors) / regionSectors);
  }

  /** What was in hand when the pause was ordered may be copied to its end. */
  #judgePause(request: ServicedRequest, disk: number): void {
    const copied = this.#copiedInPause[disk];
    const { view, disks } = this.#history;
    if (copied === undefined || !this.#isCopy(request, disk, disks[disk]!.reads)) return;
    copied.add(this.#regionOf(request));
    if (copied.size <= view.copiesMax) return;
    this.#report({
      oracle: 'O11',
      signature: 'O11 copying goes on during a pause',
      sentence: `node ${request.node} read ${sectorsOf(request)} of the source of disk ${disk} to copy them at ${milliseconds(request.tick)}: the ${copied.size}th region since copying was paused, and no more than ${view.copiesMax} may have been in hand`,
    });
  }

  /** Nothing was dirty when the disk became source-selected, and nothing has become so. */
  #judgeLate(request: ServicedRequest, disk: number): void {
    const history = this.#history;
    const { source, target, stateBefore, stateTick, syncTick } = history.disks[disk]!;
    const { view } = history;
    const hasGrown = view.devices[source]!.sizeSectors > view.labelSectors + view.disksSectors[disk]!;
    const isWhole = [source, target].every(
      (device) => !history.failedSince(device, syncTick) && history.powerTick[device]! < syncTick,
    );
    // A node that has started since then does not go by what was copied before.
    const hasStarted = history.nodes[request.node]!.startedTick >= stateTick;
    if (stateBefore !== 'syncing' || hasStarted || hasGrown || !isWhole) return;
    this.#report({
      oracle: 'O11',
      signature: 'O11 copy after everything was copied',
      sentence: `node ${request.node} copied ${sectorsOf(request)} to the target of disk ${disk} at ${milliseconds(request.tick)}, although the disk had become source-selected at ${milliseconds(stateTick)}, and no device had failed since the synchronisation began`,
    });
  }

  #complainUnflushed(disk: number): void {
    this.#report({
      oracle: 'O11',
      signature: 'O11 source-selected before the target is flushed',
      sentence: `disk ${disk} became source-selected at ${milliseconds(this.#history.view.tick)}, but its target was not flushed since ${this.#unflushed[disk]} were copied to it`,
    });
  }

  /** Where the source keeps silent a read fails without a word of it. */
  #judgeUnreadable(node: number, disk: number): void {
    const { view, disks, powerTick } = this.#history;
    const { source, syncTick } = disks[disk]!;
    const failed = [...this.#failedReads[disk]!.values()];
    const mostOften = Math.max(0, ...failed.map(({ count }) => count));
    const isSilent =
      this.#silentTick[disk]! >= syncTick || powerTick[source]! >= syncTick || view.cutOffSince(source, syncTick);
    const isUnseen = isSilent || this.#history.mayLack(node, source, syncTick);
    const tried = failed.filter(({ count }) => count > view.retriesMax).map(({ region }) => region);
    this.#givenUp[disk] = { node, regions: isUnseen || tried.length === 0 ? undefined : tried };
    // That nothing had failed at all is judged elsewhere.
    if (isUnseen || mostOften > view.retriesMax || !this.#history.failedSince(source, syncTick)) return;
    this.#report({
      oracle: 'O7',
      signature: 'O7 source given up before its retries',
      sentence: `node ${node} took disk ${disk} back to setup at ${milliseconds(view.tick)} as its source could not be read, but no range of it had failed more than ${mostOften} times in a row, and there are ${view.retriesMax} retries`,
    });
  }
}

const sectorsOf = ({ sector, count }: ServicedRequest): string => `device sectors ${sector} to ${sector + count - 1}`;
