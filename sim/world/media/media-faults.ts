/**
 * Owns how media lie. A request is answered well, and what the device did is something else. Only what was a good request lies: one that fails, or
 * that a crash cut short, is told as it is.
 *
 *   torn         a strict subset of a write's sectors lands (within one sector, where the device tears)
 *   lost         nothing of a write lands
 *   misdirected  a write lands elsewhere on the device, among what is of the same use
 *   bit-rot      one bit of one sector flips right after it was written
 *   stale-read, misdirected-read   the answer is what was there before the last write, or what lies in another place
 *   lying-flush  a flush makes nothing durable; a power loss may then take what it promised
 */

import type { MediaEffect, MediaFaultPlan } from '../../../scenarios/fault.js';
import type { Stream } from '../../determinism/decisions.js';
import type { BlockDevice } from '../../devices/block-device.js';
import { sectorStamp } from '../../nodes/payload.js';
import { Stamp } from '../../oracles/observation.js';
import type { Fault } from '../faults/fault.js';
import * as op from '../devices/operations.js';
import { OPERATION_ROT } from '../devices/operation-log.js';
import { carryOut, landPart } from '../devices/plane-actions.js';
import { LABEL_SECTORS } from '../layout.js';
import type { World } from '../world.js';
import type { LiedSector } from './lie-book.js';
import { Size } from '../../devices/geometry.js';

const TEAR_UNIT_BYTES = 8;
const TEAR_UNITS_COUNT = 63;
/** What an acknowledgement takes, with both its copies. */
const SLOT_SECTORS = 16;
const READ_EFFECTS: readonly MediaEffect[] = ['misdirected-read', 'stale-read'];
const WRITE_EFFECTS: readonly MediaEffect[] = ['torn', 'lost', 'misdirected', 'bit-rot'];

export class MediaFaults {
  /** Whether any medium of this run may lie: the hot path asks this alone. */
  isArmed = false;
  private active: Fault[] = [];
  /** Per device that may answer stale reads: what each sector held before its last write. */
  private earlier: (Map<number, Uint8Array> | undefined)[] = [];
  private readonly sectorBytes = new Uint8Array(Size.SECTOR_BYTES);
  private readonly sectorWords = new Int32Array(this.sectorBytes.buffer);

  constructor(
    private readonly world: World,
    private readonly hit: (fault: Fault, where: string) => void,
  ) {}

  reset(faults: readonly Fault[]): void {
    this.active = [];
    this.earlier = [];
    const lying = faults.filter(({ plan }) => plan.kind === 'media');
    this.isArmed = lying.length > 0;
    for (const { plan } of lying) {
      const { effect, device, disk = 0 } = plan as MediaFaultPlan;
      if (effect !== 'stale-read') continue;
      for (const each of this.world.devices.descriptions)
        if (each.role === device && (each.disk < 0 || each.disk === disk)) this.earlier[each.device] = new Map();
    }
  }

  begin(fault: Fault): void {
    this.active.push(fault);
  }

  end(fault: Fault): void {
    this.active = this.active.filter((other) => other !== fault);
  }

  /** Does what a request that is answered well asks for, or something else. */
  perform(row: number): void {
    const { requests } = this.world;
    const operation = requests.rows[row]!.operation;
    const fault = this.liar(row, operation);
    if (fault !== undefined) this.lie(row, fault);
    else {
      if (op.changesSectors(operation)) this.keepEarlier(row);
      carryOut(this.world, row);
    }
    if (operation === op.Operation.READ)
      this.world.lies.given(requests.rows[row]!.device, requests.rows[row]!.sector, requests.rows[row]!.count);
  }

  private liar(row: number, operation: number): Fault | undefined {
    const { requests, devices } = this.world;
    const device = requests.rows[row]!.device;
    const { role, disk } = devices.descriptions[device]!;
    for (const fault of this.active) {
      const plan = fault.plan as MediaFaultPlan;
      if (plan.device !== role || (disk >= 0 && disk !== (plan.disk ?? 0))) continue;
      if (fault.hitsCount >= (plan.times ?? 1) || !this.canLie(plan.effect, row, operation)) continue;
      if (fault.stream.chance(plan.share ?? 1)) return fault;
    }
    return undefined;
  }

