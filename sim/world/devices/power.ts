/**
 * Owns the resets of one device: a power loss, and what chance keeps of its unflushed sectors; a reservation that is forgotten. Whom the device
 * owes a unit attention afterwards. The
 * outcome itself is composed in `sim/devices/power-loss.ts`.
 */

import type { DeviceRole } from '../../../scenarios/scenario.js';
import type { Stream } from '../../determinism/decisions.js';
import type { SectorChoice } from '../../devices/power-loss.js';
import { sourceOf } from '../layout.js';
import { BLOCK_SECTORS } from '../plan.js';
import type { World } from '../world.js';

/** A sector that can tear does so in one case of so many. */
const TEAR_CASES = 4;
const TEAR_UNITS_COUNT = 63;
const TEAR_UNIT_BYTES = 8;

/** Cuts the power of a device. One that held nothing volatile loses nothing, but reports a reset all the same. */
export function losePower(world: World, device: number, stream: Stream): void {
  const { devices, log, queue, watch, story } = world;
  const target = devices.devices[device]!;
  devices.oweAttention(device, world.plan.nodesCount);
  log.notePowerLoss(device, world.eventNumber, queue.atTick);
  const atRisk = target.unflushedSectorsCount;
  if (atRisk > 0) {
    target.powerLoss(chooseFrom(stream, target.tearsSectors));
    if (story.isKept) story.tell(devices.words[device]!, `loses power with ${atRisk} sectors not flushed`);
  }
  devices.isLabelDirty[device] = false;
  watch.devicePowerLost(device);
  watch.durableChanged(device);
}

/** A device is reset and forgets its reservation; nothing else is lost. @returns whether it had one. */
export function loseReservation({ devices, plan, watch }: World, device: number): boolean {
  if (!devices.reservations[device]!.lose()) return false;
  devices.oweAttention(device, plan.nodesCount);
  watch.reservationLost(device);
  return true;
}

/** Cuts the power of a disk's devices in these roles at one moment. A local device is that of the node which carries the disk. */
export function losePowerTogether(world: World, roles: readonly DeviceRole[], disk: number, stream: Stream): void {
  const carrier = world.cluster.carrierOf(disk);
  for (const { device, role, disk: owner, node } of world.devices.descriptions) {
    const isOfDisk = owner === disk || owner < 0;
    const isOfNode = node < 0 || carrier < 0 || node === carrier;
    if (roles.includes(role) && isOfDisk && isOfNode) losePower(world, device, stream);
  }
}

/** Makes a source larger, by never-written blocks; whoever asks it for something next is told first. */
export function growSource({ devices, plan, story }: World, disk: number, blocks: number): void {
  const device = sourceOf(disk);
  const unit = devices.devices[device]!;
  unit.grow(unit.sizeSectors + blocks * BLOCK_SECTORS);
  devices.noteSize(device, unit.sizeSectors);
  devices.oweAttention(device, plan.nodesCount);
  if (story.isKept) story.tell(devices.words[device]!, `grows by ${blocks} blocks`);
}

/** One draw says how the loss goes: nothing survives, everything does, or each sector by itself. */
function chooseFrom(stream: Stream, tears: boolean): SectorChoice {
  const mode = stream.integer(4);
  if (mode === 0 && !tears) return () => 0;
  if (mode === 1 && !tears) return (candidatesCount) => candidatesCount;
  return (candidatesCount) => {
    if (tears && stream.integer(TEAR_CASES) === 0) {
      const newer = 1 + stream.integer(candidatesCount);
      return { older: newer - 1, newer, bytesNew: TEAR_UNIT_BYTES * (1 + stream.integer(TEAR_UNITS_COUNT)) };
    }
    return stream.integer(candidatesCount + 1);
  };
}
