/**
 * A world of two or three nodes and one disk that a test moves by hand: devices are maps from sector to stamp, records are real bytes. Tells
 * observers what it is made to do, and answers their questions. Does nothing by itself.
 */

import * as codec from '../../../engine/records/codec.js';
import {
  defaultLocalRecord,
  emptyAcknowledgement,
  emptyLabel,
  emptySharedRecord,
} from '../../../engine/records/defaults.js';
import * as layout from '../../../engine/records/layout.js';
import type { AcknowledgementRecord, LabelRecord, LocalRecord, SharedRecord } from '../../../engine/records/types.js';
import type { OracleContext } from '../../../sim/oracles/context.js';
import type { DeviceDescription, LieInPlace, Observer, WorldView } from '../../../sim/oracles/observation.js';
import { watchWith } from '../../../sim/world/record/watch.js';

export const context: OracleContext = { codec, layout };

export const SOURCE = 0;
export const TARGET = 1;
export const SHARED = 2;
export const ACKNOWLEDGEMENTS = 3;
export const local = (node: number): number => 4 + node;
export const SOURCE_IDENTITY = 100;
export const TARGET_IDENTITY = 101;
export const LABEL_SECTORS = 16;
export const DISK_SECTORS = 128;
export const EXTRA_SECTORS = 8;

type Plane = 'volatile' | 'durable';

export interface FakeWorldPlan {
  nodes?: number;
  mode?: 'cluster' | 'standalone';
}

export class FakeWorld implements WorldView {
  readonly lies = new Map<number, LieInPlace[]>();
  mayStandStill = false;
  readonly retriesMax = 2;
  readonly copiesMax = 2;
  readonly regionSectors = 8;
  tick = 1_000;
  readonly devices: DeviceDescription[];
  readonly nodesCount: number;
  readonly disksCount = 1;
  readonly mode: 'cluster' | 'standalone';
  readonly naming = 'remap';
  readonly disksSectors = [DISK_SECTORS];
  readonly disksSectorsMax = [DISK_SECTORS];
  readonly labelSectors = LABEL_SECTORS;
  readonly watch: Required<Observer>;
  host = -1;
  readonly #up = new Set<number>();
  readonly #stamps = new Map<string, number>();
  readonly #bytes = new Map<string, Uint8Array>();
  readonly #sequences = new Map<string, number>();
  readonly #faults: { device: number; tick: number }[] = [];
  readonly #locals: LocalRecord[] = [];
  #shared: SharedRecord = emptySharedRecord();

  constructor(observers: readonly Observer[], { nodes = 2, mode = 'cluster' }: FakeWorldPlan = {}) {
    this.nodesCount = nodes;
    this.mode = mode;
    const data = LABEL_SECTORS + DISK_SECTORS;
    const device = (
      role: DeviceDescription['role'],
      identity: number,
      disk: number,
      node: number,
      sizeSectors: number,
    ): Omit<DeviceDescription, 'device'> => ({ role, identity, disk, node, sizeSectors });
    this.devices = [
      device('source', SOURCE_IDENTITY, 0, -1, data),
      device('target', TARGET_IDENTITY, 0, -1, data + EXTRA_SECTORS),
      device('shared', 102, 0, -1, 16),
      device('acknowledgement', 10, -1, -1, 16 * nodes),
      ...Array.from({ length: nodes }, (_, node) => device('local', 20 + node, -1, node, 1024)),
    ].map((each, index) => ({ ...each, device: index }));
    for (let sector = 0; sector < DISK_SECTORS; sector += 1) this.put(SOURCE, sector, 1);
    for (let node = 0; node < nodes; node += 1) this.#locals.push(defaultLocalRecord(SOURCE_IDENTITY));
    this.watch = watchWith(observers) as Required<Observer>;
    this.watch.begin(this);
  }

  stampAt(device: number, _plane: Plane, sector: number): number {
    return this.#stamps.get(`${device} ${sector}`) ?? 0;
  }

