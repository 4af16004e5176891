/**
 * Owns what a `throttle` and a `query` promise (O11; states and commands): copies begin no faster than they are throttled, and progress says how
 * far the copying is. Both are held against the copies that reach the target, region by region.
 *
 * MODEL. Since a synchronisation began, and as long as no device failed or lost power, each region is copied once: what
 * was copied is not dirty, and what differs between the sides is dirty, being copied or being written. A node whose clock was ever at fault is
 * asked for no pace. Throttles end with the synchronisation, and with the node.
 */

import type { Progress } from '../../../engine/contract/effects.js';
import type { History } from '../history/history.js';
import type { Observer, Report, ServicedRequest } from '../observation.js';
import { milliseconds } from '../words.js';

const TICKS_PER_SECOND = 1_000_000;
/** At most so many regions are compared for one answer. */
const COMPARED_MAX = 48;

/** Copying of one disk, since it began or went on at its node. */
interface Copying {
  node: number;
  /** Begun with the synchronisation: its node knows of every copy. */
  isWhole: boolean;
  readonly regions: Set<number>;
  /** Ticks between two copies, or 0; since when; what was copied since; how often it was changed: each change may let one more begin. */
  throttleTicks: number;
  sinceTick: number;
  readonly regionsSince: Set<number>;
  throttlesCount: number;
  /** The first look at the progress. */
  lookedTick: number;
  lookedCopiedCount: number;
}

