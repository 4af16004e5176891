/**
 * Owns the devices of a world and what stands beside each: who it is, who has reserved it, which nodes it still owes a unit attention, when an injected
 * fault last hit it. The devices, and the arena below them, are kept from run to run.
 */

import { Arena } from '../../devices/arena.js';
import { BlockDevice } from '../../devices/block-device.js';
import type { NewMemory } from '../../devices/memory.js';
import { Reservation } from '../../devices/reservations.js';
import type { DeviceDescription } from '../../oracles/observation.js';
import { describeDevices, deviceInWords, LABEL_SECTORS } from '../layout.js';
import type { RunPlan } from '../plan.js';

const TICK_NEVER = -1;

export class DeviceTable {
  descriptions: DeviceDescription[] = [];
  /** Entry n is device n of this run; there may be more from runs before. */
  readonly devices: BlockDevice[] = [];
  /** By device number; survives power losses. */
  readonly reservations: Reservation[] = [];
  /** Names in words, by device number. */
  words: string[] = [];
  /** Bit n of an entry: node n was not told yet that the device was reset. */
  readonly attentionMask: number[] = [];
  readonly faultedTick: number[] = [];
  /** When the last unit attention of the device reaches its node: nothing that was served later is answered before. */
  readonly attentionTick: number[] = [];
  /** The device's label area was written since it was last flushed. */
  readonly isLabelDirty: boolean[] = [];

  private readonly arena: Arena;

  constructor(newMemory: NewMemory) {
    this.arena = new Arena(newMemory);
  }

  get count(): number {
    return this.descriptions.length;
  }

  reset(plan: RunPlan): void {
    this.descriptions = describeDevices(plan);
    this.words = this.descriptions.map(deviceInWords);
    this.arena.reset();
    for (const { device, role, sizeSectors } of this.descriptions) {
      const tearsSectors = plan.metadataTears && role !== 'source' && role !== 'target';
      const pooled = this.devices[device];
      if (pooled === undefined) this.devices.push(new BlockDevice(this.arena, sizeSectors, { tearsSectors }));
      else pooled.reset(sizeSectors, { tearsSectors });
      (this.reservations[device] ??= new Reservation()).reset();
      this.attentionMask[device] = 0;
      this.attentionTick[device] = TICK_NEVER;
      this.faultedTick[device] = TICK_NEVER;
      this.isLabelDirty[device] = false;
    }
  }

  /** @returns whether `sector` of the device lies in a place for records. */
  bearsRecords(device: number, sector: number): boolean {
    const { role } = this.descriptions[device]!;
    return (role !== 'source' && role !== 'target') || sector < LABEL_SECTORS;
  }

  /** A device is larger than it was. */
  noteSize(device: number, sizeSectors: number): void {
    this.descriptions[device] = { ...this.descriptions[device]!, sizeSectors };
  }

  isMetadata(device: number): boolean {
    const { role } = this.descriptions[device]!;
    return role !== 'source' && role !== 'target';
  }

  /** Whether every device that is back was found again by those who missed it (`dispatch.ts`). */
  areFound(tick: number): boolean {
    for (let device = 0; device < this.count; device += 1) if (this.faultedTick[device]! > tick) return false;
    return true;
  }

  /** Every node is to be told, at its next command, that the device was reset. */
  oweAttention(device: number, nodesCount: number): void {
    this.attentionMask[device] = 2 ** nodesCount - 1;
  }

  /** @returns whether the device still owes the node a unit attention. */
  owesAttention(device: number, node: number): boolean {
    return (this.attentionMask[device]! & (1 << node)) !== 0;
  }

  /** @returns whether the device owed the node a unit attention; it does not any more. */
  takeAttention(device: number, node: number): boolean {
    const mask = this.attentionMask[device]!;
    if ((mask & (1 << node)) === 0) return false;
    this.attentionMask[device] = mask & ~(1 << node);
    return true;
  }
}
