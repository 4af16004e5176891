/** Owns what observers may look at: planes, stamps, hosts, and how a sector came to hold what it holds. Looking has no effect on the run. */

import type { SectorGlance } from '../../devices/block-device.js';
import { sectorStamp } from '../../nodes/payload.js';
import { type DeviceDescription, type LieInPlace, Stamp, type WorldView } from '../../oracles/observation.js';
import { OPERATION_ID_INITIAL, OPERATION_ID_NONE } from '../devices/operation-log.js';
import { LIMITS } from '../configuration.js';
import { LABEL_SECTORS } from '../layout.js';
import type { World } from '../world.js';
import { lineageSentence } from './lineage-sentence.js';

export class ViewOfWorld implements WorldView {
  readonly devices: readonly DeviceDescription[];
  readonly nodesCount: number;
  readonly disksCount: number;
  readonly mode: 'cluster' | 'standalone';
  readonly naming: 'remap' | 'change';
  readonly disksSectors: readonly number[];
  readonly disksSectorsMax: readonly number[];
  readonly labelSectors = LABEL_SECTORS;
  readonly retriesMax = LIMITS.retriesMax;
  readonly copiesMax = LIMITS.copiesMax;
  readonly regionSectors: number;
  private readonly glance: SectorGlance = { operation: 0, isTorn: false, words: new Int32Array(0), offset: 0 };

  constructor(private readonly world: World) {
    const { plan, devices } = world;
    this.devices = devices.descriptions;
    this.nodesCount = plan.nodesCount;
    this.disksCount = plan.disksCount;
    this.mode = plan.mode;
    this.naming = plan.naming;
    this.regionSectors = plan.regionSectors;
    this.disksSectors = Array.from({ length: plan.disksCount }, () => plan.diskSectors);
    this.disksSectorsMax = this.disksSectors.map(() => plan.diskSectorsMax);
  }

  get tick(): number {
    return this.world.tick;
  }

  stampAt(device: number, plane: 'volatile' | 'durable', deviceSector: number): number {
    const unit = this.world.devices.devices[device]!;
    // A device that is smaller than another holds nothing where that goes on.
    if (deviceSector >= unit.sizeSectors) return Stamp.ZERO;
    const { glance } = this;
    unit.glance(plane, deviceSector, glance);
    const { operation, words, offset } = glance;
    if (operation === OPERATION_ID_NONE) return Stamp.ZERO;
    if (!glance.isTorn) {
      // Nobody has written there since: the bytes are what this world put there itself.
      if (operation === OPERATION_ID_INITIAL) return Stamp.INITIAL;
      // A write of the application: its bytes move by the whole sector, so that two words tell whether they are the ones it captured.
      const io = this.world.log.io[operation]!;
      if (io > 0 && words[offset] === io && words[offset + 1] === deviceSector - LABEL_SECTORS) return io;
    }
    return sectorStamp(words, offset, deviceSector - LABEL_SECTORS);
  }

  bytesAt(device: number, plane: 'volatile' | 'durable', deviceSector: number, count: number, into: Uint8Array): void {
    this.world.devices.devices[device]!.peek(plane, deviceSector, into, count);
  }

  hostOf(disk: number): number {
    return this.world.cluster.hostOf(disk);
  }

  isUp(node: number): boolean {
    return this.world.nodes.isUp[node] === true;
  }

  lineageSentence(device: number, plane: 'volatile' | 'durable', deviceSector: number): string {
    return lineageSentence(this.world, device, plane, deviceSector);
  }

  reservationHolder(device: number): number {
    return this.world.devices.reservations[device]!.holder;
  }

  get mayStandStill(): boolean {
    return this.world.faults.isLossForever;
  }

  liesInPlace(device: number): readonly LieInPlace[] {
    return this.world.lies.inPlaceOn(device);
  }

  faultedSince(device: number, tick: number): boolean {
    const { devices, faults } = this.world;
    return devices.faultedTick[device]! >= tick || this.cutOffSince(device, tick) || faults.isGone(device);
  }

  cutOffSince(device: number, tick: number): boolean {
    return this.world.paths.cutOffTick[device]! >= tick;
  }
}