export class CopyPace implements Observer {
  readonly #history: History;
  readonly #report: Report;
  #copyings: Copying[] = [];
  /** Arguments of throttles that are not answered, by command. */
  readonly #arguments = new Map<number, number>();
  #areClocksSound = true;
  /** No medium has told a lie: else what was copied need not be what is there. */
  #areMediaHonest = true;

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
  }

  begin(): void {
    this.#copyings = this.#history.disks.map(() => copyingAt(-1, false));
    this.#arguments.clear();
    this.#areClocksSound = true;
    this.#areMediaHonest = true;
  }

  lieTold(): void {
    this.#areMediaHonest = false;
  }

  faultFired(kind: string): void {
    if (kind.startsWith('clock-')) this.#areClocksSound = false;
  }

  onlineAnswered(node: number, disk: number): void {
    this.#copyings[disk] = copyingAt(node, false);
  }

  stateChanged(node: number, disk: number, _from: string, to: string): void {
    if (to === 'syncing' && this.#history.speaksFor(node, disk)) this.#copyings[disk] = copyingAt(node, true);
  }

  commandIssued(_node: number, _disk: number, id: number, command: string, argument: number): void {
    if (command === 'throttle') this.#arguments.set(id, argument);
  }

  commandCompleted(node: number, disk: number, id: number, command: string, outcome: string): void {
    const copying = this.#copyings[disk]!;
    if (command !== 'throttle' || outcome !== 'done' || copying.node !== node) return;
    copying.throttleTicks = this.#arguments.get(id) ?? 0;
    copying.sinceTick = this.#history.view.tick;
    copying.regionsSince.clear();
    copying.throttlesCount += 1;
  }

  /** Told of every copy that reached the target of a disk. */
  copied(request: ServicedRequest, disk: number): void {
    const { view } = this.#history;
    const copying = this.#copyings[disk]!;
    if (copying.node !== request.node) return;
    const region = Math.floor((request.sector - view.labelSectors) / view.regionSectors);
    copying.regions.add(region);
    if (copying.throttleTicks <= 0 || !this.#areClocksSound) return;
    copying.regionsSince.add(region);
    const ticks = view.tick - copying.sinceTick;
    const allowed = Math.floor(ticks / copying.throttleTicks) + 1 + view.copiesMax + copying.throttlesCount;
    if (copying.regionsSince.size <= allowed) return;
    this.#complain(
      'copying faster than it is throttled',
      `node ${request.node} copied ${copying.regionsSince.size} regions of disk ${disk} within ${milliseconds(ticks)}, up to ${milliseconds(view.tick)}, although it was told to begin one every ${milliseconds(copying.throttleTicks)}`,
    );
  }

  progressTold(node: number, progress: Progress): void {
    const { disk, state } = progress;
    const history = this.#history;
    if (!history.speaksFor(node, disk) || this.#copyings[disk]!.node !== node) return;
    if (state !== 'syncing' || history.disks[disk]!.state !== 'syncing' || !this.#isUndisturbed(disk)) return;
    const wrong = this.#wrong(progress);
    if (wrong === undefined) return;
    this.#complain(
      'progress is not how far it is',
      `node ${node} says at ${milliseconds(history.view.tick)} that of ${progress.regionsCount} regions of disk ${disk} ${progress.regionsDirtyCount} are dirty and ${progress.regionsCopiedCount} copied, ${progress.regionsPerSecond} a second, ${progress.remainingTicks} ticks left, but ${wrong}`,
    );
  }

  #wrong(progress: Progress): string | undefined {
    const { disk, regionsCount, regionsDirtyCount, regionsCopiedCount } = progress;
    const { view, disks } = this.#history;
    const copying = this.#copyings[disk]!;
    const { source } = disks[disk]!;
    const regions = Math.ceil((view.devices[source]!.sizeSectors - view.labelSectors) / view.regionSectors);
    if (regionsCount !== regions) return `the source has ${regions} regions`;
    const differing = this.#areMediaHonest ? this.#differingCount(disk, regions) : 0;
    if (differing > regionsDirtyCount + view.copiesMax) return `${differing} regions differ, and are not being written`;
    if (!copying.isWhole) return undefined;
    const copied = copying.regions.size;
    if (regionsDirtyCount > regions - copied) return `${copied} regions were copied`;
    if (regionsCopiedCount < copied - view.copiesMax) return `${copied} regions were copied`;
    if (regionsCopiedCount > regions - regionsDirtyCount) return 'the two are more than there are';
    return this.#wrongPace(progress, copying);
  }

  /** The rate is what was copied since the first look, and what is left will take as long as it says. */
  #wrongPace(progress: Progress, copying: Copying): string | undefined {
    const { regionsDirtyCount, regionsCopiedCount, regionsPerSecond, remainingTicks } = progress;
    const { tick } = this.#history.view;
    if (copying.lookedTick < 0) {
      copying.lookedTick = tick;
      copying.lookedCopiedCount = regionsCopiedCount;
    }
    if (!this.#areClocksSound) return undefined;
    const ticks = tick - copying.lookedTick;
    const copied = regionsCopiedCount - copying.lookedCopiedCount;
    if (ticks <= 0 || copied <= 0)
      return regionsPerSecond === 0 && remainingTicks === -1 ? undefined : 'nothing was copied since the first look';
    const rate = (copied * TICKS_PER_SECOND) / ticks;
    const left = (regionsDirtyCount * ticks) / copied;
    const isRight = Math.abs(regionsPerSecond - rate) <= 1 && Math.abs(remainingTicks - left) <= 1;
    return isRight ? undefined : `${copied} regions were copied in the ${milliseconds(ticks)} since the first look`;
  }

  /** Of some regions, by their first sector: how many are not the same on both sides, though the application is not writing them. */
  #differingCount(disk: number, regions: number): number {
    const { view, disks, ios } = this.#history;
    const { source, target, writes } = disks[disk]!;
    const stride = Math.ceil(regions / COMPARED_MAX);
    let count = 0;
    for (let region = 0; region < regions; region += stride) {
      const sector = region * view.regionSectors;
      const at = view.labelSectors + sector;
      if (view.stampAt(source, 'volatile', at) === view.stampAt(target, 'volatile', at)) continue;
      const isWritten = writes.some((io) => ios.sector(io) <= sector && sector < ios.sector(io) + ios.count(io));
      if (!isWritten) count += 1;
    }
    return count;
  }

  /** No device has failed since the synchronisation began, or ever lost power, of which its node may hear late; the source is as large as it was. */
  #isUndisturbed(disk: number): boolean {
    const { view, disks, powerTick } = this.#history;
    const { source, target, syncTick } = disks[disk]!;
    if (view.devices[source]!.sizeSectors !== view.labelSectors + view.disksSectors[disk]!) return false;
    return [source, target].every((device) => !this.#history.failedSince(device, syncTick) && powerTick[device]! < 0);
  }

  #complain(what: string, sentence: string): void {
    this.#report({ oracle: 'O11', signature: `O11 ${what}`, sentence });
  }
}

const copyingAt = (node: number, isWhole: boolean): Copying => ({
  node,
  isWhole,
  regions: new Set(),
  throttleTicks: 0,
  sinceTick: 0,
  regionsSince: new Set(),
  throttlesCount: 0,
  lookedTick: -1,
  lookedCopiedCount: 0,
});
