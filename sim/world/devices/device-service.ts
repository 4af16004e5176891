/**
 * Owns the life of a device request: asked for, serviced after a latency, answered. What a request does to a plane it does at the instant of
 * its service, so that the write of a node that has died since may still land, and a read cannot be altered by a later write.
 *
 *   submit ─latency─► service: verdict ─► plane ⇄ DMA slot ─► observers ─► completion ─► complete: the node's turn
 *                        ├ conflict: a reservation shuts the node out, or it was evicted while the request was on its way
 *                        ├ slow: serviced again later; late: its completion comes later
 *                        ├ stuck, lost: until cancelled; a stuck one also goes on when all faults end
 *                        └ its path is lost (`lost-path.ts`)
 *
 * FAULT MODEL. A request that fails may have landed whole, in part (sector by sector), or not at all; so may one that is cancelled, and one
 * that was outstanding when its node stopped. A sector is never torn by these. Which requests fail is decided in `faults/`.
 * A unit attention is answered before anything that the device served after it: no host takes a reset device for an unreset one.
 */

import type { DeviceRequest } from '../../../engine/contract/effects.js';
import type { DeviceStatus } from '../../../engine/contract/vocabulary.js';
import type { Stream } from '../../determinism/decisions.js';
import type { ServicedRequest } from '../../oracles/observation.js';
import type { RequestCompletion } from '../../nodes/words/event-writer.js';
import { Kind } from '../event-kinds.js';
import type { ServiceVerdict } from '../faults/device-faults.js';
import { deviceOfPlace, pathOfPlace } from '../nodes/ports.js';
import type { World } from '../world.js';
import { unheard } from '../record/watch.js';
import { drawCompletionTicks, drawServiceTicks, DRIVER_TICKS } from './latency.js';
import * as op from './operations.js';
import { abandonOnPath, abortLost, landLate, loseOnPath } from './lost-path.js';
import { carryOut, type Landing, LANDINGS, landPart, spoilSlot } from './plane-actions.js';
import { Loss, RequestStage } from './request-table.js';

/** What became of the requests of a node that stopped, in numbers. */
export type Settlement = Record<Landing, number>;

export class DeviceService {
  private latency!: Stream;
  private cancellation!: Stream;
  private readonly completion: RequestCompletion = {
    request: 0,
    status: 'ok',
    valueA: 0,
    valueB: 0,
    slot: -1,
    slotSector: 0,
    count: 0,
  };
  private readonly serviced: ServicedRequest = {
    operationId: 0,
    node: 0,
    generation: 0,
    device: 0,
    operation: 'read',
    sector: 0,
    count: 0,
    fua: false,
    step: undefined,
    status: 'ok',
    tick: 0,
  };

  constructor(private readonly world: World) {}

  reset(): void {
    this.latency = this.world.decisions.stream('latency');
    this.cancellation = this.world.decisions.stream('cancellation');
  }

  /** An engine asks for something. */
  submit(node: number, request: DeviceRequest): void {
    const { world } = this;
    const { requests, log, queue } = world;
    const place = world.ports.placeAt(node, request.port);
    const device = deviceOfPlace(place);
    const operation = op.OPERATIONS.indexOf(request.operation);
    if (device >= 0 && this.breaksBounds(node, device, operation, request)) return;
    const row = requests.take();
    const entry = requests.rows[row]!;
    const operationId = log.open();
    entry.node = node;
    entry.generation = world.nodes.generation[node]!;
    entry.request = request.request;
    entry.device = device;
    entry.path = pathOfPlace(place);
    entry.operation = operation;
    entry.sector = request.sector;
    entry.count = request.count;
    entry.slot = request.slot;
    entry.slotSector = request.slotSector;
    entry.fua = request.fua ? 1 : 0;
    entry.step = request.step === undefined ? -1 : world.steps.indexOf(request.step);
    entry.io = operation === op.Operation.WRITE ? world.turns.ioOfSlot(node, request.slot) : 0;
    entry.isJudged = 0;
    entry.isEvicted = 0;
    entry.operationId = operationId;
    entry.issuedTick = queue.atTick;
    entry.valueA = 0;
    entry.valueB = 0;
    let ticks = device < 0 ? DRIVER_TICKS : drawServiceTicks(this.latency, operation);
    if (!world.paths.isCalm) ticks += world.paths.extraTicks(row);
    queue.push(queue.atTick + ticks, Kind.SERVICE, row, operationId, 0, 0, 0, 0);
  }

