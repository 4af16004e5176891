/**
 * Owns which side reads are served from (O11; rule 2 of the data path, claims A4, B1): in syncing and source-selected the source, in
 * target-selected the target. Copies read the source, and not in target-selected. A read of the other side is excused by a failure of the
 * side that it belongs to, since the state was entered.
 */

import type { History } from '../history/history.js';
import type { Report, ServicedRequest } from '../observation.js';
import { milliseconds } from '../words.js';

export class ReadSide {
  readonly #history: History;
  readonly #report: Report;

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
  }

  /** Told of every read that a target served. */
  targetRead(request: ServicedRequest, disk: number): void {
    const { state, source, stateTick } = this.#history.disks[disk]!;
    if (state !== 'syncing' && state !== 'source-selected') return;
    if (!this.#isExcused(request, disk, source, stateTick)) this.#complain(request, disk, 'target');
  }

  /** Told of every read that a source served. */
  sourceRead(request: ServicedRequest, disk: number): void {
    const { state, target, stateTick } = this.#history.disks[disk]!;
    if (state !== 'target-selected') return;
    if (!this.#isExcused(request, disk, target, stateTick)) this.#complain(request, disk, 'source');
  }

  #isExcused(request: ServicedRequest, disk: number, side: number, stateTick: number): boolean {
    const history = this.#history;
    if (request.sector < history.view.labelSectors || !history.speaksFor(request.node, disk)) return true;
    // A loss of power is noticed late, by whoever asks the device first.
    return history.failedSince(side, stateTick) || history.powerTick[side]! >= history.disks[disk]!.syncTick;
  }

  #complain(request: ServicedRequest, disk: number, side: string): void {
    const { state } = this.#history.disks[disk]!;
    this.#report({
      oracle: 'O11',
      signature: `O11 read from the ${side} in ${state}`,
      sentence: `node ${request.node} read device sectors ${request.sector} to ${request.sector + request.count - 1} of disk ${disk} from the ${side} at ${milliseconds(request.tick)}, but in ${state} reads belong to the other side, which had not failed`,
    });
  }
}