  private canLie(effect: MediaEffect, row: number, operation: number): boolean {
    const { requests, devices } = this.world;
    const count = requests.rows[row]!.count;
    const unit = devices.devices[requests.rows[row]!.device]!;
    if (effect === 'lying-flush') return operation === op.Operation.FLUSH && unit.unflushedSectorsCount > 0;
    if (READ_EFFECTS.includes(effect)) return operation === op.Operation.READ;
    if (!WRITE_EFFECTS.includes(effect) || !op.changesSectors(operation)) return false;
    if (effect === 'torn') return count > 1 || (unit.tearsSectors && operation === op.Operation.WRITE);
    return effect === 'lost' || operation === op.Operation.WRITE;
  }

  private lie(row: number, fault: Fault): void {
    const { requests, devices, lies, queue } = this.world;
    const device = requests.rows[row]!.device;
    const { effect } = fault.plan as MediaFaultPlan;
    const sectors = this.carryOutFalsely(row, fault, effect);
    if (sectors.length === 0) return;
    this.hit(fault, devices.words[device]!);
    const isTransient = READ_EFFECTS.includes(effect);
    lies.tell({
      fault: fault.index,
      kind: fault.kind,
      effect,
      device,
      operation: requests.rows[row]!.operationId,
      what: this.inWords(row),
      tick: queue.atTick,
      sectors,
      isTransient,
      isEvident: this.isEvident(row, effect),
      isSeen: isTransient,
    });
    if (isTransient) lies.nameIfRecord(lies.lies.at(-1)!);
  }

  private inWords(row: number): string {
    const { requests } = this.world;
    const io = requests.rows[row]!.io;
    const operation = op.OPERATIONS[requests.rows[row]!.operation]!;
    const noun = io > 0 ? `write ${io}` : `${operation} (operation ${requests.rows[row]!.operationId})`;
    return `${noun} of node ${requests.rows[row]!.node}`;
  }

  /**
   * A region map is known by its checksum, which stands elsewhere; a slot of an acknowledgement says whose it is, and who asks for another's has none
   * of its own to lose by it. Of any other record that is lost, its older copy may be taken for the newest: nothing tells.
   */
  private isEvident(row: number, effect: MediaEffect): boolean {
    const { requests, devices, steps, plan } = this.world;
    const step = requests.rows[row]!.step;
    if (step >= 0 && steps.words[step] === 'shutdown.region-map.write') return effect !== 'misdirected';
    const isSlot = devices.descriptions[requests.rows[row]!.device]!.role === 'acknowledgement';
    const owner = Math.floor(requests.rows[row]!.sector / SLOT_SECTORS) % plan.nodesCount;
    return isSlot && effect === 'misdirected-read' && owner !== requests.rows[row]!.node;
  }

  /** @returns the sectors that are not what the answer says: none where the lie would not differ from the truth */
  private carryOutFalsely(row: number, fault: Fault, effect: MediaEffect): LiedSector[] {
    switch (effect) {
      case 'torn':
        return this.tear(row, fault);
      case 'lost':
        return this.promised(row);
      case 'misdirected':
        return this.misdirect(row, fault);
      case 'bit-rot':
        return this.rot(row, fault);
      case 'stale-read':
        return this.readStale(row);
      case 'misdirected-read':
        return this.readElsewhere(row, fault);
      case 'lying-flush':
        return this.promisedDurable(row);
    }
  }

  /** The sectors of a write as it was promised. */
  private promised(row: number): LiedSector[] {
    const { requests, placement } = this.world;
    const sector = requests.rows[row]!.sector;
    const isWrite = requests.rows[row]!.operation === op.Operation.WRITE;
    const mailbox = isWrite ? placement.mailbox(requests.rows[row]!.node) : undefined;
    const offset = mailbox?.slotOffsetBytes(requests.rows[row]!.slot, requests.rows[row]!.slotSector) ?? 0;
    return Array.from({ length: requests.rows[row]!.count }, (_, index) => ({
      sector: sector + index,
      promised: requests.rows[row]!.operationId,
      promisedStamp:
        mailbox === undefined
          ? Stamp.ZERO
          : sectorStamp(mailbox.slotsWords, (offset + index * Size.SECTOR_BYTES) / 4, sector + index - LABEL_SECTORS),
      held: 0,
    }));
  }

