/**
 * Random histories of device operations: what fast-check draws, and how a step acts on the real device and on the plain
 * model. A step is plain data, in sectors relative to a window, so that a counterexample can be read and pasted.
 */
import fc from 'fast-check';
import type { BlockDevice } from '../../../sim/devices/block-device.js';

import type { SectorChoice } from '../../../sim/devices/power-loss.js';
import { type PlainMapModel, type SectorVersion, torn } from './plain-map-model.js';
import { Size } from '../../../sim/devices/geometry.js';

/** Sectors that histories play in: seven blocks and a short one. */
export const WINDOW_SECTORS = 61;

type Range = { from: number; count: number };
type Fate = { pick: number; tearBytes: number };

export type Step =
  | ({ kind: 'write'; fua: boolean; blank: boolean } & Range)
  | ({ kind: 'write-part'; landed: boolean[] } & Range)
  | ({ kind: 'zero'; discard: boolean } & Range)
  | ({ kind: 'zero-part'; landed: boolean[] } & Range)
  | { kind: 'tear'; from: number; bytesNew: number }
  | { kind: 'flush' }
  | ({ kind: 'flush-range' } & Range)
  | { kind: 'power-loss'; fates: Fate[] };

const from = fc.nat({ max: WINDOW_SECTORS - 1 });
const count = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(8, 16, WINDOW_SECTORS));
const landed = fc.array(fc.boolean(), { minLength: WINDOW_SECTORS, maxLength: WINDOW_SECTORS });
const bytesNew = fc.integer({ min: 1, max: 63 }).map((units) => units * 8);
// Mostly whole sectors; a tear of 0 bytes means none.
const fate = fc.record({ pick: fc.nat({ max: 20 }), tearBytes: fc.oneof(fc.constant(0), bytesNew) });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('write'), fua: fc.boolean(), blank: fc.boolean(), from, count }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('write-part'), landed, from, count }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('zero'), discard: fc.boolean(), from, count }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('zero-part'), landed, from, count }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('tear'), from, bytesNew }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('flush') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('flush-range'), from, count }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('power-loss'), fates: fc.array(fate, { minLength: 1 }) }) },
) as fc.Arbitrary<Step>;

export const histories: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 1, maxLength: 30 });

/** @returns the bytes `operation` writes to `count` sectors: different for each sector, unless it writes blanks. */
export function payload(operation: number, sectors: number, blank = false): Uint8Array {
  const bytes = new Uint8Array(new SharedArrayBuffer(sectors * Size.SECTOR_BYTES));
  if (blank) return bytes;
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = (operation * 89 + Math.floor(index / Size.SECTOR_BYTES) * 37 + index * 3) & 0xff;
  }
  return bytes;
}

/**
 * Does one step, on the device and, if given, on the model.
 * @param window first sector of the device that the step's sectors count from
 * @param operation its id, 1 or more
 */
export function perform(
  step: Step,
  window: number,
  operation: number,
  device: BlockDevice,
  model?: PlainMapModel,
): void {
  switch (step.kind) {
    case 'flush':
      device.flush();
      model?.flush(model.unflushedSectors());
      return;
    case 'power-loss':
      device.powerLoss(chooser(step.fates, device.tearsSectors));
      model?.powerLoss(chooser(step.fates, device.tearsSectors));
      return;
    case 'tear': {
      if (!device.tearsSectors) return;
      const sector = window + step.from;
      const bytes = payload(operation, 2);
      const whole = { operation, bytes: bytes.slice(Size.SECTOR_BYTES), stored: true, torn: false };
      device.tearSector(sector, bytes, Size.SECTOR_BYTES, step.bytesNew, operation);
      model?.write(sector, torn(model.at('volatile', sector), whole, step.bytesNew));
      return;
    }
    default:
      performRange(
        step,
        window + step.from,
        Math.min(step.count, WINDOW_SECTORS - step.from),
        operation,
        device,
        model,
      );
  }
}

function performRange(
  step: Extract<Step, Range>,
  sector: number,
  sectors: number,
  operation: number,
  device: BlockDevice,
  model?: PlainMapModel,
): void {
  const marks = 'landed' in step ? Uint8Array.from(step.landed, Number) : undefined;
  const isZeroing = step.kind === 'zero' || step.kind === 'zero-part';
  const isFlushing = step.kind === 'flush-range' || (step.kind === 'write' && step.fua);
  const source = payload(operation, sectors + 1, step.kind === 'write' && step.blank);
  if (step.kind === 'write') device.write(sector, sectors, source, Size.SECTOR_BYTES, operation);
  if (step.kind === 'write-part') device.writeSectors(sector, sectors, source, Size.SECTOR_BYTES, operation, marks!);
  if (step.kind === 'zero' && step.discard) device.discard(sector, sectors, operation);
  if (step.kind === 'zero' && !step.discard) device.writeZeroes(sector, sectors, operation);
  if (step.kind === 'zero-part') device.writeZeroesSectors(sector, sectors, operation, marks!);
  if (isFlushing) device.flushRange(sector, sectors);
  if (model === undefined) return;
  for (let index = 0; index < sectors; index += 1) {
    if (step.kind !== 'flush-range' && marks?.[index] !== 0) {
      const bytes = isZeroing
        ? new Uint8Array(Size.SECTOR_BYTES)
        : source.slice((index + 1) * Size.SECTOR_BYTES).slice(0, Size.SECTOR_BYTES);
      const version: SectorVersion = { operation, bytes: new Uint8Array(bytes), stored: !isZeroing, torn: false };
      model.write(sector + index, version);
    }
    if (isFlushing) model.flush([sector + index]);
  }
}

/** @returns a chooser that takes its decisions from `fates` in turn, and asserts nothing. */
function chooser(fates: readonly Fate[], tears: boolean): SectorChoice {
  let turn = 0;
  return (candidatesCount) => {
    const { pick, tearBytes } = fates[turn++ % fates.length]!;
    if (!tears || tearBytes === 0) return pick % (candidatesCount + 1);
    const newer = 1 + (pick % candidatesCount);
    return { older: pick % newer, newer, bytesNew: tearBytes };
  };
}
