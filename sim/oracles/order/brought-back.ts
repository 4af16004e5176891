/**
 * Owns what is brought back from the target, in target-selected, after the source has lost something (O6; rules 5 and 9 of the data path): a copy
 * never puts something older over what the source still holds, neither over a write that went there meanwhile, nor from a target that has lost
 * the same. What each sector of such a source held is remembered from its loss of power on.
 */

import { type History, isCloning } from '../history/history.js';
import { type Observer, type Report, type ServicedRequest, Stamp } from '../observation.js';
import { ioInWords, milliseconds, place, stampInWords } from '../words.js';
import { changesRange } from './unflushed.js';

/** Of larger disks not every sector is looked at. */
const SECTORS_MAX = 65_536;

export class BroughtBack implements Observer {
  readonly #history: History;
  readonly #report: Report;
  /** By disk: stamp of each sector of a source that has lost power since the last synchronisation began. */
  readonly #held = new Map<number, Uint32Array>();

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
  }

  devicePowerLost(device: number): void {
    const { view, disks } = this.#history;
    const disk = disks.findIndex(({ source }) => source === device);
    const sectorsCount = view.disksSectorsMax[disk] ?? 0;
    if (disk < 0 || sectorsCount > SECTORS_MAX || !isCloning(disks[disk]!.state)) return;
    const held = Uint32Array.from({ length: sectorsCount }, (_, sector) =>
      view.stampAt(device, 'volatile', view.labelSectors + sector),
    );
    this.#held.set(disk, held);
  }

  stateChanged(node: number, disk: number, _from: string, to: string): void {
    const isOver = !isCloning(to) || to === 'syncing';
    if (isOver && this.#history.speaksFor(node, disk)) this.#held.delete(disk);
  }

  /** Told of every request that a source served. */
  sourceServed(request: ServicedRequest, disk: number): void {
    const held = this.#held.get(disk);
    const { view, disks } = this.#history;
    if (held === undefined || !changesRange(request, view.labelSectors)) return;
    const isBack = request.operation === 'write' && disks[disk]!.state === 'target-selected';
    for (let at = request.sector; at < request.sector + request.count; at += 1) {
      const sector = at - view.labelSectors;
      const before = held[sector]!;
      const after = view.stampAt(request.device, 'volatile', at);
      held[sector] = after;
      if (isBack && before !== after && this.#isOlder(after, before))
        this.#complain(request, disk, sector, before, after);
    }
  }

  /** Whether a stamp is of something that was over when an acknowledged write began. */
  #isOlder(stamp: number, than: number): boolean {
    const { ios } = this.#history;
    if (!ios.has(than) || ios.status(than) !== 'ok') return false;
    if (stamp === Stamp.INITIAL || stamp === Stamp.FOREIGN) return true;
    return ios.has(stamp) && ios.settled(stamp) < ios.started(than);
  }

  #complain({ node, tick }: ServicedRequest, disk: number, sector: number, before: number, after: number): void {
    const { ios } = this.#history;
    this.#report({
      oracle: 'O6',
      signature: 'O6 the source is given back something older',
      place: { disk, sector },
      sentence: `node ${node} brought ${stampInWords(ios, after)} back to the source of disk ${disk} at ${milliseconds(tick)}, to ${place(disk, sector)}, over ${ioInWords(ios, before)}, which is newer and was acknowledged`,
    });
  }
}