  /** A request on its way is to arrive, after so long. */
  serviceIn(row: number, ticks: number): void {
    const { requests, queue } = this.world;
    queue.push(queue.atTick + ticks, Kind.SERVICE, row, requests.rows[row]!.operationId, 0, 0, 0, 0);
  }

  /** A request's service is due. */
  service(row: number, operationId: number): void {
    const { requests, faults, devices, queue, paths } = this.world;
    if (!requests.holds(row, operationId)) return;
    const request = requests.rows[row]!;
    if (request.loss === Loss.TRAVELS) return landLate(this.world, row);
    if (request.state !== RequestStage.QUEUED) return;
    const { node, device, step } = request;
    if (device < 0) return this.answer(row, op.Status.MISSING);
    // Once for each request, and before its path is looked at: that may be what fails at the step.
    if (step >= 0 && request.isJudged === 0) faults.stepAhead(row);
    if (!paths.isCalm) {
      const loss = paths.lossOf(node, device, request.path);
      if (loss !== undefined) return loseOnPath(this.world, row, loss);
    }
    if (request.operation !== op.Operation.INQUIRY && devices.takeAttention(device, node)) {
      return this.answer(row, op.Status.UNIT_ATTENTION);
    }
    if (this.isRejected(row)) return this.answer(row, op.Status.CONFLICT);
    let verdict: ServiceVerdict = 'pass';
    if (request.isJudged === 0) {
      request.isJudged = 1;
      verdict = faults.judge(row);
      if (verdict === 'slow') {
        queue.push(queue.atTick + faults.slowTicks, Kind.SERVICE, row, operationId, 0, 0, 0, 0);
        return;
      }
      if (verdict === 'stuck' || verdict === 'lost') {
        request.state = verdict === 'stuck' ? RequestStage.STUCK : RequestStage.LOST;
        return;
      }
    }
    const position = step < 0 ? 'none' : faults.stepReached(row);
    // The device may have lost power at this very step.
    if (step >= 0 && devices.takeAttention(device, node)) return this.answer(row, op.Status.UNIT_ATTENTION);
    switch (position) {
      case 'none':
        return this.conclude(row, verdict);
      case 'before':
        this.finish(row, op.Status.DROPPED);
        break;
      case 'during':
        this.finish(row, this.land(row, 'part', faults.stream));
        break;
      case 'after':
        this.conclude(row, verdict);
        break;
    }
    faults.crashAtStep(row, position);
  }

  /** A request's completion is due: it becomes the node's event, and its row is free. @returns false if it is nobody's any more. */
  complete(row: number, operationId: number): RequestCompletion | undefined {
    const { requests } = this.world;
    const request = requests.rows[row]!;
    if (!requests.holds(row, operationId) || request.state !== RequestStage.SERVICED) return undefined;
    const { completion } = this;
    const { status } = request;
    completion.request = request.request;
    completion.status = op.STATUSES[status] as DeviceStatus;
    completion.valueA = request.valueA;
    completion.valueB = request.valueB;
    const brings = request.operation === op.Operation.READ && status === op.Status.OK;
    completion.slot = brings ? request.slot : -1;
    completion.slotSector = request.slotSector;
    completion.count = request.count;
    if (status === op.Status.PATH_LOST && !op.mayLandLate(request.operation)) {
      request.state = RequestStage.ABANDONED;
    } else requests.release(row);
    return completion;
  }

  /** An engine gives a request up, by way of a port: it is settled now, unless the device was done with it already. */
  cancel(node: number, request: number, port: number): void {
    const { requests, paths } = this.world;
    const row = requests.find(node, request);
    if (row < 0 || requests.rows[row]!.state === RequestStage.SERVICED) return;
    const device = requests.rows[row]!.device;
    if (device >= 0 && !paths.leadsTo(node, port, device)) return abandonOnPath(this.world, row);
    if (requests.rows[row]!.loss !== Loss.NONE) return abortLost(this.world, row, this.cancellation);
    spoilSlot(this.world, row);
    if (requests.rows[row]!.device >= 0) this.land(row, this.cancellation.pick(LANDINGS), this.cancellation);
    this.answer(row, op.Status.ABORTED);
  }

