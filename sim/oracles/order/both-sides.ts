/**
 * Owns whether both sides hold the same, sector by sector, wherever a migration counts on it (O6, O5; rules 7 to 9 of the data path): when reads move
 * to the other side, by a command or for good, and when a flush is answered in target-selected after the source has lost something. What a
 * device lost with its power, what a write that failed or was cut off by a crash left on one side only, must have been copied by then.
 * The register sees only what the application happens to read before and after.
 *
 * Nothing is judged of a device that has lost power as long as its node has not been told: nobody can know. What a target that has failed holds is
 * nobody's business, and so is what a source lacks that a forced commit leaves.
 */

import type { History } from '../history/history.js';
import type { ApplicationIo, Observer, Report, ServicedRequest } from '../observation.js';
import { milliseconds, place, stampInWords } from '../words.js';

/** Of larger disks not every sector is looked at again and again. */
const SECTORS_MAX = 65_536;
/** A completion takes no longer to reach its node: what a device told before that, the node knows (`sim/world/devices/latency.ts`). */
const COMPLETION_TICKS_MAX = 12;
const UNTOLD = Number.POSITIVE_INFINITY;

export class BothSides implements Observer {
  readonly #history: History;
  readonly #report: Report;
  /** By device, per node: when it was told of the last power loss; `UNTOLD`: it has not been. Devices that lost nothing are left out. */
  readonly #toldTicks = new Map<number, number[]>();

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
    history.records.listen({
      sharedChanged: (disk, before, after) => {
        if (!after.rollForward || before?.rollForward === true) return;
        const node = history.view.mode === 'cluster' ? after.owner : 0;
        if (history.disks[disk]!.state === 'source-selected' && this.#isTold(node, disk, history.view.tick))
          this.#judge(disk, 'O6', 'reads move', 'was committed');
      },
    });
  }

  devicePowerLost(device: number): void {
    this.#toldTicks.set(device, Array<number>(this.#history.view.nodesCount).fill(UNTOLD));
  }

  /** Told of every unit attention. */
  resetTold({ node, device, tick }: ServicedRequest): void {
    const ticks = this.#toldTicks.get(device);
    if (ticks !== undefined && ticks[node] === UNTOLD) ticks[node] = tick;
  }

  stateChanged(node: number, disk: number, from: string, to: string, cause: string): void {
    const isBack = from === 'target-selected' && to !== 'committed';
    if ((to !== 'target-selected' && !isBack) || cause !== 'command' || !this.#history.speaksFor(node, disk)) return;
    if (isBack && this.#hasTargetFailed(disk)) return;
    if (this.#isTold(node, disk, this.#history.view.tick)) this.#judge(disk, 'O6', 'reads move', `became ${to}`);
  }

  /** Told of every flush that was answered well. */
  flushed({ node, disk, issuedTick }: ApplicationIo): void {
    const history = this.#history;
    const { source, state, stateTick, syncTick } = history.disks[disk]!;
    if (state !== 'target-selected' || history.powerTick[source]! < syncTick || issuedTick < stateTick) return;
    if (history.isRolledForward(disk) || !history.speaksFor(node, disk) || this.#hasTargetFailed(disk)) return;
    if (history.failedSince(source, syncTick) || !this.#isTold(node, disk, issuedTick)) return;
    this.#judge(disk, 'O5', 'a flush is answered', 'had a flush answered');
  }

  /** Whether the node knew by then of all that either side has lost with its power. */
  #isTold(node: number, disk: number, tick: number): boolean {
    const { source, target } = this.#history.disks[disk]!;
    return [source, target].every(
      (device) => (this.#toldTicks.get(device)?.[node] ?? Number.NEGATIVE_INFINITY) + COMPLETION_TICKS_MAX < tick,
    );
  }

  /** What a target that was read, and is to be left, holds then is not known. */
  #hasTargetFailed(disk: number): boolean {
    const { target, syncTick } = this.#history.disks[disk]!;
    return this.#history.failedSince(target, syncTick) || this.#history.powerTick[target]! >= syncTick;
  }

  #judge(disk: number, oracle: 'O5' | 'O6', kind: string, what: string): void {
    const { view, ios, disks } = this.#history;
    const { source, target, writes } = disks[disk]!;
    if (view.disksSectors[disk]! > SECTORS_MAX) return;
    for (let sector = 0; sector < view.disksSectors[disk]!; sector += 1) {
      const kept = view.stampAt(source, 'volatile', view.labelSectors + sector);
      const found = view.stampAt(target, 'volatile', view.labelSectors + sector);
      if (kept === found || writes.some((io) => ios.covers(io, disk, sector))) continue;
      const lineage = view.lineageSentence(target, 'volatile', view.labelSectors + sector);
      this.#report({
        oracle,
        signature: `${oracle} sides differ when ${kind}`,
        place: { disk, sector },
        sentence: `disk ${disk} ${what} at ${milliseconds(view.tick)}, but its sides differ at ${place(disk, sector)}: the source holds ${stampInWords(ios, kept)}, the target ${stampInWords(ios, found)} (${lineage})`,
      });
      return;
    }
  }
}
