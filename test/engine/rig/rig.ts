/**
 * Owns a synchronous toy world around one or more engines: toy devices on ports, one queue of device requests, messages, timers that fire
 * in order when nothing else is left, membership, an application per node that fills sectors with one value each. A test reads
 * like the schedule it shows: it steps or runs the world, fails or holds chosen requests, drops a node, loses volatile planes.
 */

import assert from 'node:assert/strict';

import type { EngineConfiguration } from '../../../engine/contract/configuration.js';
import type { DeviceRequest, Probe, Progress } from '../../../engine/contract/effects.js';
import type { DeviceCompletedEvent, EngineEvent, MessageEvent } from '../../../engine/contract/events.js';
import type {
  Address,
  ApplicationOperation,
  Command,
  DeviceStatus,
  MigrationState,
  Refusal,
} from '../../../engine/contract/vocabulary.js';
import * as engine from '../../../engine/index.js';
import { LABEL_SECTORS, SECTOR_BYTES } from '../../../engine/records/layout.js';
import { type DiskState, diskAt } from '../../../engine/state/state.js';
import { TIMER_WATCHDOG, timerKind } from '../../../engine/state/timers.js';
import { Content } from './content.js';
import { effectsInto } from './effects-into.js';
import { matches, type Pattern } from './pattern.js';
import { accessControlBreaches } from './records-on-devices.js';
import { ToyDevice } from './toy-device.js';
import {
  type Change,
  type Held,
  type Io,
  limitsOf,
  type Pending,
  type RigOptions,
  type Rule,
  SLOT_SECTORS,
  SLOTS,
  type ToyNode,
  type Verdict,
} from './vocabulary.js';

const STEPS_MAX = 20_000;

export class Rig {
  readonly nodes: (ToyNode | undefined)[] = [];
  readonly devices: ToyDevice[] = [];
  readonly queue: Pending[] = [];
  readonly held: Pending[] = [];
  readonly messages: { to: number; event: MessageEvent }[] = [];
  readonly ios: Io[] = [];
  readonly changes: Change[] = [];
  readonly contents: Content[] = [];
  readonly answers = new Map<number, { outcome: 'done' | 'refused'; refusal: Refusal }>();
  readonly probes = new Set<Probe>();
  /** Every request that was served, as `node device operation step`. */
  readonly served: Pending[] = [];
  readonly onlines: { node: number; disk: number; outcome: string }[] = [];
  readonly offlines: { node: number; disk: number; gaveUp: boolean }[] = [];
  readonly breaches: string[] = [];
  readonly progress: Progress[] = [];
  /** Ports of each node: what is attached where. */
  readonly ports: (ToyDevice | undefined)[][] = [];
  /** What an effect answers at once is kept for after the event: nothing calls an engine from inside. */
  readonly afterwards: (() => void)[] = [];
  dropMessages = false;
  nowTicks = 0;
  private sequence = 0;
  private readonly rules: Rule[] = [];

  readonly nodesCount: number;
  readonly disksCount: number;

  constructor(readonly options: RigOptions = {}) {
    this.nodesCount = options.nodes ?? 1;
    this.disksCount = options.disks ?? 1;
    const add = (name: string, sectors: number): void => {
      this.devices.push(new ToyDevice(name, 100 + this.devices.length, sectors));
    };
    for (let disk = 0; disk < this.disksCount; disk += 1) {
      const suffix = disk === 0 ? '' : String(disk);
      add(`source${suffix}`, LABEL_SECTORS + (options.sourceSectors ?? 60));
      add(`target${suffix}`, LABEL_SECTORS + (options.targetSectors ?? 80));
      add(`shared${suffix}`, 16);
      this.contents.push(new Content());
    }
    for (let node = 0; node < this.nodesCount; node += 1) add(`local${node}`, 1024 * this.disksCount);
    add('acks', 1024);
    add('spare', LABEL_SECTORS + (options.targetSectors ?? 80));
    for (let node = 0; node < this.nodesCount; node += 1) {
      // No node finds a device on the same port as another: only identities say which is which.
      const shift = node * 3;
      const length = this.devices.length * (options.paths ?? 1);
      this.ports.push(Array.from({ length }, (_, port) => this.devices[(port + shift) % this.devices.length]));
      this.nodes.push(undefined);
    }
  }

