/**
 * Owns that nothing of a lost path lands after what was sent later (O11; rules 3 and 5 of the data path, fencing): a write, discard, copy or
 * record that may still be travelling is aborted at its device before anything touches the same sectors, a repetition of itself included.
 */

import type { History } from '../history/history.js';
import type { Observer, Report } from '../observation.js';
import { milliseconds } from '../words.js';

export class LateLanding implements Observer {
  readonly #history: History;
  readonly #report: Report;

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
  }

  landedOvertaken(node: number, device: number, sector: number, count: number, id: number, overtakenBy: number): void {
    const { view } = this.#history;
    const { role, disk } = view.devices[device]!;
    this.#report({
      oracle: 'O11',
      signature: `O11 lost on its path, it landed on the ${role} after what was sent later`,
      sentence: `operation ${id} of node ${node}, lost on its path, landed in device sectors ${sector} to ${sector + count - 1} of the ${role}${disk < 0 ? '' : ` of disk ${disk}`} at ${milliseconds(view.tick)}, after operation ${overtakenBy}, which was sent later: it was not aborted before`,
    });
  }
}
