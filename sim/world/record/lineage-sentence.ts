/**
 * Owns the sentence that says how a sector came to hold what it holds: *block 812 of source of disk 0 holds write 41 of node 1 (operation 977),
 * made durable by flush 1002*.
 */

import {
  OPERATION_ID_FOREIGN,
  OPERATION_ID_INITIAL,
  OPERATION_ID_NONE,
  OPERATION_POWER_LOSS,
  type OperationLog,
} from '../devices/operation-log.js';
import { OPERATION_DISCARD, OPERATION_FLUSH, OPERATION_WRITE_ZEROES } from '../devices/operations.js';
import { LABEL_SECTORS } from '../layout.js';
import { BLOCK_SECTORS } from '../plan.js';
import type { World } from '../world.js';

export function lineageSentence(
  world: World,
  device: number,
  plane: 'volatile' | 'durable',
  deviceSector: number,
): string {
  const { devices, log } = world;
  const unit = devices.devices[device]!;
  const id = unit.lineage(plane, deviceSector);
  const torn = unit.isTorn(plane, deviceSector) ? 'torn ' : '';
  const place = `${placeInWords(world, device, deviceSector)} of ${devices.words[device]!}`;
  const holds = `${place} holds ${torn}${contentInWords(log, id)}`;
  if (id <= OPERATION_ID_FOREIGN) return holds;
  if (unit.lineage('durable', deviceSector) !== id) return `${holds}, not durable`;
  return `${holds}, ${durabilityInWords(log, id, deviceSector)}`;
}

function placeInWords({ devices }: World, device: number, deviceSector: number): string {
  if (devices.isMetadata(device) || deviceSector < LABEL_SECTORS) return `sector ${deviceSector}`;
  const sector = deviceSector - LABEL_SECTORS;
  return `block ${Math.floor(sector / BLOCK_SECTORS)} (sector ${sector % BLOCK_SECTORS} of it)`;
}

function contentInWords(log: OperationLog, id: number): string {
  if (id === OPERATION_ID_NONE) return 'what was never written';
  if (id === OPERATION_ID_INITIAL) return 'what it held before the run';
  if (id === OPERATION_ID_FOREIGN) return "somebody else's data from before the run";
  const who = `node ${log.node[id]!}, start ${log.generation[id]!} (operation ${id} at tick ${log.tick[id]!})`;
  if (log.operation[id] === OPERATION_DISCARD) return `a discard of ${who}`;
  if (log.operation[id] === OPERATION_WRITE_ZEROES) return `zeros of ${who}`;
  return log.io[id] === 0 ? `a copy or a record written by ${who}` : `write ${log.io[id]!} of ${who}`;
}

function durabilityInWords(log: OperationLog, id: number, sector: number): string {
  const by = log.durableBy(id, sector);
  if (by === 0) return 'durable';
  if (by === id) return 'durable by itself (FUA)';
  if (log.operation[by] === OPERATION_POWER_LOSS) return `kept by the power loss at tick ${log.tick[by]!}`;
  return log.operation[by] === OPERATION_FLUSH ? `made durable by flush ${by}` : `made durable by operation ${by}`;
}
