/** Owns how oracles put numbers into words: times, places on a disk, application I/O. */

import { Stamp } from './observation.js';
import { INITIAL_IO } from './data/register.js';
import type { IoTable } from './history/io-table.js';

const BLOCK_SECTORS = 8;

/** `18.204 ms`. */
export const milliseconds = (tick: number): string => `${(tick / 1000).toFixed(3)} ms`;

/** `block 12 (sector 97) of disk 0`; the sector counts from the start of the application's range. */
export const place = (disk: number, sector: number): string =>
  `block ${Math.floor(sector / BLOCK_SECTORS)} (sector ${sector}) of disk ${disk}`;

/** `write 41 of node 1`, `the initial content`. */
export function ioInWords(ios: IoTable, io: number): string {
  if (io === INITIAL_IO) return 'the initial content';
  const operation = ios.operation(io);
  const noun = operation === 'writeZeroes' ? 'write-zeroes' : operation;
  return `${noun} ${io} of node ${ios.node(io)}`;
}

/** What a stamp says was found. */
export function stampInWords(ios: IoTable, stamp: number): string {
  if (stamp === Stamp.ZERO) return 'zeros';
  if (stamp === Stamp.INITIAL) return 'the initial content';
  if (stamp === Stamp.GARBAGE) return 'bytes that nobody wrote';
  if (stamp === Stamp.FOREIGN) return "somebody else's data from before the run";
  if (!ios.has(stamp)) return `the stamp of write ${stamp}, which was never issued`;
  return ioInWords(ios, stamp);
}

/** `was acknowledged at 18.204 ms`, `failed at …`. */
export function fateInWords(ios: IoTable, io: number): string {
  if (io === INITIAL_IO) return 'was there from the start';
  const at = milliseconds(ios.endedTick(io));
  switch (ios.status(io)) {
    case 'ok':
      return `was acknowledged${ios.isFua(io) ? ' with FUA' : ''} at ${at}`;
    case 'lost':
      return `was lost with its node at ${at}`;
    case 'pending':
      return `is in flight since ${milliseconds(ios.startedTick(io))}`;
    default:
      return `ended with ${ios.status(io)} at ${at}`;
  }
}
