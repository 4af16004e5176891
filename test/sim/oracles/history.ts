/**
 * A small builder of histories: application I/O, device requests and whole stretches of an honest migration, in the fake world. A test tells
 * an honest history, or changes one thing in it, and looks at what the oracles report.
 */

import { createOracles } from '../../../sim/oracles/create-oracles.js';
import type { ApplicationIo, Observer, ServicedRequest, Violation } from '../../../sim/oracles/observation.js';
import {
  context,
  DISK_SECTORS,
  FakeWorld,
  type FakeWorldPlan,
  LABEL_SECTORS,
  local,
  SHARED,
  SOURCE,
  SOURCE_IDENTITY,
  TARGET,
  TARGET_IDENTITY,
} from './fake-world.js';

type Found = Omit<Violation, 'tick'>;

const INITIAL = {
  migration: 1,
  state: 'setup',
  bound: SOURCE_IDENTITY,
  source: SOURCE_IDENTITY,
  target: TARGET_IDENTITY,
  sourceAllowed: true,
  targetAllowed: false,
  errorFlag: false,
  sourceFault: false,
  targetFault: false,
} as const;

export class HistoryBuilder {
  readonly found: Found[] = [];
  readonly world: FakeWorld;
  #ioNext = 2;
  #operationNext = 1;
  #node = 0;

  /** `others`: who is told besides the oracles. */
  constructor(plan: FakeWorldPlan = {}, others: readonly Observer[] = []) {
    const oracles = createOracles((violation) => void this.found.push(violation), context);
    this.world = new FakeWorld([...oracles, ...others], plan);
  }

  /** Signatures found so far. */
  get signatures(): string[] {
    return this.found.map(({ signature }) => signature);
  }

  /** Time goes by. */
  pass(ticks = 10): this {
    this.world.tick += ticks;
    return this;
  }

  on(node: number): this {
    this.#node = node;
    return this;
  }

  issue(
    operation: ApplicationIo['operation'],
    sector: number,
    count = 1,
    more: Partial<ApplicationIo> = {},
  ): ApplicationIo {
    this.pass();
    const io: ApplicationIo = {
      io: this.#ioNext,
      node: this.#node,
      generation: 0,
      disk: 0,
      address: 'name',
      identity: -1,
      operation,
      sector,
      count,
      fua: false,
      issuedTick: this.world.tick,
      completedTick: 0,
      status: 'pending',
      ...more,
    };
    this.#ioNext += 1;
    this.world.watch.applicationIssued(io);
    return io;
  }

  answer(io: ApplicationIo, status: ApplicationIo['status'] = 'ok', stamps: readonly number[] = []): this {
    this.pass();
    io.status = status;
    io.completedTick = this.world.tick;
    this.world.watch.applicationCompleted(io, Uint32Array.from(stamps));
    return this;
  }

  /** A write that reaches the devices given and is acknowledged. @returns its stamp */
  write(sector: number, devices: readonly number[], count = 1, more: Partial<ApplicationIo> = {}): number {
    const io = this.issue('write', sector, count, more);
    for (const device of devices) this.land(io, device);
    this.answer(io);
    return io.io;
  }

  /** The payload of a write arrives on a device. */
  land(io: ApplicationIo, device: number): void {
    const isWrite = io.operation === 'write';
    for (let sector = io.sector; sector < io.sector + io.count; sector += 1) {
      this.world.put(device, sector, isWrite ? io.io : 0);
    }
    this.request(device, isWrite ? 'write' : 'writeZeroes', {
      sector: LABEL_SECTORS + io.sector,
      count: io.count,
      fua: io.fua,
      node: io.node,
    });
  }

  read(sector: number, ...stamps: number[]): this {
    return this.answer(this.issue('read', sector, stamps.length), 'ok', stamps);
  }

  flush(): this {
    const io = this.issue('flush', 0, 0);
    return this.answer(io);
  }

  request(device: number, operation: ServicedRequest['operation'], more: Partial<ServicedRequest> = {}): this {
    this.pass();
    this.world.watch.requestServiced({
      operationId: this.#operationNext++,
      node: this.#node,
      generation: 0,
      device,
      operation,
      sector: LABEL_SECTORS,
      count: operation === 'flush' || operation === 'inquiry' ? 0 : 1,
      fua: false,
      step: undefined,
      status: 'ok',
      tick: this.world.tick,
      ...more,
    });
    return this;
  }

