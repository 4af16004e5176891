/**
 * Owns another host that uses a source while the node which migrates it is down: it raises the label's generation, writes somewhere, and flushes.
 * Its writes are part of what the disk holds from then on.
 */

import type { Stream } from '../../determinism/decisions.js';
import type { BlockDevice } from '../../devices/block-device.js';
import { fillSectors } from '../../nodes/payload.js';
import type { ApplicationIo } from '../../oracles/observation.js';
import { LABEL_SECTORS, sharedOf, sourceIdentity, sourceOf } from '../layout.js';
import { BLOCK_SECTORS } from '../plan.js';
import type { World } from '../world.js';
import { Size } from '../../devices/geometry.js';

const WRITES_MAX = 4;
const BLOCKS_MAX = 4;
const COPY_STRIDE_SECTORS = 8;

/**
 * Writes the source of a disk, unless the disk lives on its target: that the other host can see, too.
 * @param node which is down, and in whose place it writes
 * @returns whether it wrote
 */
export function writeFromElsewhere(world: World, node: number, disk: number, stream: Stream): boolean {
  if (isRolledForward(world, disk)) return false;
  raiseGeneration(world, sourceOf(disk));
  for (let count = 1 + stream.integer(WRITES_MAX); count > 0; count -= 1) {
    const sector = stream.integer(world.plan.diskSectors);
    const sectors = Math.min(1 + stream.integer(BLOCKS_MAX * BLOCK_SECTORS), world.plan.diskSectors - sector);
    write(world, node, disk, sector, sectors);
  }
  world.devices.devices[sourceOf(disk)]!.flush();
  world.devices.isLabelDirty[sourceOf(disk)] = false;
  world.watch.durableChanged(sourceOf(disk));
  world.story.tell(world.devices.words[sourceOf(disk)]!, 'is written by another host');
  return true;
}

function isRolledForward({ devices, codec }: World, disk: number): boolean {
  const subject = codec.subjectOf(disk, 0);
  return copiesOf(devices.devices[sharedOf(disk)]!).some((bytes) => {
    const decoded = codec.decodeRecord('shared', subject, bytes);
    return decoded.kind === 'valid' && (decoded.record.rollForward || decoded.record.retirements.length > 0);
  });
}

/** Both copies of the record at the start of a device. */
function copiesOf(unit: BlockDevice): Uint8Array[] {
  return [0, 1].map((copy) => {
    const bytes = new Uint8Array(COPY_STRIDE_SECTORS * Size.SECTOR_BYTES);
    unit.read(copy * COPY_STRIDE_SECTORS, COPY_STRIDE_SECTORS, bytes, 0);
    return bytes;
  });
}

function write(world: World, node: number, disk: number, sector: number, count: number): void {
  const io: ApplicationIo = {
    io: 0,
    node,
    generation: 0,
    disk,
    address: 'native',
    identity: sourceIdentity(disk),
    operation: 'write',
    sector,
    count,
    fua: true,
    issuedTick: world.tick,
    completedTick: world.tick,
    status: 'ok',
  };
  world.desk.number(io);
  const words = new Int32Array((count * Size.SECTOR_BYTES) / 4);
  fillSectors(words, 0, io.io, sector, count);
  const operation = world.log.open();
  world.log.io[operation] = io.io;
  world.log.device[operation] = sourceOf(disk);
  world.devices.devices[sourceOf(disk)]!.write(
    LABEL_SECTORS + sector,
    count,
    new Uint8Array(words.buffer),
    0,
    operation,
  );
  world.watch.foreignWritten(io);
}

/** The newer copy of the label is read, the other written, as an engine does. */
function raiseGeneration({ devices, codec, log }: World, device: number): void {
  const unit = devices.devices[device]!;
  const copies = copiesOf(unit).map((bytes) => {
    const decoded = codec.decodeRecord('label', 0, bytes);
    return decoded.kind === 'valid' ? decoded.record : { sequence: 0, generation: 0, tombstone: false };
  });
  const newest = copies[0]!.sequence > copies[1]!.sequence ? 0 : 1;
  const { sequence, generation, tombstone } = copies[newest]!;
  const encoded = codec.encodeRecord('label', 0, { sequence: sequence + 1, generation: generation + 1, tombstone });
  unit.write((1 - newest) * COPY_STRIDE_SECTORS, encoded.length / Size.SECTOR_BYTES, encoded, 0, log.open());
}