  /**
   * A node has stopped: each request it still had at a device lands whole, in part, or not at all, in drawn order; none is answered.
   * @param stream decides
   * @param travelsOn what travels on a lost path goes on, and lands late
   * @returns how many of them landed whole, in part, and not at all
   */
  settle(node: number, stream: Stream, travelsOn: boolean): Settlement {
    const settlement: Settlement = { whole: 0, part: 0, none: 0 };
    const { requests, faults } = this.world;
    const rows = stream.shuffle(requests.ofNode(node));
    for (const row of rows) {
      const loss = requests.rows[row]!.loss;
      if (travelsOn && loss === Loss.TRAVELS) {
        requests.rows[row]!.state = RequestStage.ABANDONED;
        continue;
      }
      const wasOutstanding =
        loss === Loss.NONE ? requests.rows[row]!.state !== RequestStage.SERVICED : loss === Loss.TRAVELS;
      if (wasOutstanding && requests.rows[row]!.device >= 0) {
        const status = this.land(row, stream.pick(LANDINGS), stream);
        this.finish(row, status);
        faults.crashSettled(row, status);
        settlement[status === op.Status.OK ? 'whole' : status === op.Status.PARTIAL ? 'part' : 'none'] += 1;
      }
      requests.release(row);
    }
    return settlement;
  }

  /** Faults have ended: what was stuck is serviced. */
  releaseStuck(): void {
    const { requests, queue } = this.world;
    for (let row = 0; row < requests.rowsEnd; row += 1) {
      if (requests.rows[row]!.state !== RequestStage.STUCK) continue;
      requests.rows[row]!.state = RequestStage.QUEUED;
      queue.push(queue.atTick + DRIVER_TICKS, Kind.SERVICE, row, requests.rows[row]!.operationId, 0, 0, 0, 0);
    }
  }

  private conclude(row: number, verdict: ServiceVerdict): void {
    switch (verdict) {
      case 'error':
        return this.fail(row, this.world.faults.stream.pick(LANDINGS));
      case 'refused':
        return this.fail(row, 'none');
      case 'missing':
        return this.answer(row, op.Status.MISSING);
      case 'late':
        return this.perform(row, this.world.faults.lateTicks);
      default:
        return this.perform(row, 0);
    }
  }

  /** Whether the device's reservation rejects a request, as it stands at this instant. */
  private isRejected(row: number): boolean {
    const { requests, devices } = this.world;
    const { node, device, operation, isEvicted } = requests.rows[row]!;
    if (isEvicted === 1) return operation !== op.Operation.INQUIRY;
    const reservation = devices.reservations[device]!;
    if (operation === op.Operation.PREEMPT) return !reservation.isRegistered(node);
    return op.isShutOut(reservation, node, operation);
  }

  private perform(row: number, lateTicks: number): void {
    const { media } = this.world.faults;
    if (media.isArmed) media.perform(row);
    else carryOut(this.world, row);
    this.finish(row, op.Status.OK);
    this.reply(row, op.Status.OK, lateTicks + drawCompletionTicks(this.latency));
  }

  private fail(row: number, landing: Landing): void {
    spoilSlot(this.world, row);
    this.land(row, landing, this.world.faults.stream);
    this.answer(row, op.Status.ERROR);
  }

  /** @returns how it then stands with the request, as observers are told. */
  land(row: number, landing: Landing, stream: Stream): number {
    const operation = this.world.requests.rows[row]!.operation;
    const isWhole = op.isAboutReservation(operation);
    const hasEffect = op.changesSectors(operation) || operation === op.Operation.FLUSH || isWhole;
    if (landing === 'none' || !hasEffect || this.isRejected(row)) return op.Status.DROPPED;
    if (landing === 'part' && isWhole) return op.Status.DROPPED;
    if (landing === 'part') return landPart(this.world, row, stream);
    carryOut(this.world, row);
    return op.Status.OK;
  }

