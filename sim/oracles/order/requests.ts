/**
 * Owns handing each device request to the checks that its device calls for: this is the most frequent observation, and most checks
 * look at one kind of device. A request *reached* its device when it was served or landed in part, and was *served* when it ended well.
 */

import type { BeyondOracle } from '../beyond.js';
import type { FencingOracle } from '../fencing.js';
import type { History } from '../history/history.js';
import type { Observer, ServicedRequest } from '../observation.js';
import type { BothSides } from './both-sides.js';
import type { BroughtBack } from './brought-back.js';
import type { CommitOrder } from './commit-order.js';
import type { CopyOrder } from '../copies/copy-order.js';
import type { ErrorFlagOrder } from './error-flag-order.js';
import type { ForcedCommitOrder } from './forced-commit.js';
import type { ReadSide } from './read-side.js';
import type { RecordCopies } from './record-copies.js';
import type { StandbyOrder } from './standby-order.js';
import type { Unflushed } from './unflushed.js';

export interface RequestChecks {
  readonly unflushed: Unflushed;
  readonly beyond: BeyondOracle;
  readonly bothSides: BothSides;
  readonly broughtBack: BroughtBack;
  readonly commitOrder: CommitOrder;
  readonly copyOrder: CopyOrder;
  readonly forcedCommitOrder: ForcedCommitOrder;
  readonly errorFlagOrder: ErrorFlagOrder;
  readonly recordCopies: RecordCopies;
  readonly readSide: ReadSide;
  readonly fencing: FencingOracle;
  readonly standbyOrder: StandbyOrder;
}

export class Requests implements Observer {
  readonly #history: History;
  readonly #checks: RequestChecks;

  constructor(history: History, checks: RequestChecks) {
    this.#history = history;
    this.#checks = checks;
  }

  requestServiced(request: ServicedRequest): void {
    const { role, disk } = this.#history.view.devices[request.device]!;
    if (request.operation === 'register' || request.operation === 'preempt')
      this.#checks.fencing.reservationAsked(request);
    if (request.status === 'unitAttention') {
      this.#checks.fencing.resetTold(request);
      this.#checks.bothSides.resetTold(request);
    }
    if (role === 'target') this.#target(request, disk);
    else if (role === 'source') this.#source(request, disk);
    else this.#metadata(request, role);
  }

  #target(request: ServicedRequest, disk: number): void {
    const { unflushed, beyond, copyOrder, errorFlagOrder, readSide, fencing } = this.#checks;
    const { operation, status } = request;
    const changes = operation === 'write' || operation === 'discard' || operation === 'writeZeroes';
    if (changes && status !== 'dropped') beyond.targetChanged(request, disk);
    if (changes && (status === 'ok' || status === 'partial')) fencing.dataChanged(request, disk);
    if (status === 'ok' || status === 'partial') errorFlagOrder.targetReached(request, disk);
    if (status !== 'ok') return;
    unflushed.served(request);
    if (changes) copyOrder.targetChanged(request, disk);
    else if (operation === 'flush') copyOrder.targetFlushed(disk);
    else if (operation === 'read') readSide.targetRead(request, disk);
  }

  #source(request: ServicedRequest, disk: number): void {
    const { unflushed, broughtBack, commitOrder, copyOrder, forcedCommitOrder, readSide, fencing } = this.#checks;
    const { operation, status } = request;
    const changes = operation === 'write' || operation === 'discard' || operation === 'writeZeroes';
    if (changes && (status === 'ok' || status === 'partial')) fencing.dataChanged(request, disk);
    if (status === 'ok' || status === 'partial') commitOrder.sourceReached(request, disk);
    if (operation === 'read') copyOrder.sourceRead(request, disk);
    else if (operation === 'inquiry' && status === 'missing') copyOrder.sourceSilent(disk);
    if (changes && status === 'error') forcedCommitOrder.sourceFailed(request, disk);
    if (status !== 'ok') return;
    unflushed.served(request);
    broughtBack.sourceServed(request, disk);
    if (changes) forcedCommitOrder.sourceChanged(request, disk);
    if (operation === 'read') readSide.sourceRead(request, disk);
  }

  #metadata(request: ServicedRequest, role: string): void {
    const { commitOrder, errorFlagOrder, recordCopies, fencing, standbyOrder } = this.#checks;
    const { operation, status } = request;
    if (request.step === 'commit.roll-forward-flag.write') commitOrder.rollForwardTried(request);
    if (status !== 'ok' && status !== 'partial') return;
    if (request.step !== undefined && operation === 'write') commitOrder.stepWritten(request);
    if (status !== 'ok') return;
    if (role === 'local' && operation === 'read') errorFlagOrder.localRead(request.node);
    fencing.metadataServed(request, role);
    recordCopies.served(request, role);
    standbyOrder.served(request, role);
  }
}