  bytesAt(device: number, plane: Plane, sector: number, _count: number, into: Uint8Array): void {
    into.fill(0);
    into.set(this.#bytes.get(`${device} ${plane} ${sector}`) ?? []);
  }

  /** By device: who has reserved it, where a test says so. */
  readonly holders: number[] = [];

  hostOf(): number {
    return this.host;
  }

  isUp(node: number): boolean {
    return this.#up.has(node);
  }

  lineageSentence(device: number, _plane: Plane, sector: number): string {
    return `device sector ${sector} of device ${device} holds ${this.stampAt(device, 'volatile', sector)}`;
  }

  reservationHolder(device: number): number {
    return this.holders[device] ?? -1;
  }

  liesInPlace(device: number): readonly LieInPlace[] {
    return this.lies.get(device) ?? [];
  }

  faultedSince(device: number, tick: number): boolean {
    return this.#faults.some((fault) => fault.device === device && fault.tick >= tick);
  }

  cutOffSince(): boolean {
    return false;
  }

  /** Sectors count from the start of the application's range. */
  put(device: number, sector: number, stamp: number): void {
    this.#stamps.set(`${device} ${LABEL_SECTORS + sector}`, stamp);
  }

  putAtDevice(device: number, deviceSector: number, stamp: number): void {
    this.#stamps.set(`${device} ${deviceSector}`, stamp);
  }

  fault(device: number): void {
    this.#faults.push({ device, tick: this.tick });
  }

  start(node: number): void {
    this.#up.add(node);
    this.watch.nodeStarted(node, 0);
    this.watch.nodeReady(node);
    const mask = [...this.#up].reduce((bits, up) => bits | (1 << up), 0);
    for (const up of this.#up) this.watch.membershipTold(up, mask);
  }

  /** Node 0 … starts, and the disk comes online. */
  online(node: number): void {
    if (!this.#up.has(node)) this.start(node);
    this.watch.onlineAsked(node, 0);
    this.finishOnline(node);
  }

  finishOnline(node: number): void {
    this.host = node;
    if (this.#shared.migration > 0) this.writeShared({ epoch: this.#shared.epoch + 1 });
    this.watch.onlineAnswered(node, 0, 'online');
  }

  stop(node: number, cause: 'crash' | 'power' | 'shutdown' = 'crash'): void {
    this.#up.delete(node);
    if (this.host === node) this.host = -1;
    this.watch.nodeStopped(node, 0, cause);
  }

  /** Devices lose power; what is left in them is for the test to say. */
  losePower(...devices: number[]): void {
    for (const device of devices) this.watch.devicePowerLost(device);
  }

  writeLocal(node: number, change: Partial<LocalRecord>, planes: readonly Plane[] = ['volatile', 'durable']): void {
    const record = { ...this.#locals[node]!, ...change };
    this.#locals[node] = record;
    this.#write('local', local(node), layout.localRecordSector(0), codec.subjectOf(0, node), record, planes);
  }

  writeShared(change: Partial<SharedRecord>): void {
    this.#shared = { ...this.#shared, ...change };
    this.#write('shared', SHARED, layout.sharedRecordSector(), codec.subjectOf(0, 0), this.#shared, BOTH);
  }

  writeLabel(device: number, change: Partial<LabelRecord>): void {
    const record = { ...emptyLabel(), ...change };
    this.#write('label', device, layout.labelSector(), codec.subjectOf(0, 0), record, BOTH);
  }

  writeAcknowledgement(node: number, change: Partial<AcknowledgementRecord>): void {
    const sector = layout.acknowledgementSector(0, node, this.nodesCount);
    const record = { ...emptyAcknowledgement(), ...change };
    this.#write('acknowledgement', ACKNOWLEDGEMENTS, sector, codec.subjectOf(0, node), record, BOTH);
  }

  /** Spoils the copies of a record. */
  spoil(device: number, sector: number): void {
    for (const copy of [0, layout.COPY_STRIDE_SECTORS]) {
      for (const plane of BOTH) this.#bytes.set(`${device} ${plane} ${sector + copy}`, new Uint8Array(1024).fill(7));
    }
    this.watch.durableChanged(device);
  }

  #write<K extends codec.RecordKind>(
    kind: K,
    device: number,
    sector: number,
    subject: number,
    record: codec.RecordOf[K],
    planes: readonly Plane[],
  ): void {
    const key = `${device} ${sector}`;
    const sequence = (this.#sequences.get(key) ?? 0) + 1;
    this.#sequences.set(key, sequence);
    const bytes = codec.encodeRecord(kind, subject, { ...record, sequence });
    const at = sector + (sequence % 2) * layout.COPY_STRIDE_SECTORS;
    for (const plane of planes) this.#bytes.set(`${device} ${plane} ${at}`, bytes);
    if (planes.includes('durable')) this.watch.durableChanged(device);
  }
}

const BOTH: readonly Plane[] = ['volatile', 'durable'];
