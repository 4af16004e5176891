/**
 * Owns the sentence that says how a sector came to hold what it holds: *target of disk 0 holds there a copy that node 1 made at 21.025 ms
 * (operation 977), made durable by flush 1002*. The place itself is named by whoever asks.
 */

import {
  OPERATION_ID_FOREIGN,
  OPERATION_ID_INITIAL,
  OPERATION_ID_NONE,
  OPERATION_POWER_LOSS,
  OPERATION_ROT,
  type OperationLog,
} from '../devices/operation-log.js';
import { Operation } from '../devices/operations.js';
import { LABEL_SECTORS } from '../layout.js';
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
  const isCopied = !devices.isMetadata(device) && deviceSector >= LABEL_SECTORS;
  const way = world.plan.pathsCount > 1 ? wayInWords(log, id) : '';
  const holds = `${devices.words[device]!} holds there ${torn}${contentInWords(log, id, isCopied ? 'copy' : 'record', way)}`;
  if (id <= OPERATION_ID_FOREIGN) return holds;
  if (unit.lineage('durable', deviceSector) !== id) return `${holds}, not durable`;
  return `${holds}, ${durabilityInWords(log, id, deviceSector)}`;
}

/** `noun`: what a write is that no application asked for. */
function contentInWords(log: OperationLog, id: number, noun: 'copy' | 'record', way: string): string {
  if (id === OPERATION_ID_NONE) return 'what was never written';
  if (id === OPERATION_ID_INITIAL) return 'what it held before the run';
  if (id === OPERATION_ID_FOREIGN) return "somebody else's data from before the run";
  if (log.operation[id] === OPERATION_ROT) return `a bit that flipped at ${(log.tick[id]! / 1000).toFixed(3)} ms`;
  const start = log.generation[id]! > 1 ? ` in its start ${log.generation[id]!}` : '';
  const who = `node ${log.node[id]!} made${start} at ${(log.tick[id]! / 1000).toFixed(3)} ms (operation ${id}${way})`;
  if (log.operation[id] === Operation.DISCARD) return `a discard that ${who}`;
  if (log.operation[id] === Operation.WRITE_ZEROES) return `zeros that ${who}`;
  return log.io[id] === 0 ? `a ${noun} that ${who}` : `write ${log.io[id]!} that ${who}`;
}

/** By which path it came, and how long it travelled there after the path was lost. */
function wayInWords(log: OperationLog, id: number): string {
  const since = log.lostTick[id]!;
  const late = since < 0 ? '' : `, lost on its way at ${(since / 1000).toFixed(3)} ms`;
  return ` by path ${log.path[id]!}${late}`;
}

function durabilityInWords(log: OperationLog, id: number, sector: number): string {
  const by = log.durableBy(id, sector);
  if (by === 0) return 'durable';
  if (by === id) return 'durable by itself (FUA)';
  if (log.operation[by] === OPERATION_POWER_LOSS)
    return `kept by the power loss at ${(log.tick[by]! / 1000).toFixed(3)} ms`;
  return log.operation[by] === Operation.FLUSH ? `made durable by flush ${by}` : `made durable by operation ${by}`;
}