  configuration(node: number): EngineConfiguration {
    const { options } = this;
    return {
      node,
      nodesMax: this.nodesCount,
      mode: this.nodesCount === 1 ? 'standalone' : 'cluster',
      naming: options.naming ?? 'remap',
      portsCount: this.ports[node]?.length ?? 0,
      localIdentity: this.device(`local${node}`).identity,
      acknowledgementIdentity: this.nodesCount === 1 ? 0 : this.device('acks').identity,
      disks: Array.from({ length: this.disksCount }, (_, disk) => ({
        sharedIdentity: this.device(disk === 0 ? 'shared' : `shared${disk}`).identity,
        provisionedIdentity: this.device(disk === 0 ? 'source' : `source${disk}`).identity,
        regionSectors: options.regionSectors ?? 8,
      })),
      slotsCount: SLOTS,
      slotSectors: SLOT_SECTORS,
      limits: limitsOf(options),
      dirtyLog: options.dirtyLog ?? false,
    };
  }

  device(name: string): ToyDevice {
    const found = this.devices.find((device) => device.name === name);
    assert(found !== undefined, `expected a device, got ${name}`);
    return found;
  }

  identity = (name: string): number => this.device(name).identity;

  node(node: number): ToyNode {
    const found = this.nodes[node];
    assert(found !== undefined, `expected node ${node} to run`);
    return found;
  }

  isAlive = (node: number): boolean => this.nodes[node] !== undefined;
  disk = (node = 0, disk = 0): DiskState => diskAt(this.node(node).state, disk);
  state = (node = 0, disk = 0): MigrationState => this.disk(node, disk).state;

  // ---- nodes

  boot(node: number): void {
    this.nodes[node] = {
      state: engine.create(this.configuration(node)),
      slots: new Uint8Array(SLOTS * SLOT_SECTORS * SECTOR_BYTES),
      timers: [],
      names: Array.from({ length: this.disksCount }, (_, disk) => ({ address: 'name', value: disk })),
      ready: false,
      down: false,
    };
    this.handle(node, { kind: 'boot' });
    this.tellMembership();
  }

  /** Every node hears who is configured and who runs. */
  tellMembership(reachableMask = this.runningMask()): void {
    const configuredMask = (1 << this.nodesCount) - 1;
    for (let node = 0; node < this.nodesCount; node += 1) {
      if (this.isAlive(node)) this.handle(node, { kind: 'membership', configuredMask, reachableMask });
    }
  }

  runningMask = (): number => this.nodes.reduce((mask, node, index) => (node ? mask | (1 << index) : mask), 0);

  /** The node is gone: its memory, its requests (none of them lands any more), its timers. Devices stay. */
  crash(node: number): void {
    this.nodes[node] = undefined;
    for (const list of [this.queue, this.held]) {
      const kept = list.filter((pending) => pending.node !== node);
      list.splice(0, list.length, ...kept);
    }
    const kept = this.messages.filter((message) => message.to !== node);
    this.messages.splice(0, this.messages.length, ...kept);
    this.tellMembership();
  }

  loseVolatile(...names: string[]): void {
    for (const device of this.devices) if (names.length === 0 || names.includes(device.name)) device.loseVolatile();
  }

  handle(node: number, event: EngineEvent): void {
    const toy = this.nodes[node];
    if (toy === undefined) return;
    engine.handle(toy.state, event, effectsInto(this, node, toy));
    for (const then of this.afterwards.splice(0)) then();
  }

  // ---- rules

  rule(pattern: Pattern, judge: (pending: Pending) => Verdict, times = Number.POSITIVE_INFINITY): { stop(): void } {
    const rule = { pattern, judge, times };
    this.rules.push(rule);
    return { stop: () => void (rule.times = 0) };
  }

  /** Fails matching requests, by default all there are from now on. */
  fail(pattern: Pattern, times?: number): { stop(): void } {
    return this.rule(pattern, () => 'fail', times);
  }

