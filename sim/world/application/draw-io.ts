/** Owns the draw of one request of an application: what it asks for, where, and how it addresses the disk. */

import type { Stream } from '../../determinism/decisions.js';
import type { ApplicationIo } from '../../oracles/observation.js';
import { sourceIdentity, targetIdentity } from '../layout.js';
import { BLOCK_SECTORS, type RunPlan, WORKLOAD_OPERATIONS } from '../plan.js';

const HOT_PARTS = 8;

/** @returns a request of the workload at `node` to a disk of so many sectors, not numbered yet. */
export function drawIo(
  { workload }: RunPlan,
  diskSectors: number,
  stream: Stream,
  node: number,
  disk: number,
): ApplicationIo {
  const operation = WORKLOAD_OPERATIONS[stream.weighted(workload.weights)]!;
  const isNative = stream.chance(workload.nativeShare);
  const identity = isNative ? (stream.integer(2) === 0 ? sourceIdentity(disk) : targetIdentity(disk)) : -1;
  const isFua = operation !== 'read' && operation !== 'flush' && stream.chance(workload.fuaShare);
  const io: ApplicationIo = {
    io: 0,
    node,
    generation: 0,
    disk,
    address: isNative ? 'native' : 'name',
    identity,
    operation,
    sector: 0,
    count: 0,
    fua: isFua,
    issuedTick: 0,
    completedTick: 0,
    status: 'pending',
  };
  if (operation !== 'flush') drawRange(workload, diskSectors, stream, io);
  return io;
}

/** A range of whole blocks, or one that starts and ends anywhere. */
function drawRange(workload: RunPlan['workload'], diskSectors: number, stream: Stream, io: ApplicationIo): void {
  const rangeSectors = stream.chance(workload.hotShare)
    ? Math.max(Math.min(diskSectors, BLOCK_SECTORS), Math.floor(diskSectors / HOT_PARTS))
    : diskSectors;
  const countMax = Math.min(workload.blocksMax * BLOCK_SECTORS, diskSectors);
  if (stream.chance(workload.unalignedShare)) {
    io.sector = stream.integer(rangeSectors);
    io.count = 1 + stream.integer(countMax);
  } else {
    io.sector = stream.integer(Math.ceil(rangeSectors / BLOCK_SECTORS)) * BLOCK_SECTORS;
    io.count = (1 + stream.integer(workload.blocksMax)) * BLOCK_SECTORS;
  }
  io.count = Math.min(io.count, diskSectors - io.sector);
}
