/**
 * Owns a block device as the engine's tests need it: two planes of sectors, sparse. Fault model: a write is volatile until a flush (or FUA);
 * a loss takes back everything volatile, a torn write keeps its first half. It serves one request at a time, at once.
 */

import type { DeviceRequest } from '../../../engine/contract/effects.js';
import { RESERVATION_TYPES } from '../../../engine/contract/vocabulary.js';
import { SECTOR_BYTES } from '../../../engine/records/layout.js';
import { Reservation } from '../../../sim/devices/reservations.js';

export class ToyDevice {
  /** Sectors that a power loss leaves; absent: a hole, which reads as zeros. */
  readonly durable = new Map<number, Uint8Array>();
  /** Written (or, `undefined`, discarded) since the last flush. */
  readonly volatile = new Map<number, Uint8Array | undefined>();

  /** Survives a loss of what is volatile. */
  readonly reservation = new Reservation();

  /** Counts changes of either plane. */
  version = 0;

  constructor(
    readonly name: string,
    readonly identity: number,
    public sizeSectors: number,
  ) {}

  /** What is new was never written. */
  grow(sectors: number): void {
    this.sizeSectors += sectors;
  }

  read(sector: number): Uint8Array | undefined {
    return this.volatile.has(sector) ? this.volatile.get(sector) : this.durable.get(sector);
  }

  /** Sectors `[sector, sector + count)` of one plane as bytes; holes are zeros. */
  bytes(plane: 'volatile' | 'durable', sector: number, count: number): Uint8Array {
    const bytes = new Uint8Array(count * SECTOR_BYTES);
    for (let index = 0; index < count; index += 1) {
      const data = plane === 'durable' ? this.durable.get(sector + index) : this.read(sector + index);
      if (data !== undefined) bytes.set(data, index * SECTOR_BYTES);
    }
    return bytes;
  }

  write(sector: number, bytes: Uint8Array): void {
    this.version += 1;
    for (let index = 0; index * SECTOR_BYTES < bytes.length; index += 1) {
      this.volatile.set(sector + index, bytes.slice(index * SECTOR_BYTES, (index + 1) * SECTOR_BYTES));
    }
  }

  discard(sector: number, count: number): void {
    this.version += 1;
    for (let index = 0; index < count; index += 1) this.volatile.set(sector + index, undefined);
  }

  /** Makes a range durable, or everything. */
  persist(sector = 0, count = this.sizeSectors): void {
    this.version += 1;
    for (const [at, data] of this.volatile) {
      if (at < sector || at >= sector + count) continue;
      this.volatile.delete(at);
      if (data === undefined) this.durable.delete(at);
      else this.durable.set(at, data);
    }
  }

  loseVolatile(): void {
    this.version += 1;
    this.volatile.clear();
  }

  /** First allocated extent at or after `sector`: [start, length]; length 0 where there is none. */
  nextExtent(sector: number, count: number): [number, number] {
    const end = sector + count;
    let start = sector;
    while (start < end && this.read(start) === undefined) start += 1;
    let stop = start;
    while (stop < end && this.read(stop) !== undefined) stop += 1;
    return [start, stop - start];
  }

  /** Whether the reservation rejects a request of the node. */
  shutsOut(node: number, { operation }: DeviceRequest): boolean {
    if (operation === 'preempt') return !this.reservation.isRegistered(node);
    if (operation === 'inquiry' || operation === 'register' || operation === 'readReservation') return false;
    return this.reservation.shutsOut(node, operation !== 'read' && operation !== 'nextExtent');
  }

  /** Carries a request out on the slot's bytes; the two values of the answer. */
  perform(request: DeviceRequest, slot: Uint8Array, node: number): [number, number] {
    const { operation, sector, count } = request;
    switch (operation) {
      case 'register':
        this.reservation.register(node);
        return [0, 0];
      case 'preempt':
        this.reservation.preempt(node, RESERVATION_TYPES[count] ?? 'exclusive-access');
        return [0, 0];
      case 'readReservation':
        return [this.reservation.holder + 1, this.reservation.registeredMask];
      case 'inquiry':
        return [this.identity, this.sizeSectors];
      case 'nextExtent':
        return this.nextExtent(sector, count);
      case 'flush':
        this.persist();
        return [0, 0];
      case 'read':
        if (request.fua) this.persist(sector, count);
        slot.set(this.bytes('volatile', sector, count));
        return [0, 0];
      case 'write':
        this.write(sector, slot);
        break;
      case 'discard':
        this.discard(sector, count);
        break;
      case 'writeZeroes':
        this.write(sector, new Uint8Array(count * SECTOR_BYTES));
        break;
    }
    if (request.fua) this.persist(sector, count);
    return [0, 0];
  }
}
