/**
 * Owns the evidence for the claims: how often a run showed what the last table of the engine's design asks of each. Counted from devices,
 * answers to the application and durable records; where only a refused command can show a claim, its typed refusal counts. A hit is
 * conservative: a run in which the thing may have happened does not count.
 *
 * A1–A12 count in cluster mode, B2 and B5–B9 standalone, B1, B3, B4a and B4b in both.
 */

import type { LocalRecord, SharedRecord } from '../../../engine/records/types.js';
import { type History, isCloning } from '../history/history.js';
import type { ApplicationIo, Observer, ServicedRequest } from '../observation.js';
import { StandaloneClaims } from './standalone-claims.js';

export const CLAIMS: readonly string[] = 'A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 B1 B2 B3 B4a B4b B5 B6 B7 B8 B9'.split(
  ' ',
);

/** A crash inside commit, until it is known how the migration came out of it. */
interface CommitCrash {
  claim: 'A6' | 'A7' | 'A8';
  migration: number;
}

/** What one disk has shown so far. */
interface Shown {
  /** Node that served the application last. */
  server: number;
  /** Node that served it and was stopped by a crash; -1: none. */
  crashed: number;
  /** State in which the migration was when its node crashed. */
  crashedState: string;
  /** `inProgress` of the current migration became durable before any byte of the target was written. */
  metadataFirst: boolean;
  targetTouched: boolean;
  copiedSectors: number;
  /** Commit was completed, and the source untouched since. */
  committedServed: boolean;
  commitCrashes: CommitCrash[];
  /** States the running migration went through, from setup on. */
  path: string[];
  abortedByFailover: boolean;
}

const CRASH_CLAIMS: readonly (readonly [prefix: string, claim: CommitCrash['claim']])[] = [
  ['commit.roll-forward-flag.', 'A6'],
  ['commit.access-control.', 'A7'],
  ['commit.binding.', 'A8'],
];

const isCrash = (cause: string): boolean => cause === 'crash' || cause === 'power';

export class Claims implements Observer {
  readonly #history: History;
  readonly #standalone: StandaloneClaims;
  readonly #hits = new Map<string, number>();
  #shown: Shown[] = [];

  constructor(history: History) {
    this.#history = history;
    this.#standalone = new StandaloneClaims(history, (claim) => this.#hit(claim));
    history.records.listen({
      sharedChanged: (disk, before, after) => this.#sharedChanged(disk, before, after),
      localChanged: (node, disk, before, after) => {
        this.#standalone.localChanged(node, disk, before, after);
        if (before?.migration === after.migration || !after.sourceAllowed || after.targetAllowed) return;
        const shown = this.#shown[disk];
        if (shown !== undefined) shown.targetTouched = false;
      },
    });
  }

  result(): Record<string, number> {
    return Object.fromEntries(CLAIMS.map((claim) => [claim, this.#hits.get(claim) ?? 0]));
  }

  begin(): void {
    this.#shown = this.#history.disks.map(() => ({
      server: -1,
      crashed: -1,
      crashedState: '',
      metadataFirst: false,
      targetTouched: false,
      copiedSectors: 0,
      committedServed: false,
      commitCrashes: [],
      path: [],
      abortedByFailover: false,
    }));
    this.#standalone.begin();
  }

