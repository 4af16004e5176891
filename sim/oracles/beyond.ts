/**
 * Owns O8: bytes of the target outside the source's application range are never touched. Judged on every request that changes a target,
 * and at the end on the bytes. The label in front of the range may be changed by steps that write labels, and by nothing else.
 */

import type { History } from './history/history.js';
import type { Observer, Report, ServicedRequest } from './observation.js';
import { milliseconds } from './words.js';

/** At most so many sectors behind the range are compared at the end. */
const COMPARED_SECTORS_MAX = 1024;

export class BeyondOracle implements Observer {
  readonly #history: History;
  readonly #report: Report;
  /** Per disk: stamps of the target's sectors behind the range, at the start. */
  #stamps: Uint32Array[] = [];

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
  }

  begin(): void {
    this.#stamps = this.#history.disks.map((_, disk) => this.#stampsBeyond(disk));
  }

  /** Told of every request that may have changed the target of a disk. */
  targetChanged(request: ServicedRequest, disk: number): void {
    const { view } = this.#history;
    const end = request.sector + request.count;
    const rangeEnd = view.devices[this.#history.disks[disk]!.source]!.sizeSectors;
    if (request.sector >= view.labelSectors && end <= rangeEnd) return;
    if (end <= view.labelSectors && request.step?.includes('.label.') === true) return;
    const where = request.sector < view.labelSectors ? 'its label' : 'what lies behind';
    this.#report({
      oracle: 'O8',
      signature: `O8 ${request.operation} beyond the source's range`,
      sentence: `a ${request.operation} of node ${request.node} at ${milliseconds(request.tick)} touched device sectors ${request.sector} to ${end - 1} of the target of disk ${disk}, but the source's range is ${view.labelSectors} to ${rangeEnd - 1}: ${where} must stay as it was`,
    });
  }

  end(): void {
    this.#history.disks.forEach(({ target }, disk) => {
      const before = this.#stamps[disk]!;
      const index = this.#stampsBeyond(disk).findIndex((stamp, at) => stamp !== before[at]);
      if (index < 0) return;
      const { view } = this.#history;
      const sector = view.labelSectors + view.disksSectorsMax[disk]! + index;
      this.#report({
        oracle: 'O8',
        signature: "O8 bytes beyond the source's range changed",
        sentence: `device sector ${sector} of the target of disk ${disk} lies beyond the source's range, but is not what it was at the start: ${view.lineageSentence(target, 'volatile', sector)}`,
      });
    });
  }

  #stampsBeyond(disk: number): Uint32Array {
    const { view, disks } = this.#history;
    const { target } = disks[disk]!;
    const from = view.labelSectors + view.disksSectorsMax[disk]!;
    const count = Math.min(view.devices[target]!.sizeSectors - from, COMPARED_SECTORS_MAX);
    const stamps = new Uint32Array(Math.max(count, 0));
    for (let index = 0; index < count; index += 1) stamps[index] = view.stampAt(target, 'volatile', from + index);
    return stamps;
  }
}