  private answer(row: number, status: number): void {
    this.finish(row, status);
    this.reply(row, status, drawCompletionTicks(this.latency));
  }

  /** A completion is on its way to the node. */
  reply(row: number, status: number, ticks: number): void {
    const { requests, queue } = this.world;
    const request = requests.rows[row]!;
    request.state = RequestStage.SERVICED;
    request.status = status;
    const tick = this.afterAttention(row, status, queue.atTick + ticks);
    queue.push(tick, Kind.COMPLETE, row, request.operationId, 0, 0, 0, 0);
  }

  /** @returns when an answer may reach its node at the earliest, if that is later than `tick`. */
  private afterAttention(row: number, status: number, tick: number): number {
    const device = this.world.requests.rows[row]!.device;
    const { attentionTick } = this.world.devices;
    if (device < 0 || !(attentionTick[device]! >= tick || status === op.Status.UNIT_ATTENTION)) return tick;
    const later = Math.max(tick, attentionTick[device]!);
    if (status === op.Status.UNIT_ATTENTION) attentionTick[device] = later;
    return later;
  }

  private finish(row: number, status: number): void {
    const request = this.world.requests.rows[row]!;
    request.state = RequestStage.SERVICED;
    request.status = status;
    this.note(row, status);
  }

  /** The device is done with a request: notes what it was, and tells observers. */
  note(row: number, status: number): void {
    const { requests, log, watch, queue, story } = this.world;
    const request = requests.rows[row]!;
    const id = request.operationId;
    log.node[id] = request.node;
    log.generation[id] = request.generation;
    log.device[id] = request.device;
    log.path[id] = request.path;
    log.operation[id] = request.operation;
    log.status[id] = status;
    log.fua[id] = request.fua;
    log.sector[id] = request.sector;
    log.count[id] = request.count;
    log.io[id] = request.io;
    log.order[id] = this.world.eventNumber;
    log.tick[id] = queue.atTick;
    if (request.device < 0) return;
    if (watch.requestServiced !== unheard) this.tellServiced(row, status);
    if (story.isKept && request.step >= 0) this.tellStep(row, status);
  }

  private tellServiced(row: number, status: number): void {
    const { requests, watch, queue, steps } = this.world;
    const { serviced } = this;
    const request = requests.rows[row]!;
    const { step } = request;
    serviced.operationId = request.operationId;
    serviced.node = request.node;
    serviced.generation = request.generation;
    serviced.device = request.device;
    serviced.operation = op.OPERATIONS[request.operation]!;
    serviced.sector = request.sector;
    serviced.count = request.count;
    serviced.fua = request.fua === 1;
    serviced.step = step < 0 ? undefined : steps.words[step];
    serviced.status = op.STATUSES[status] as ServicedRequest['status'];
    serviced.tick = queue.atTick;
    watch.requestServiced(serviced);
  }

  private tellStep(row: number, status: number): void {
    const { requests, steps, devices, story } = this.world;
    const step = steps.words[requests.rows[row]!.step]!;
    const device = devices.words[requests.rows[row]!.device]!;
    const way = this.world.plan.pathsCount > 1 ? ` by path ${requests.rows[row]!.path}` : '';
    story.tell(`node ${requests.rows[row]!.node}`, `${step} at the ${device}${way}: ${op.STATUSES[status]!}`);
  }

  private breaksBounds(node: number, device: number, operation: number, request: DeviceRequest): boolean {
    if (operation === op.Operation.INQUIRY || operation === op.Operation.FLUSH) return false;
    if (op.isAboutReservation(operation)) return false;
    const { sector, count } = request;
    const { sizeSectors } = this.world.devices.devices[device]!;
    if (
      Number.isInteger(sector) &&
      Number.isInteger(count) &&
      sector >= 0 &&
      count >= 0 &&
      sector + count <= sizeSectors
    ) {
      return false;
    }
    const name = this.world.devices.words[device]!;
    this.world.verdict.report({
      oracle: 'O8',
      sentence: `node ${node} asked for ${request.operation} of ${count} sectors from sector ${sector} on at the ${name}, which ends at sector ${sizeSectors}`,
      signature: `${request.operation} outside the device`,
    });
    return true;
  }
}