  requestServiced(request: ServicedRequest): void {
    const { view } = this.#history;
    const { role, disk } = view.devices[request.device]!;
    if (role !== 'target' || request.status !== 'ok' || request.sector < view.labelSectors) return;
    if (request.operation !== 'write' && request.operation !== 'writeZeroes') return;
    const shown = this.#shown[disk]!;
    this.#standalone.targetWritten(request, disk);
    if (!shown.targetTouched) {
      shown.targetTouched = true;
      if (shown.metadataFirst) this.#hitCluster('A2');
      if (this.#history.records.local(request.node, disk)?.errorFlag === true) this.#hit('B3');
    }
    shown.copiedSectors += request.count;
  }

  applicationCompleted(io: ApplicationIo): void {
    this.#standalone.applicationCompleted(io);
    if (io.status !== 'ok' || io.address !== 'name') return;
    const history = this.#history;
    const shown = this.#shown[io.disk]!;
    const facts = history.disks[io.disk]!;
    if (history.view.mode === 'cluster') this.#judgeFailover(io, shown);
    shown.server = io.node;
    if (io.operation === 'read' || io.operation === 'flush') return;
    if (facts.state === 'source-selected' && history.ios.started(io.io) > facts.syncMoment) {
      const { source, target, syncTick } = facts;
      if (!history.failedSince(target, syncTick) && !history.failedSince(source, syncTick)) this.#hitCluster('A4');
    }
    if (facts.state === 'committed' && !shown.committedServed && history.isRolledForward(io.disk)) {
      const record = history.records.local(io.node, io.disk);
      if (record?.targetAllowed === true && !record.sourceAllowed) {
        shown.committedServed = true;
        this.#hitCluster('A5');
      }
    }
  }

  nodeStarted(node: number): void {
    this.#standalone.nodeStarted(node);
  }

  nodeStopped(node: number, _generation: number, cause: string): void {
    this.#standalone.nodeStopped(node, cause);
    this.#shown.forEach((shown, disk) => {
      if (shown.server !== node) return;
      if (!isCrash(cause)) return;
      shown.crashed = node;
      shown.crashedState = this.#history.disks[disk]!.state;
    });
  }

  shutdownDone(node: number): void {
    this.#standalone.shutdownDone(node);
  }

  crashedAtStep(_node: number, step: string, _position: string, inRecovery: boolean): void {
    if (inRecovery || this.#history.view.mode !== 'cluster') return;
    for (const [prefix, claim] of CRASH_CLAIMS) {
      if (!step.startsWith(prefix)) continue;
      this.#shown.forEach((shown, disk) => {
        const shared = this.#history.records.shared(disk);
        if (shared?.inProgress === true) shown.commitCrashes.push({ claim, migration: shared.migration });
      });
    }
  }

  onlineAsked(node: number, disk: number): void {
    this.#standalone.onlineAsked(node, disk);
  }

  onlineAnswered(node: number, disk: number, outcome: 'online' | 'failed'): void {
    this.#standalone.onlineAnswered(node, disk, outcome);
    if (outcome !== 'online' || this.#history.view.mode !== 'cluster') return;
    const shared = this.#history.records.shared(disk);
    const record = this.#history.records.local(node, disk);
    const shown = this.#shown[disk]!;
    if (shared === undefined || !shared.inProgress || record === undefined || shown.crashed < 0) return;
    const isSame = shown.crashed === node;
    if (shared.rollForward && record.bound === shared.target && !record.sourceAllowed && isSame) this.#hit('A10');
    const isInitial = record.state === 'setup' && record.sourceAllowed && !record.targetAllowed && !record.errorFlag;
    if (!shared.rollForward && isInitial && isCloning(shown.crashedState) && isSame) this.#hit('A9');
    shown.commitCrashes = shown.commitCrashes.filter(({ claim, migration }) => {
      const isConsistent = shared.rollForward ? record.bound === shared.target : isInitial;
      if (migration === shared.migration && isConsistent) this.#hit(claim);
      return false;
    });
  }

  stateChanged(node: number, disk: number, _from: string, to: string, cause: string): void {
    this.#standalone.stateChanged(node, disk, to, cause);
    const { path } = this.#shown[disk]!;
    if (to === 'setup') path.length = 0;
    path.push(to);
    if (to !== 'committed') return;
    const isWhole = path[0] === 'setup' && path.includes('syncing') && path.includes('source-selected');
    if (isWhole) this.#hit('B1');
  }

  commandCompleted(_node: number, _disk: number, _id: number, command: string, outcome: string, refusal: string): void {
    if (command !== 'commit' || outcome !== 'refused') return;
    if (refusal === 'node-lacks-target' || refusal === 'node-not-acknowledged') this.#hitCluster('A3');
    if (refusal === 'target-fault-recorded' || refusal === 'target-fault') this.#hit('B4a');
  }

  #sharedChanged(disk: number, before: SharedRecord | undefined, after: SharedRecord): void {
    const shown = this.#shown[disk];
    if (shown === undefined) return;
    if (after.migration !== before?.migration) {
      shown.committedServed = false;
      shown.copiedSectors = 0;
      shown.crashed = -1;
      shown.metadataFirst =
        !shown.targetTouched && after.inProgress && !after.rollForward && this.#isInitial(disk, after);
    }
  }

  /** Whether every node that has a record of the migration allows its source and denies its target. */
  #isInitial(disk: number, { migration, target }: SharedRecord): boolean {
    let isInitial = true;
    for (let node = 0; node < this.#history.nodes.length; node += 1) {
      const record: LocalRecord | undefined = this.#history.records.local(node, disk);
      if (record?.migration !== migration) continue;
      isInitial &&= record.target === target && record.sourceAllowed && !record.targetAllowed;
    }
    return isInitial;
  }

  /** The application goes on elsewhere after its node crashed. */
  #judgeFailover(io: ApplicationIo, shown: Shown): void {
    const { crashed } = shown;
    if (crashed < 0 || crashed === io.node) {
      if (crashed === io.node) shown.crashed = -1;
      return;
    }
    shown.crashed = -1;
    if (this.#history.view.nodesCount >= 3) this.#hit('A1');
    const shared = this.#history.records.shared(io.disk);
    const record = this.#history.records.local(io.node, io.disk);
    if (shared === undefined || record === undefined) return;
    if (shared.rollForward && record.bound === shared.target && record.targetAllowed && !record.sourceAllowed) {
      this.#hit('A11');
    }
    const isWithSource = record.bound === shared.source && record.sourceAllowed && !record.targetAllowed;
    const wasCopying = isCloning(shown.crashedState) && shown.copiedSectors > 0;
    if (shared.inProgress && !shared.rollForward && isWithSource && wasCopying) this.#hit('A12');
  }

  #hitCluster(claim: string): void {
    if (this.#history.view.mode === 'cluster') this.#hit(claim);
  }

  #hit(claim: string): void {
    this.#hits.set(claim, (this.#hits.get(claim) ?? 0) + 1);
  }
}
