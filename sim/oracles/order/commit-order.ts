/**
 * Owns the order of setup and commit (O11; claims A2, A3, A5–A8): who acknowledges a setup sees the source; every failover node has the target, and the target is flushed, before the roll-forward
 * flag; the flag is durable before access control is written, that before the binding; once the binding is durable, nothing goes to the source.
 */

import type { SharedRecord } from '../../../engine/records/types.js';
import type { History } from '../history/history.js';
import type { Observer, Report, ServicedRequest } from '../observation.js';
import { milliseconds } from '../words.js';
import type { Unflushed } from './unflushed.js';

/** A node that was ready for less when a command was given may not have been known to the owner. */
const KNOWN_TICKS = 10_000;

/** A command, with how large the source was then, in the application's sectors. */
interface Given {
  readonly id: number;
  readonly tick: number;
  readonly sourceSectors: number;
  before: Given | undefined;
}

export class CommitOrder implements Observer {
  readonly #history: History;
  readonly #report: Report;
  readonly #unflushed: Unflushed;
  readonly #isPaused = new Set<number>();
  /** By node: since when each other was reachable, for all it was told. */
  readonly #toldTicks = new Map<number, number[]>();
  /** By node: when it became ready in its present life. */
  readonly #readyTick = new Map<number, number>();
  /** Per disk: who has tried to write the roll-forward flag, until a recovery has decided what became of it. */
  readonly #tried = new Map<number, { node: number; generation: number }>();
  /** The last command of each kind that was given and not refused, by `command disk`. */
  readonly #given = new Map<string, Given>();

  constructor(history: History, report: Report, unflushed: Unflushed) {
    this.#history = history;
    this.#report = report;
    this.#unflushed = unflushed;
    history.records.listen({
      sharedChanged: (disk, before, after) => {
        if (after.inProgress && before?.inProgress !== true) this.#judgeSeen(disk, after);
        if (!after.rollForward || before?.rollForward === true) return;
        this.#judgeFlushed(disk);
        // A forced commit cannot wait for nodes; target-selected was entered only after every one had answered.
        if (!this.#isForced(disk)) {
          this.#judgeConfigured(disk, after, 'commit', `the roll-forward flag of disk ${disk} became durable`);
          this.#judgeGrowth(disk);
        }
      },
    });
  }

  commandIssued(_node: number, disk: number, id: number, command: string): void {
    const { view, disks } = this.#history;
    const key = `${command} ${disk}`;
    const sourceSectors = view.devices[disks[disk]!.source]!.sizeSectors - view.labelSectors;
    this.#given.set(key, { id, tick: view.tick, sourceSectors, before: this.#given.get(key) });
  }

  /** A command that was refused changes nothing: what was given before goes on. */
  commandCompleted(_node: number, disk: number, id: number, command: string, outcome: string): void {
    const key = `${command} ${disk}`;
    const given = this.#given.get(key);
    if (given === undefined) return;
    if (outcome !== 'refused') given.before = undefined;
    else if (given.id === id && given.before !== undefined) this.#given.set(key, given.before);
  }

  stateChanged(_node: number, disk: number, _from: string, to: string, cause: string): void {
    const shared = this.#history.records.shared(disk);
    if (to !== 'target-selected' || cause !== 'command' || shared === undefined) return;
    this.#judgeConfigured(disk, shared, 'selectTarget', `disk ${disk} became target-selected`);
  }

  onlineAsked(_node: number, disk: number): void {
    this.#tried.delete(disk);
  }

  nodePaused(node: number): void {
    this.#isPaused.add(node);
  }

  nodeResumed(node: number): void {
    this.#isPaused.delete(node);
  }

  membershipTold(node: number, reachableMask: number): void {
    const { view } = this.#history;
    const before = this.#toldTicks.get(node) ?? [];
    const ticks = Array.from({ length: view.nodesCount }, (_, other) =>
      (reachableMask & (1 << other)) === 0 ? Number.POSITIVE_INFINITY : Math.min(before[other] ?? view.tick, view.tick),
    );
    this.#toldTicks.set(node, ticks);
  }

  nodeStarted(node: number): void {
    this.#toldTicks.delete(node);
    this.#isPaused.delete(node);
    this.#readyTick.delete(node);
  }

  nodeReady(node: number): void {
    this.#readyTick.set(node, this.#history.view.tick);
  }

