/**
 * Owns the register of lies that media told in a run: which device, which fault, what was promised and where, and whether anybody has been given
 * it since. Oracles are never told that they are lied to; the register serves to name the liar once they have found something wrong, and to
 * find out what nobody has noticed.
 *
 * A lied sector is *in place* as long as the device holds there something older than it promised, or what the lie put there; whoever writes the
 * sector anew mends it. A lie is *seen* when a node was given such a sector.
 */

import type { MediaEffect } from '../../../scenarios/fault.js';
import type { Plane } from '../../devices/block-table.js';
import type { LieInPlace, Violation } from '../../oracles/observation.js';
import { LABEL_SECTORS, sourceOf, targetOf } from '../layout.js';
import type { World } from '../world.js';

/** One sector that is not what the device said it was. */
export interface LiedSector {
  readonly sector: number;
  /** The operation whose content the device promised to hold, and that content's stamp. */
  readonly promised: number;
  readonly promisedStamp: number;
  /** What the lie put there, or 0 where it left there what was there before. */
  readonly held: number;
}

export interface Lie {
  /** Number of its fault in the scenario. */
  readonly fault: number;
  /** As coverage calls it: `target-media-lost`. */
  readonly kind: string;
  readonly effect: MediaEffect;
  readonly device: number;
  /** The operation that was answered with a lie; and in words, `write 57 of node 0`. */
  readonly operation: number;
  readonly what: string;
  readonly tick: number;
  readonly sectors: readonly LiedSector[];
  /** Whether the lie is over with the answer: nothing on the medium has changed. */
  readonly isTransient: boolean;
  /** What is on the record itself gives the lie away: an engine that is taken in by it has not looked. */
  readonly isEvident: boolean;
  isSeen: boolean;
}

export class LieBook {
  readonly lies: Lie[] = [];
  /** What was found out, in sentences: lies about records as soon as a node was given them, others when an oracle finds what they did. */
  readonly found: string[] = [];

  constructor(private readonly world: World) {}

  reset(): void {
    this.lies.length = 0;
    this.found.length = 0;
  }

  tell(lie: Lie): void {
    this.lies.push(lie);
    const { story, devices, watch } = this.world;
    watch.lieTold(lie.kind);
    if (story.isKept) story.tell(devices.words[lie.device]!, `lies: ${EFFECTS_IN_WORDS[lie.effect]}`);
  }

  /** Whether the plane holds what was not promised: for a flush that was none, only the durable one does until power is lost. */
  private isInPlace(lie: Lie, { sector, promised, held }: LiedSector, plane: Plane = 'volatile'): boolean {
    if (lie.isTransient) return false;
    const { devices, log } = this.world;
    const now = devices.devices[lie.device]!.lineage(plane, sector);
    return held === 0 ? log.order[now]! < log.order[promised]! : now === held;
  }

  /** A node was given sectors of a device: lies among them are seen. */
  given(device: number, sector: number, count: number): void {
    for (const lie of this.lies) {
      if (lie.isSeen || lie.device !== device) continue;
      lie.isSeen = lie.sectors.some(
        (each) => each.sector >= sector && each.sector < sector + count && this.isInPlace(lie, each),
      );
      if (lie.isSeen) this.nameIfRecord(lie);
    }
  }

  /**
   * A lie about a record is found by lineage as soon as a node is given it: whatever the engine makes of it, a checksum that refuses it, or an
   * older record that it must take for the newest, is the medium's doing.
   */
  nameIfRecord(lie: Lie): void {
    if (this.isAboutRecords(lie)) this.find(lie, 'lineage', this.sentence(lie));
  }

  /**
   * An oracle has found something wrong. Where a medium lied about that very sector, on either device of the disk, or where a lie about a
   * record is in place or was seen, it was the medium; but for a lie that the engine could tell from what it was given.
   * @returns whether a lie explains it
   */
  explains({ oracle, sentence, place }: Omit<Violation, 'tick'>): boolean {
    const lie = place === undefined ? undefined : this.about(place.disk, place.sector);
    const culprit = lie ?? this.misleading();
    if (culprit === undefined) return false;
    this.find(culprit, oracle, `${sentence}; ${this.sentence(culprit)}`);
    return true;
  }

  /** Whether a lie explains it if the world does not come to rest. */
  mayHoldUp(): boolean {
    return this.misleading() !== undefined;
  }

  /** The last lie about a record that is in place or was seen, and that an engine cannot tell from the truth. */
  private misleading(): Lie | undefined {
    return this.lies.findLast((lie) => !lie.isEvident && this.isAboutRecords(lie) && this.isEffective(lie));
  }

  /** Lies in place on a device, in the application's range. */
  inPlaceOn(device: number): LieInPlace[] {
    return this.lies.flatMap((lie) =>
      lie.device !== device
        ? []
        : lie.sectors
            .filter((each) => each.sector >= LABEL_SECTORS && this.isInPlace(lie, each))
            .map(({ sector, promisedStamp }) => ({ sector, promisedStamp, sentence: this.sentence(lie) })),
    );
  }

  private find(lie: Lie, how: string, sentence: string): void {
    this.found.push(sentence);
    this.world.watch.lieFound(lie.kind, how);
    this.world.story.tell('oracle', sentence);
  }

  /** @returns the last lie about an application's sector, on either device of the disk. */
  private about(disk: number, sector: number): Lie | undefined {
    return this.lies.findLast(
      (lie) =>
        (lie.device === sourceOf(disk) || lie.device === targetOf(disk)) &&
        lie.sectors.some((each) => each.sector === LABEL_SECTORS + sector),
    );
  }

  private isAboutRecords({ device, sectors }: Lie): boolean {
    const { devices } = this.world;
    return sectors.some(({ sector }) => devices.bearsRecords(device, sector));
  }

  private isEffective(lie: Lie): boolean {
    const plane = lie.effect === 'lying-flush' ? 'durable' : 'volatile';
    return lie.isSeen || lie.sectors.some((sector) => this.isInPlace(lie, sector, plane));
  }

  /** `the target of disk 0 lost a write: write 57 of node 0, answered well at 8.204 ms (fault 3)`. */
  private sentence(lie: Lie): string {
    const { devices } = this.world;
    const at = `${(lie.tick / 1000).toFixed(3)} ms`;
    return `the ${devices.words[lie.device]!} ${EFFECTS_IN_WORDS[lie.effect]}: ${lie.what}, answered well at ${at} (fault ${lie.fault + 1})`;
  }
}

const EFFECTS_IN_WORDS: Readonly<Record<MediaEffect, string>> = {
  torn: 'tore a write',
  lost: 'lost a write',
  misdirected: 'wrote in another place',
  'misdirected-read': 'read in another place',
  'bit-rot': 'let a bit rot',
  'stale-read': 'read what had been overwritten',
  'lying-flush': 'did not flush',
};