  /** Keeps matching requests from being served until they are released. A cancelled one is answered as aborted. */
  hold(pattern: Pattern, times?: number): Held {
    const waiting: Pending[] = [];
    const rule = this.rule(
      pattern,
      (pending) => {
        waiting.push(pending);
        return 'hold';
      },
      times,
    );
    const letGo = (): Pending[] => {
      rule.stop();
      return waiting.splice(0).filter((pending) => {
        const index = this.held.indexOf(pending);
        if (index >= 0) this.held.splice(index, 1);
        return index >= 0;
      });
    };
    return {
      waiting,
      release: () => void this.queue.unshift(...letGo()),
      fail: () => letGo().forEach((pending) => this.answer(pending, 'error', [0, 0])),
    };
  }

  /** `port`: by which the abort goes; here every port leads to its device (`lost-paths.ts`). */
  cancel = (request: number, node: number, _port: number): void => {
    const index = this.held.findIndex((pending) => pending.node === node && pending.request.request === request);
    const [pending] = index < 0 ? [] : this.held.splice(index, 1);
    if (pending !== undefined) this.answer(pending, 'aborted', [0, 0]);
  };

  // ---- running

  /** Serves the oldest request, or delivers the oldest message. False: there is none. */
  step(): boolean {
    const pending = this.queue.shift();
    if (pending !== undefined) {
      this.serve(pending);
      return true;
    }
    const message = this.messages.shift();
    if (message === undefined) return false;
    this.handle(message.to, message.event);
    return true;
  }

  private serve(pending: Pending): void {
    const rule = this.rules.find(({ pattern, times }) => times > 0 && matches(pattern, pending));
    if (rule !== undefined) rule.times -= 1;
    const verdict = rule?.judge(pending) ?? 'pass';
    if (!this.isAlive(pending.node)) return;
    if (verdict === 'hold') this.held.push(pending);
    else if (verdict === 'fail') this.answer(pending, 'error', [0, 0]);
    else if (verdict === 'reset') this.answer(pending, 'unitAttention', [0, 0]);
    else this.answer(pending, ...this.perform(pending));
  }

  /** Lets the device do what is asked, without an answer. */
  perform({ node, request, device }: Pending): [DeviceStatus, [number, number]] {
    if (device === undefined) return ['missing', [0, 0]];
    if (device.shutsOut(node, request)) return ['conflict', [0, 0]];
    this.served.push({ node, request, device });
    const values = device.perform(request, this.slotBytes(node, request), node);
    const changesRecords = request.operation !== 'read' && /^(shared|local)/.test(device.name);
    for (let disk = 0; changesRecords && disk < this.disksCount; disk += 1) this.judgeRecords(disk);
    return ['ok', values];
  }

  private judgeRecords(disk: number): void {
    const shared = this.device(disk === 0 ? 'shared' : `shared${disk}`);
    const locals = this.nodes.map((_, node) => this.device(`local${node}`));
    for (const plane of ['volatile', 'durable'] as const)
      this.breaches.push(...accessControlBreaches(shared, locals, disk, plane));
  }

  answer({ node, request }: Pending, status: DeviceStatus, [valueA, valueB]: [number, number]): void {
    const bytes = this.isAlive(node) ? this.slotBytes(node, request) : new Uint8Array(0);
    const event: DeviceCompletedEvent = {
      kind: 'deviceCompleted',
      request: request.request,
      status,
      valueA,
      valueB,
      bytes,
    };
    this.handle(node, event);
  }

  slotBytes(node: number, { slot, slotSector, count }: DeviceRequest): Uint8Array {
    if (slot < 0) return new Uint8Array(0);
    const from = (slot * SLOT_SECTORS + slotSector) * SECTOR_BYTES;
    return this.node(node).slots.subarray(from, from + count * SECTOR_BYTES);
  }

  /** Everything but time: until only held requests and timers are left. */
  settle(): void {
    for (let steps = 0; this.step(); steps += 1) assert(steps < STEPS_MAX, 'the world does not come to rest');
  }

  /** Until nothing is left to happen; timers fire in order. The watchdog of requests sleeps (`elapse` wakes it). */
  run(): void {
    for (let turns = 0; ; turns += 1) {
      assert(turns < STEPS_MAX, 'the world does not come to rest');
      this.settle();
      if (!this.fireNext(Number.POSITIVE_INFINITY, (timer) => timerKind(timer) !== TIMER_WATCHDOG)) return;
    }
  }