  /** Whether a node is ready and awake, and was so for a while when the command was given: its owner had to count on it. */
  isReachable(node: number, disk: number, command: string): boolean {
    const { isUp, resumedTick } = this.#history.nodes[node]!;
    const since = Math.max(this.#readyTick.get(node) ?? Number.POSITIVE_INFINITY, resumedTick);
    const given = this.#given.get(`${command} ${disk}`)?.tick ?? 0;
    const owner = this.#history.records.shared(disk)?.owner ?? -1;
    const toldTick = this.#toldTicks.get(owner)?.[node] ?? Number.POSITIVE_INFINITY;
    return isUp && !this.#isPaused.has(node) && Math.max(since, toldTick) + KNOWN_TICKS < given;
  }

  /** Nobody is counted on who could not take the disk over. */
  #judgeSeen(disk: number, { owner, migration }: SharedRecord): void {
    const { view, records, nodes, disks } = this.#history;
    const blind = nodes.findIndex(
      ({ hasSeen }, node) =>
        node !== owner &&
        hasSeen[disks[disk]!.source] === 0 &&
        records.acknowledgement(node, disk)?.migration === migration,
    );
    if (blind < 0) return;
    this.#report({
      oracle: 'O11',
      signature: 'O11 setup acknowledged by a node that does not see the source',
      sentence: `migration ${migration} of disk ${disk} was set up at ${milliseconds(view.tick)} on the acknowledgement of node ${blind}, among others, which has never seen the source`,
    });
  }

  #judgeFlushed(disk: number): void {
    const unflushed = this.#unflushed.inWords(this.#history.disks[disk]!.target);
    if (unflushed === undefined) return;
    this.#report({
      oracle: 'O11',
      signature: 'O11 roll-forward flag before the target is flushed',
      sentence: `the roll-forward flag of disk ${disk} became durable at ${milliseconds(this.#history.view.tick)}, but its target is not flushed: ${unflushed}`,
    });
  }

  /** What the source had grown by when the commit was commanded is on the target. */
  #judgeGrowth(disk: number): void {
    const { view, disks, powerTick } = this.#history;
    const { source, target, syncTick } = disks[disk]!;
    const sectors = this.#given.get(`commit ${disk}`)?.sourceSectors ?? 0;
    const hasRoom = view.devices[target]!.sizeSectors >= view.labelSectors + sectors;
    let sector = view.disksSectors[disk]!;
    const isCopied = (at: number): boolean =>
      view.stampAt(source, 'volatile', view.labelSectors + at) ===
      view.stampAt(target, 'volatile', view.labelSectors + at);
    while (sector < sectors && (powerTick[source]! >= syncTick || isCopied(sector))) sector += 1;
    if (hasRoom && sector >= sectors) return;
    this.#report({
      oracle: 'O11',
      signature: 'O11 commit cuts off what the source has grown by',
      sentence: `the roll-forward flag of disk ${disk} became durable at ${milliseconds(view.tick)}, but its source had ${sectors} sectors when the commit was commanded, and the target ${hasRoom ? `does not hold sector ${sector} of them` : `is smaller`}`,
    });
  }

  #isForced(disk: number): boolean {
    const { source, state, stateTick } = this.#history.disks[disk]!;
    return this.#history.failedTick[source]! >= stateTick && state === 'target-selected';
  }

  /**
   * A node that is away must have reported as well, at whatever time; one that came up since the command was given may have taken its word
   * back meanwhile, as it does not see the target yet.
   */
  #judgeConfigured(disk: number, { owner, migration }: SharedRecord, command: string, what: string): void {
    const { view, records, nodes } = this.#history;
    if (view.mode !== 'cluster') return;
    for (let node = 0; node < view.nodesCount; node += 1) {
      if (node === owner || (nodes[node]!.isUp && !this.isReachable(node, disk, command))) continue;
      const slot = records.acknowledgement(node, disk);
      if (slot?.migration === migration && slot.targetConfigured) continue;
      this.#report({
        oracle: 'O11',
        signature: `O11 ${command} while a failover node lacks the target`,
        sentence: `${what} at ${milliseconds(view.tick)}, but failover node ${node} has not reported the target configured for migration ${migration}`,
      });
      return;
    }
  }

  /** Told of every attempt to write the roll-forward flag, however it ended. */
  rollForwardTried({ node, generation, device }: ServicedRequest): void {
    this.#tried.set(this.#history.view.devices[device]!.disk, { node, generation });
  }

  /** Told of every request that reached the source of a disk. */
  sourceReached(request: ServicedRequest, disk: number): void {
    const { view, records, disks } = this.#history;
    const { operation } = request;
    if (operation !== 'read' && operation !== 'write' && operation !== 'discard' && operation !== 'writeZeroes') return;
    if (request.sector < view.labelSectors) return;
    const record = records.local(request.node, disk);
    const isBoundAway = record?.bound === disks[disk]!.targetIdentity && !record.sourceAllowed;
    if (!isBoundAway) {
      this.#judgeTried(request, disk);
      return;
    }
    this.#report({
      oracle: 'O11',
      signature: `O11 ${operation} on the source after commit`,
      sentence: `node ${request.node} sent a ${operation} of device sectors ${request.sector} to ${request.sector + request.count - 1} to the source of disk ${disk} at ${milliseconds(request.tick)}, although its durable binding leads to the target and its access control denies the source`,
    });
  }

  /** What was sent may be durable, however it was answered. */
  #judgeTried(request: ServicedRequest, disk: number): void {
    const tried = this.#tried.get(disk);
    if (tried?.node !== request.node || tried.generation !== request.generation) return;
    this.#report({
      oracle: 'O11',
      signature: `O11 ${request.operation} on the source after the roll-forward flag was tried`,
      sentence: `node ${request.node} sent a ${request.operation} of device sectors ${request.sector} to ${request.sector + request.count - 1} to the source of disk ${disk} at ${milliseconds(request.tick)}, although it had sent the roll-forward flag before, which may be durable`,
    });
  }

  /** Told of every durable step that was written on a metadata device. */
  stepWritten(request: ServicedRequest): void {
    const { records } = this.#history;
    const disk = this.#history.localDiskOf(request);
    // A zombie goes on with its own records until it knows; by then others may have cleaned up after its commit.
    if (disk < 0 || !this.#history.speaksFor(request.node, disk)) return;
    if (request.step === 'commit.access-control.write' && records.shared(disk)?.rollForward !== true) {
      this.#complainStep(request, disk, 'access control', 'the roll-forward flag is not durable');
    }
    if (request.step === 'commit.binding.write' && records.local(request.node, disk)?.targetAllowed !== true) {
      this.#complainStep(request, disk, 'binding', 'the access control that allows the target is not durable');
    }
  }

  #complainStep(request: ServicedRequest, disk: number, what: string, but: string): void {
    this.#report({
      oracle: 'O11',
      signature: `O11 commit wrote the ${what} too early`,
      sentence: `node ${request.node} wrote the ${what} of disk ${disk} (${request.step}) at ${milliseconds(request.tick)}, but ${but}`,
    });
  }
}
