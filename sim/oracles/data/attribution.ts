/**
 * Owns the verdict on a sector that reads what it must not: which promise is broken, and the sentence.
 *
 *   damaged, or never written there     O1      flushed or FUA, then power loss    O5
 *   stamp of an I/O that was denied     O3      a failed or lost write came or went   O6
 *   the live device holds the right version, the read did not return it   O10
 *   a write in flight was read, and then not any more   O10
 *   otherwise an acknowledged write is lost   O1
 */

import type { History } from '../history/history.js';
import { Stamp, type Violation } from '../observation.js';
import { fateInWords, ioInWords, place, stampInWords } from '../words.js';
import { type BadRead, INITIAL_IO, type Register } from './register.js';

export interface Finding {
  disk: number;
  bad: BadRead;
  /** Who read it, and when. */
  reader: string;
}

export function attribute(history: History, register: Register, finding: Finding): Omit<Violation, 'tick'> {
  const { disk, bad } = finding;
  return { ...judged(history, register, finding), place: { disk, sector: bad.sector } };
}

function judged(history: History, register: Register, finding: Finding): Omit<Violation, 'tick' | 'place'> {
  const { disk, bad } = finding;
  const { ios } = history;
  const opening = `${place(disk, bad.sector)} reads ${stampInWords(ios, bad.stamp)} (${finding.reader})`;
  const held = heldInWords(history, finding);
  const stray = strayWord(history, disk, bad);
  if (stray !== undefined) {
    const oracle = stray === 'write of a denied I/O' ? 'O3' : 'O1';
    return { oracle, signature: `${oracle} ${stray} appears`, sentence: `${opening}: ${stray}; ${held}` };
  }
  const expected = expectedIo(register, bad);
  if (expected === -1) {
    const sentence = `${opening}, which was superseded; ${held}`;
    return { oracle: 'O10', signature: 'O10 superseded data is read', sentence };
  }
  const promise = `${ioInWords(ios, expected)} ${fateInWords(ios, expected)}`;
  const device = history.liveDevice(disk);
  const isHeld =
    history.view.stampAt(device, 'volatile', history.view.labelSectors + bad.sector) ===
    stampOf(history, register, bad, expected);
  if (isHeld) {
    const sentence = `${opening}, but ${promise} and is what the device holds: the read is stale; ${held}`;
    return { oracle: 'O10', signature: 'O10 stale read', sentence };
  }
  if (expected !== INITIAL_IO && ios.status(expected) === 'pending') {
    const sentence = `${opening}, but ${promise} and had been read before: a later read went back; ${held}`;
    return { oracle: 'O10', signature: 'O10 read went back in time', sentence };
  }
  if (isUnsettled(history, expected) || isUnsettled(history, writeOf(bad))) {
    if (expected === INITIAL_IO || ios.status(expected) !== 'ok' || ios.settled(writeOf(bad)) > ios.started(expected)) {
      const sentence = `${opening}, but ${promise} and had been read since: a write that failed must read old or new and stay so; ${held}`;
      return { oracle: 'O6', signature: 'O6 failed write flapped', sentence };
    }
  }
  const powerMoment = history.disks[disk]!.powerMoment;
  if (
    powerMoment > 0 &&
    expected !== INITIAL_IO &&
    ios.settled(expected) < powerMoment &&
    ios.status(expected) === 'ok'
  ) {
    const how = ios.isFua(expected) ? 'FUA' : 'flushed';
    const sentence = `${opening}, but ${promise}, was covered by ${ios.isFua(expected) ? 'FUA' : 'a flush'} and is lost after a power loss; ${held}`;
    return { oracle: 'O5', signature: `O5 ${how} write lost`, sentence };
  }
  if (expected === INITIAL_IO) {
    return {
      oracle: 'O1',
      signature: 'O1 initial content lost',
      sentence: `${opening}, but nothing else was written there; ${held}`,
    };
  }
  const sentence = `${opening}, but ${promise} and is lost; ${held}`;
  return { oracle: 'O1', signature: `O1 acknowledged ${lostNoun(history, expected)} lost`, sentence };
}

const lostNoun = (history: History, io: number): string =>
  history.ios.isWrite(io) ? 'write' : 'discard or write of zeroes';

/** I/O behind a stamp; 0 where a stamp does not tell. */
const writeOf = (bad: BadRead): number => (bad.stamp > Stamp.INITIAL ? bad.stamp : INITIAL_IO);

const isUnsettled = (history: History, io: number): boolean =>
  io !== INITIAL_IO && history.ios.has(io) && !['ok', 'pending'].includes(history.ios.status(io));

/** What should be there: the version that superseded what was read, or the newest proven one. */
function expectedIo(register: Register, bad: BadRead): number {
  const newest = register.newestProven(bad.sector);
  if (newest !== -1) return newest;
  if (bad.killer !== -1) return bad.killer;
  return register.anyReadable(bad.sector);
}

function stampOf(history: History, register: Register, bad: BadRead, io: number): number {
  if (io === INITIAL_IO) return register.pages.initial[register.pages.slot(bad.sector)]!;
  return history.ios.isWrite(io) ? io : Stamp.ZERO;
}

/** Why a stamp can be no version of this sector at all; undefined: it may have been one. */
function strayWord(history: History, disk: number, bad: BadRead): string | undefined {
  const { ios } = history;
  if (bad.stamp === Stamp.GARBAGE) return 'damaged or torn data';
  if (bad.stamp <= Stamp.INITIAL) return undefined;
  if (!ios.has(bad.stamp) || !ios.isWrite(bad.stamp)) return 'unwritten data';
  if (!ios.covers(bad.stamp, disk, bad.sector)) return 'data of another place';
  return ['denied', 'busy'].includes(ios.status(bad.stamp)) ? 'write of a denied I/O' : undefined;
}

/** `the target of disk 0 holds there …`: the device's own account of how the sector came to be as it is. */
function heldInWords(history: History, { disk, bad }: Finding): string {
  const live = history.liveDevice(disk);
  return `the ${history.view.lineageSentence(live, 'volatile', history.view.labelSectors + bad.sector)}`;
}