  private promisedDurable(row: number): LiedSector[] {
    const unit = this.unitOf(row);
    const sectors: LiedSector[] = [];
    unit.eachUnflushedSector((_, sector) =>
      sectors.push({
        sector,
        promised: unit.lineage('volatile', sector),
        promisedStamp: this.stampOf(unit, sector),
        held: 0,
      }),
    );
    return sectors;
  }

  private tear(row: number, { stream }: Fault): LiedSector[] {
    const { requests, placement } = this.world;
    const unit = this.unitOf(row);
    const promised = this.promised(row);
    const isWrite = requests.rows[row]!.operation === op.Operation.WRITE;
    if (isWrite && unit.tearsSectors && (promised.length === 1 || stream.integer(2) === 0)) {
      const mailbox = placement.mailbox(requests.rows[row]!.node);
      const offset = mailbox.slotOffsetBytes(requests.rows[row]!.slot, requests.rows[row]!.slotSector);
      const id = requests.rows[row]!.operationId;
      const { sector } = promised[0]!;
      const bytesNew = TEAR_UNIT_BYTES * (1 + stream.integer(TEAR_UNITS_COUNT));
      unit.tearSector(sector, mailbox.slotsBytes, offset, bytesNew, id);
      this.settle(row, sector, 1);
      // The torn sector has the promised write's lineage: what it holds is known to be torn.
      return promised.map((each) => (each.sector === sector ? { ...each, held: id } : each));
    }
    landPart(this.world, row, stream);
    this.settle(row, promised[0]!.sector, promised.length);
    return promised.filter(({ sector }) => unit.lineage('volatile', sector) !== requests.rows[row]!.operationId);
  }

  private misdirect(row: number, { stream }: Fault): LiedSector[] {
    const { requests, placement } = this.world;
    const unit = this.unitOf(row);
    const count = requests.rows[row]!.count;
    const elsewhere = this.drawElsewhere(row, stream);
    if (elsewhere < 0) return this.promised(row);
    const id = requests.rows[row]!.operationId;
    const struck = Array.from({ length: count }, (_, index) => ({
      sector: elsewhere + index,
      promised: unit.lineage('volatile', elsewhere + index),
      promisedStamp: this.stampOf(unit, elsewhere + index),
      held: id,
    }));
    const mailbox = placement.mailbox(requests.rows[row]!.node);
    const bytes = mailbox.slotBytes(requests.rows[row]!.slot, requests.rows[row]!.slotSector, count);
    unit.write(elsewhere, count, bytes, 0, id);
    this.settle(row, elsewhere, count);
    const missed = this.promised(row).filter(({ sector }) => sector < elsewhere || sector >= elsewhere + count);
    return [...missed, ...struck];
  }

  private rot(row: number, { stream }: Fault): LiedSector[] {
    const { requests, log } = this.world;
    const unit = this.unitOf(row);
    this.keepEarlier(row);
    carryOut(this.world, row);
    const index = stream.integer(requests.rows[row]!.count);
    const promised = this.promised(row)[index]!;
    const { sector } = promised;
    unit.peek('volatile', sector, this.sectorBytes);
    const bit = stream.integer(Size.SECTOR_BYTES * 8);
    this.sectorBytes[bit >> 3]! ^= 1 << (bit & 7);
    const id = log.open();
    log.device[id] = requests.rows[row]!.device;
    log.operation[id] = OPERATION_ROT;
    log.status[id] = op.Status.OK;
    log.sector[id] = sector;
    log.count[id] = 1;
    log.io[id] = 0;
    log.fua[id] = requests.rows[row]!.fua;
    log.order[id] = this.world.eventNumber;
    log.tick[id] = this.world.tick;
    unit.write(sector, 1, this.sectorBytes, 0, id);
    this.settle(row, sector, 1);
    return [{ ...promised, held: id }];
  }

  private readStale(row: number): LiedSector[] {
    const { requests } = this.world;
    const earlier = this.earlier[requests.rows[row]!.device];
    const unit = this.unitOf(row);
    const sectors = this.asHeld(row).filter(({ sector }) => earlier?.has(sector) === true);
    carryOut(this.world, row);
    return sectors.filter(({ sector }) => {
      unit.peek('volatile', sector, this.sectorBytes);
      return this.deliver(row, sector, earlier!.get(sector)!, this.sectorBytes);
    });
  }

