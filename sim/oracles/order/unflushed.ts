/**
 * Owns which data devices hold, in their caches, writes to the application's range that no flush has covered. A flush covers what was
 * serviced before it; a FUA write needs none; a power loss settles everything.
 */

import type { History } from '../history/history.js';
import type { Observer, ServicedRequest } from '../observation.js';
import { milliseconds } from '../words.js';

export class Unflushed implements Observer {
  readonly #history: History;
  /** Per device: the last write that no flush covers. */
  #last: ({ node: number; sector: number; count: number; tick: number } | undefined)[] = [];

  constructor(history: History) {
    this.#history = history;
  }

  begin(): void {
    this.#last = this.#history.view.devices.map(() => undefined);
  }

  /** Told of every request that a data device served. */
  served(request: ServicedRequest): void {
    const { operation, device } = request;
    if (operation === 'flush') {
      this.#last[device] = undefined;
      return;
    }
    if (request.fua || !changesRange(request, this.#history.view.labelSectors)) return;
    const last = this.#last[device];
    if (last === undefined) {
      this.#last[device] = { node: request.node, sector: request.sector, count: request.count, tick: request.tick };
    } else {
      last.node = request.node;
      last.sector = request.sector;
      last.count = request.count;
      last.tick = request.tick;
    }
  }

  devicePowerLost(device: number): void {
    this.#last[device] = undefined;
  }

  /** When the device served the last write of the node that it has not flushed; undefined: it has none, or another node's. */
  sinceTick(device: number, node: number): number | undefined {
    const last = this.#last[device];
    return last?.node === node ? last.tick : undefined;
  }

  /** What the device has not flushed, in words; undefined: nothing. */
  inWords(device: number): string | undefined {
    const last = this.#last[device];
    if (last === undefined) return undefined;
    return `device sectors ${last.sector} to ${last.sector + last.count - 1}, written by node ${last.node} at ${milliseconds(last.tick)}, are only in its cache`;
  }
}

/** Whether a request changes data behind the label. */
export function changesRange(request: ServicedRequest, labelSectors: number): boolean {
  const { operation } = request;
  const changes = operation === 'write' || operation === 'discard' || operation === 'writeZeroes';
  return changes && request.sector >= labelSectors;
}