  /** All nodes start and see their devices; node 0 hosts the disk. */
  boot(): this {
    for (let node = 0; node < this.world.nodesCount; node += 1) {
      this.world.start(node);
      for (const device of [SOURCE, TARGET]) this.request(device, 'inquiry', { node });
      this.request(local(node), 'read', { node, sector: 0, count: 16 });
    }
    this.pass(1_000_000);
    this.world.online(0);
    return this.on(0);
  }

  command(command: string): this {
    this.world.watch.commandIssued(0, 0, 1, command, 0);
    return this;
  }

  state(from: string, to: string, cause = 'command', node = 0): this {
    this.pass();
    this.world.watch.stateChanged(node, 0, from, to, cause);
    return this;
  }

  /** Access control on every node, then the shared record. */
  setup(): this {
    this.command('setup');
    for (let node = this.world.nodesCount - 1; node >= 0; node -= 1) {
      this.world.writeLocal(node, INITIAL);
      this.world.writeAcknowledgement(node, {
        migration: 1,
        target: TARGET_IDENTITY,
        accessControl: true,
        targetConfigured: true,
      });
    }
    this.world.writeShared({
      migration: 1,
      inProgress: true,
      rollForward: false,
      source: SOURCE_IDENTITY,
      target: TARGET_IDENTITY,
      owner: 0,
      epoch: 1,
    });
    return this.state('none', 'setup').pass(2_000);
  }

  sync(): this {
    this.world.writeLocal(0, { state: 'syncing', errorFlag: true });
    return this.state('setup', 'syncing');
  }

  /** Every region is copied, the target flushed. */
  copyAll(): this {
    for (let sector = 0; sector < DISK_SECTORS; sector += 8) {
      this.request(TARGET, 'write', { sector: LABEL_SECTORS + sector, count: 8 });
      for (let each = sector; each < sector + 8; each += 1) {
        this.world.put(TARGET, each, this.world.stampAt(SOURCE, 'volatile', LABEL_SECTORS + each));
      }
    }
    this.request(TARGET, 'flush');
    return this.state('syncing', 'source-selected', 'synchronised');
  }

  /** To source-selected. */
  synchronised(): this {
    return this.boot().setup().sync().copyAll();
  }

  selectTarget(): this {
    return this.state('source-selected', 'target-selected');
  }

  rollForward(): this {
    this.command('commit');
    this.request(SHARED, 'write', { sector: 0, count: 2, step: 'commit.roll-forward-flag.write' });
    this.request(SHARED, 'flush', { step: 'commit.roll-forward-flag.flush' });
    this.world.writeShared({ rollForward: true });
    return this;
  }

  flipAccess(node = 0): this {
    this.request(local(node), 'write', { node, sector: 0, count: 2, step: 'commit.access-control.write' });
    this.request(local(node), 'flush', { node });
    this.world.writeLocal(node, { sourceAllowed: false, targetAllowed: true });
    return this;
  }

  bind(node = 0): this {
    this.request(local(node), 'write', { node, sector: 8, count: 2, step: 'commit.binding.write' });
    this.request(local(node), 'flush', { node });
    this.world.writeLocal(node, { bound: TARGET_IDENTITY });
    return this;
  }

  /** From source-selected or target-selected, by command. */
  commit(from = 'source-selected'): this {
    this.request(TARGET, 'flush', { step: 'commit.target.flush' }).rollForward().flipAccess().bind();
    this.state(from, 'committed');
    this.world.writeLocal(0, { state: 'committed', errorFlag: false });
    for (let node = 1; node < this.world.nodesCount; node += 1) {
      this.world.writeLocal(node, { sourceAllowed: false, targetAllowed: true });
      this.world.writeLocal(node, { bound: TARGET_IDENTITY, state: 'committed' });
    }
    return this.pass(2_000);
  }

  cleanup(): this {
    const retirements = [{ source: SOURCE_IDENTITY, target: TARGET_IDENTITY, generation: 1 }];
    this.world.writeLabel(SOURCE, { tombstone: true });
    this.world.writeShared({ retirements });
    this.world.writeShared({ inProgress: false });
    this.world.writeShared({ rollForward: false });
    this.world.writeLocal(0, { state: 'none' });
    return this.state('committed', 'none');
  }

  /** The whole site loses power. */
  losePower(): this {
    this.pass();
    for (let node = 0; node < this.world.nodesCount; node += 1) this.world.stop(node, 'power');
    this.world.losePower(...this.world.devices.map(({ device }) => device));
    return this;
  }

  end(): this {
    this.world.watch.end();
    return this;
  }
}
