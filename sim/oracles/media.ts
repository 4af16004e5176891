/**
 * Owns the demand that no lie of a medium stays unnoticed. The other oracles judge as if media were honest, and what they find is then laid at the
 * door of the medium (`sim/world/media`). Here, at the end: a disk that lives on a device which broke a promise, with none of them the wiser.
 *
 * A promise counts if the application was given it: what was there at first, zeros, or a write that was acknowledged.
 */

import type { History } from './history/history.js';
import { type LieInPlace, type Observer, type Report, Stamp } from './observation.js';
import { place, stampInWords } from './words.js';

export class MediaOracle implements Observer {
  readonly #history: History;
  readonly #report: Report;

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
  }

  end(): void {
    this.#history.disks.forEach((_, disk) => {
      const device = this.#history.liveDevice(disk);
      for (const lie of this.#history.view.liesInPlace(device)) this.#judge(disk, device, lie);
    });
  }

  #judge(disk: number, device: number, { sector, promisedStamp, sentence }: LieInPlace): void {
    const { view, ios } = this.#history;
    const found = view.stampAt(device, 'volatile', sector);
    if (found === promisedStamp || !this.#wasPromised(promisedStamp)) return;
    this.#report({
      oracle: 'media',
      signature: 'media: a lie that nobody noticed',
      sentence: `${place(disk, sector - view.labelSectors)} holds ${stampInWords(ios, found)} where ${stampInWords(ios, promisedStamp)} was promised, and nobody noticed: ${sentence}`,
    });
  }

  #wasPromised(stamp: number): boolean {
    if (stamp === Stamp.ZERO || stamp === Stamp.INITIAL) return true;
    const { ios } = this.#history;
    return ios.has(stamp) && ios.status(stamp) === 'ok';
  }
}
