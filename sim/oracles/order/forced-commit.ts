/**
 * Owns that the loss of the source in target-selected is acted upon at once (O11; state table of the engine): once a write has failed there for
 * good, and waits for the roll-forward flag, no later write is sent there.
 */

import type { History } from '../history/history.js';
import type { Observer, Report, ServicedRequest } from '../observation.js';
import { ioInWords, milliseconds } from '../words.js';

/** An application's write that the source fails. */
interface Failing {
  readonly io: number;
  count: number;
  /** Of the last failure. */
  tick: number;
}

/** The answer of a device may take so long to come to its node, by the longest of paths. */
const HEARD_TICKS_MAX = 3_000;

export class ForcedCommitOrder implements Observer {
  readonly #history: History;
  readonly #report: Report;
  /** Per disk: writes that the source has failed in target-selected. */
  #failing: Failing[][] = [];
  /** Per disk: commands that are not answered: what they do may have to end first. */
  #commands: Set<number>[] = [];

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
  }

  begin(): void {
    this.#failing = this.#history.disks.map(() => []);
    this.#commands = this.#history.disks.map(() => new Set<number>());
  }

  commandIssued(_node: number, disk: number, id: number): void {
    this.#commands[disk]!.add(id);
  }

  commandCompleted(_node: number, disk: number, id: number): void {
    this.#commands[disk]!.delete(id);
    this.#failing[disk] = [];
  }

  stateChanged(_node: number, disk: number): void {
    this.#failing[disk] = [];
  }

  /** Told of every change that a source answered with an error. */
  sourceFailed({ node, sector, count }: ServicedRequest, disk: number): void {
    const { view, ios, disks } = this.#history;
    const { state, writes } = disks[disk]!;
    if (state !== 'target-selected' || !this.#history.speaksFor(node, disk)) return;
    const io = writes.find((each) => ios.sector(each) === sector - view.labelSectors && ios.count(each) === count);
    if (io === undefined) return;
    const failing = this.#failing[disk]!;
    const known = failing.find((each) => each.io === io);
    if (known === undefined) failing.push({ io, count: 1, tick: view.tick });
    else {
      known.count += 1;
      known.tick = view.tick;
    }
  }

  /** Told of every change that a source served. */
  sourceChanged(request: ServicedRequest, disk: number): void {
    const failing = this.#failing[disk]!;
    if (failing.length === 0 || this.#commands[disk]!.size > 0) return;
    const { view, ios, disks } = this.#history;
    if (!this.#history.speaksFor(request.node, disk)) return;
    const lost = failing.find(({ io, count }) => count > view.retriesMax && ios.status(io) === 'pending');
    if (lost === undefined) return;
    const from = request.sector - view.labelSectors;
    const later = disks[disk]!.writes.find((io) => ios.sector(io) === from && ios.count(io) === request.count);
    if (later === undefined || ios.startedTick(later) <= lost.tick + HEARD_TICKS_MAX) return;
    this.#report({
      oracle: 'O11',
      signature: 'O11 the loss of the source did not force a commit',
      sentence: `${ioInWords(ios, later)} was sent to the source of disk ${disk} at ${milliseconds(request.tick)} in target-selected, although the source had failed ${ioInWords(ios, lost.io)} ${lost.count} times before that was issued, and it still waits: the disk belongs to its target`,
    });
  }
}