  private readElsewhere(row: number, { stream }: Fault): LiedSector[] {
    const { requests } = this.world;
    const unit = this.unitOf(row);
    const elsewhere = this.drawElsewhere(row, stream);
    const sectors = this.asHeld(row);
    carryOut(this.world, row);
    if (elsewhere < 0) return [];
    const truth = new Uint8Array(Size.SECTOR_BYTES);
    return sectors.filter(({ sector }) => {
      unit.peek('volatile', sector, truth);
      unit.peek('volatile', elsewhere + sector - requests.rows[row]!.sector, this.sectorBytes);
      return this.deliver(row, sector, this.sectorBytes, truth);
    });
  }

  /** Puts other bytes into the answer of a read. @returns whether they differ from the truth */
  private deliver(row: number, sector: number, bytes: Uint8Array, truth: Uint8Array): boolean {
    const { requests, placement } = this.world;
    const mailbox = placement.mailbox(requests.rows[row]!.node);
    const offset = mailbox.slotOffsetBytes(requests.rows[row]!.slot, requests.rows[row]!.slotSector);
    mailbox.slotsBytes.set(bytes, offset + (sector - requests.rows[row]!.sector) * Size.SECTOR_BYTES);
    return bytes.some((byte, index) => byte !== truth[index]);
  }

  private asHeld(row: number): LiedSector[] {
    const { requests } = this.world;
    const unit = this.unitOf(row);
    return Array.from({ length: requests.rows[row]!.count }, (_, index) => {
      const sector = requests.rows[row]!.sector + index;
      return { sector, promised: unit.lineage('volatile', sector), promisedStamp: this.stampOf(unit, sector), held: 0 };
    });
  }

  /** A place of the same use that a request's range does not begin at, or -1 where there is none. */
  private drawElsewhere(row: number, stream: Stream): number {
    const { requests, devices, plan } = this.world;
    const device = requests.rows[row]!.device;
    const sector = requests.rows[row]!.sector;
    const count = requests.rows[row]!.count;
    const isData = !devices.isMetadata(device) && sector >= LABEL_SECTORS;
    const from = isData ? LABEL_SECTORS : 0;
    const end = isData
      ? LABEL_SECTORS + plan.diskSectors
      : devices.isMetadata(device)
        ? this.unitOf(row).sizeSectors
        : LABEL_SECTORS;
    if (devices.descriptions[device]!.role === 'acknowledgement' && stream.chance(0.8)) {
      // Another node's slot, or another disk's.
      const slots = Math.floor(end / SLOT_SECTORS);
      return slots < 2 ? -1 : (sector + SLOT_SECTORS * (1 + stream.integer(slots - 1))) % (slots * SLOT_SECTORS);
    }
    const places = end - from - count + 1;
    if (places < 2) return -1;
    const drawn = from + stream.integer(places - 1);
    return drawn >= sector ? drawn + 1 : drawn;
  }

  private keepEarlier(row: number): void {
    const { requests } = this.world;
    const earlier = this.earlier[requests.rows[row]!.device];
    if (earlier === undefined) return;
    const unit = this.unitOf(row);
    const end = requests.rows[row]!.sector + requests.rows[row]!.count;
    for (let sector = requests.rows[row]!.sector; sector < end; sector += 1) {
      const bytes = new Uint8Array(Size.SECTOR_BYTES);
      unit.peek('volatile', sector, bytes);
      earlier.set(sector, bytes);
    }
  }

  private stampOf(unit: BlockDevice, sector: number): number {
    unit.peek('volatile', sector, this.sectorBytes);
    return sectorStamp(this.sectorWords, 0, sector - LABEL_SECTORS);
  }

  /** Makes what a lie has put there durable where the answer says so. */
  private settle(row: number, sector: number, count: number): void {
    const { requests, devices, watch } = this.world;
    const device = requests.rows[row]!.device;
    const bearsRecords = devices.bearsRecords(device, sector);
    if (bearsRecords && !devices.isMetadata(device)) devices.isLabelDirty[device] = true;
    if (requests.rows[row]!.fua !== 1) return;
    devices.devices[device]!.flushRange(sector, count);
    if (bearsRecords) watch.durableChanged(device);
  }

  private unitOf(row: number): BlockDevice {
    return this.world.devices.devices[this.world.requests.rows[row]!.device]!;
  }
}