  /** Lets time pass, the watchdog included. */
  elapse(ticks: number): void {
    const until = this.nowTicks + ticks;
    this.settle();
    while (this.fireNext(until, () => true)) this.settle();
    this.nowTicks = until;
  }

  private fireNext(untilTick: number, wanted: (timer: number) => boolean): boolean {
    const due = this.nodes
      .flatMap((node, index) => (node?.timers ?? []).map((timer) => ({ index, timer })))
      .filter(({ timer }) => timer.atTick <= untilTick && wanted(timer.timer))
      .sort((a, b) => a.timer.atTick - b.timer.atTick || a.timer.sequence - b.timer.sequence)[0];
    if (due === undefined) return false;
    const { timers } = this.node(due.index);
    timers.splice(timers.indexOf(due.timer), 1);
    this.nowTicks = Math.max(this.nowTicks, due.timer.atTick);
    this.handle(due.index, { kind: 'timer', timer: due.timer.timer });
    return true;
  }

  setTimer(node: number, timer: number, delayTicks: number): void {
    this.node(node).timers.push({ atTick: this.nowTicks + delayTicks, sequence: this.sequence++, timer });
  }

  // ---- operator

  /** Gives a command without waiting for what comes of it. */
  give(command: Command, argument = 0, node = 0, disk = 0): number {
    const id = this.sequence++;
    this.handle(node, { kind: 'command', id, command, disk, argument, clockTicks: this.nowTicks });
    return id;
  }

  /** Gives a command, runs the world, and says what came of it: `done`, the refusal, or `unanswered`. */
  do(command: Command, argument = 0, node = 0, disk = 0): 'done' | 'unanswered' | Refusal {
    const id = this.give(command, argument, node, disk);
    this.run();
    return this.outcome(id);
  }

  outcome(id: number): 'done' | 'unanswered' | Refusal {
    const answer = this.answers.get(id);
    return answer === undefined ? 'unanswered' : answer.outcome === 'done' ? 'done' : answer.refusal;
  }

  // ---- application

  submit(
    operation: ApplicationOperation,
    where: { sector?: number; count?: number; value?: number; fua?: boolean; node?: number; disk?: number },
    addressed?: { address: Address; value: number },
  ): Io {
    const { sector = 0, count = 1, value = 0, fua = false, node = 0, disk = 0 } = where;
    const buffer = new Uint8Array(count * SECTOR_BYTES).fill(value);
    const io: Io = { node, disk, operation, sector, count, value, buffer, status: undefined };
    const name = this.ios.push(io) - 1;
    const writes = operation !== 'read' && operation !== 'flush';
    if (writes) this.contents[disk]?.attempt(io);
    const to = addressed ?? this.nodes[node]?.names[disk] ?? { address: 'name', value: disk };
    this.handle(node, { kind: 'application', io: name, operation, ...to, sector, count, fua });
    return io;
  }

  write = (sector: number, value: number, count = 1, more: { fua?: boolean; node?: number; disk?: number } = {}): Io =>
    this.submit('write', { sector, value, count, ...more });
  read = (sector: number, count = 1, more: { node?: number; disk?: number } = {}): Io =>
    this.submit('read', { sector, count, ...more });

  /** Values that a finished read brought. */
  values = (io: Io): number[] => Array.from({ length: io.count }, (_, at) => io.buffer[at * SECTOR_BYTES] ?? -1);

  /** Reads the whole disk through its live name; sentences about what is not what it must be. */
  wrongContents(node = 0, disk = 0): string[] {
    const sectors = this.options.sourceSectors ?? 60;
    const wrong: string[] = [];
    for (let sector = 0; sector < sectors; sector += SLOT_SECTORS) {
      const io = this.read(sector, Math.min(SLOT_SECTORS, sectors - sector), { node, disk });
      this.run();
      if (io.status === 'ok') wrong.push(...(this.contents[disk]?.judge(sector, this.values(io)) ?? []));
      else wrong.push(`read of sector ${sector}: ${io.status ?? 'no answer'}`);
    }
    return wrong;
  }

  /** Value of an application's sector as the device now holds it. */
  peek = (name: string, sector: number): number => this.device(name).read(LABEL_SECTORS + sector)?.[0] ?? 0;
}
