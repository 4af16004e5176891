/**
 * Owns what a request does to a device's planes and a node's DMA slot at the instant of its service: all of it, or the part of it that a
 * crash, an error or a cancel let through.
 */

import type { Stream } from '../../determinism/decisions.js';
import type { BlockDevice } from '../../devices/block-device.js';
import { spoilSectors } from '../../nodes/payload.js';
import type { World } from '../world.js';
import * as op from './operations.js';
import { Loss } from './request-table.js';

/** How much of a request takes effect that does not end well. */
export const LANDINGS = ['none', 'part', 'whole'] as const;
export type Landing = (typeof LANDINGS)[number];

/** A read that failed, or was given up, may have moved anything: its part of the DMA slot holds garbage. */
export function spoilSlot(world: World, row: number): void {
  const { requests } = world;
  if (requests.rows[row]!.operation !== op.Operation.READ) return;
  const mailbox = world.placement.mailbox(requests.rows[row]!.node);
  const offset = mailbox.slotOffsetBytes(requests.rows[row]!.slot, requests.rows[row]!.slotSector) / 4;
  spoilSectors(mailbox.slotsWords, offset, requests.rows[row]!.count, requests.rows[row]!.operationId);
}

/** What a write carries: what its DMA slot holds, or, travelling on a lost path, what it left with. */
export function payloadOf({ requests, placement }: World, row: number): Uint8Array {
  if (requests.rows[row]!.loss === Loss.TRAVELS) return requests.rows[row]!.payload!;
  const mailbox = placement.mailbox(requests.rows[row]!.node);
  return mailbox.slotBytes(requests.rows[row]!.slot, requests.rows[row]!.slotSector, requests.rows[row]!.count);
}

/** Marks of the sectors that land; grown as needed, valid until the next use. */
let marks = new Uint8Array(1_024);

/** Does all that a request asks for. */
export function carryOut(world: World, row: number): void {
  const { requests, devices } = world;
  const request = requests.rows[row]!;
  const { device: number, sector, count } = request;
  const device = devices.devices[number]!;
  const isFua = request.fua === 1;
  switch (request.operation) {
    case op.Operation.INQUIRY:
      request.valueA = devices.descriptions[number]!.identity;
      request.valueB = device.sizeSectors;
      return;
    case op.Operation.READ: {
      const mailbox = world.placement.mailbox(request.node);
      if (isFua) makeDurable(world, number, sector, count);
      device.read(sector, count, mailbox.slotsBytes, mailbox.slotOffsetBytes(request.slot, request.slotSector));
      return;
    }
    case op.Operation.WRITE: {
      device.write(sector, count, payloadOf(world, row), 0, request.operationId);
      return changed(world, number, sector, count, isFua);
    }
    case op.Operation.FLUSH:
      device.flush();
      return flushed(world, number);
    case op.Operation.DISCARD:
      device.discard(sector, count, request.operationId);
      return changed(world, number, sector, count, isFua);
    case op.Operation.WRITE_ZEROES:
      device.writeZeroes(sector, count, request.operationId);
      return changed(world, number, sector, count, isFua);
    case op.Operation.NEXT_EXTENT: {
      const extent = device.nextAllocatedExtent(sector, sector + count);
      request.valueA = extent === undefined ? sector : extent.start;
      request.valueB = extent === undefined ? 0 : extent.length;
      return;
    }
    case op.Operation.READ_RESERVATION: {
      const { holder, registeredMask } = devices.reservations[number]!;
      request.valueA = holder + 1;
      request.valueB = registeredMask;
      return;
    }
    case op.Operation.REGISTER:
      return devices.reservations[number]!.register(request.node);
    case op.Operation.PREEMPT: {
      const node = request.node;
      devices.reservations[number]!.preempt(node, op.RESERVATION_TYPES[count]!);
      return requests.evictOthers(number, node);
    }
    default:
      return;
  }
}

/**
 * Does part of a request: of a write, a strict subset of its sectors lands; of a flush, a strict subset of what was unflushed becomes durable.
 * @returns `Status.PARTIAL`, or `Status.DROPPED` where the part is empty
 */
export function landPart(world: World, row: number, stream: Stream): number {
  return world.requests.rows[row]!.operation === op.Operation.FLUSH
    ? flushPart(world, row, stream)
    : writePart(world, row, stream);
}

function writePart(world: World, row: number, stream: Stream): number {
  const { requests, devices } = world;
  if (!op.changesSectors(requests.rows[row]!.operation)) return op.Status.DROPPED;
  const device = devices.devices[requests.rows[row]!.device]!;
  const sector = requests.rows[row]!.sector;
  const count = requests.rows[row]!.count;
  const landedCount = markPart(count, stream);
  if (landedCount === 0) return op.Status.DROPPED;
  const id = requests.rows[row]!.operationId;
  if (requests.rows[row]!.operation === op.Operation.WRITE) {
    device.writeSectors(sector, count, payloadOf(world, row), 0, id, marks);
  } else {
    device.writeZeroesSectors(sector, count, id, marks);
  }
  changed(world, requests.rows[row]!.device, sector, count, false);
  return op.Status.PARTIAL;
}

/** A request of one sector has no strict subset but none. @returns how many of `marks` are set: fewer than `count`. */
function markPart(count: number, stream: Stream): number {
  if (marks.length < count) marks = new Uint8Array(count);
  let landedCount = 0;
  for (let index = 0; index < count; index += 1) {
    const lands = stream.integer(2);
    marks[index] = lands;
    landedCount += lands;
  }
  if (landedCount === count) {
    marks[stream.integer(count)] = 0;
    landedCount -= 1;
  }
  return landedCount;
}

function flushPart(world: World, row: number, stream: Stream): number {
  const number = world.requests.rows[row]!.device;
  const device = world.devices.devices[number]!;
  const sectors = unflushedSectors(device);
  let flushedCount = 0;
  for (const sector of sectors) {
    if (stream.integer(2) === 0 || flushedCount === sectors.length - 1) continue;
    device.flushRange(sector, 1);
    flushedCount += 1;
  }
  if (flushedCount === 0) return op.Status.DROPPED;
  if (world.devices.isMetadata(number) || world.devices.isLabelDirty[number] === true)
    world.watch.durableChanged(number);
  return op.Status.PARTIAL;
}

function unflushedSectors(device: BlockDevice): number[] {
  const sectors: number[] = [];
  device.eachUnflushedSector((_, sector) => sectors.push(sector));
  return sectors;
}

function changed(world: World, device: number, sector: number, count: number, isFua: boolean): void {
  const { devices } = world;
  if (!devices.isMetadata(device) && devices.bearsRecords(device, sector)) devices.isLabelDirty[device] = true;
  if (isFua) makeDurable(world, device, sector, count);
}

function makeDurable(world: World, device: number, sector: number, count: number): void {
  world.devices.devices[device]!.flushRange(sector, count);
  if (world.devices.bearsRecords(device, sector)) world.watch.durableChanged(device);
}

function flushed(world: World, device: number): void {
  const { devices, watch } = world;
  if (devices.isMetadata(device)) watch.durableChanged(device);
  else if (devices.isLabelDirty[device] === true) {
    devices.isLabelDirty[device] = false;
    watch.durableChanged(device);
  }
}
