/**
 * Owns device requests in flight: issue, bounded repetition, time-out, other paths. A request that is not answered in time, or whose path was
 * lost, is aborted at its device, and counts as failed only once the device has answered: until then its range must not be touched again.
 * Leaves out what an answer means (`handle.ts` hands it to its owner).
 *
 *   sent ──pathLost──► may land late? abort by another path ──aborted──► sent by another path
 *    │                     └──no path: waits for one                        └──none, or too often: a failure
 *    ├──no answer───► abort ──aborted──► a failure
 *    └──error───────► a failure: sent again after a pause, or answered
 */

import type { DeviceRequest, Effects } from '../contract/effects.js';
import type { DeviceCompletedEvent } from '../contract/events.js';
import type { DeviceOperation, Step } from '../contract/vocabulary.js';
import { noteReset } from '../regions/resets.js';
import { beginFlush } from '../regions/unflushed.js';
import { assertNever, fail } from './assert.js';
import { detach, isKnown, isVisible, PORT_NONE, portAt, portOf } from './ports.js';
import {
  blankRequest,
  diskAt,
  type EngineState,
  REQUESTS_MAX,
  type RequestOwner,
  type RequestState,
  type Side,
  transferAt,
} from './state.js';
import { TIMER_RETRY, TIMER_WATCHDOG, timerOf } from './timers.js';

export interface RequestPlan {
  owner: RequestOwner;
  disk: number;
  transfer?: number;
  side?: Side;
  /** Identity of the device; where it hangs is found anew for each attempt. For an inquiry 0: it asks a port what it is. */
  identity: number;
  port?: number;
  operation: DeviceOperation;
  sector: number;
  count: number;
  slot?: number;
  slotSector?: number;
  fua?: boolean;
  step?: Step | undefined;
}

/** Sends a request to a device. Its answer comes to `owner` exactly once, after repetitions. */
export function issueRequest(state: EngineState, plan: RequestPlan, out: Effects): void {
  const slot = takeSlot(state);
  const request = requestAt(state, slot);
  request.owner = plan.owner;
  request.disk = plan.disk;
  request.transfer = plan.transfer ?? -1;
  request.side = plan.side ?? 'source';
  request.identity = plan.identity;
  request.port = plan.port ?? -1;
  request.operation = plan.operation;
  request.sector = plan.sector;
  request.count = plan.count;
  request.slot = plan.slot ?? -1;
  request.slotSector = plan.slotSector ?? 0;
  request.fua = plan.fua ?? false;
  request.step = plan.step;
  request.attempts = 0;
  request.detours = 0;
  send(state, slot, request, PORT_NONE, out);
}

/** The same for one side of a transfer, the most frequent request by far: from its table entry, without a plan in between. */
export function issueForTransfer(
  state: EngineState,
  index: number,
  side: Side,
  identity: number,
  sector: number,
  count: number,
  out: Effects,
): void {
  const transfer = transferAt(state, index);
  const { operation } = transfer;
  const slot = takeSlot(state);
  const request = requestAt(state, slot);
  request.owner = 'transfer';
  request.disk = transfer.disk;
  request.transfer = index;
  request.side = side;
  request.identity = identity;
  request.operation = operation;
  request.sector = sector;
  request.count = count;
  request.slot = operation === 'read' || operation === 'write' ? index : -1;
  request.slotSector = 0;
  request.fua = transfer.fua;
  request.step = undefined;
  request.attempts = 0;
  request.detours = 0;
  send(state, slot, request, PORT_NONE, out);
}

function takeSlot(state: EngineState): number {
  const slot = state.requestsFree.pop();
  if (slot !== undefined) return slot;
  // The table is as long as it ever had to be: it is looked through, and few requests are in flight at a time.
  if (state.requests.length === REQUESTS_MAX) fail(`more than ${REQUESTS_MAX} device requests in flight`);
  return state.requests.push(blankRequest()) - 1;
}

/** `avoided`: the port of an earlier attempt, not to be used while there is another. */
function send(state: EngineState, slot: number, request: RequestState, avoided: number, out: Effects): void {
  state.requestSequence += 1;
  if (request.owner !== 'inquiry') request.port = portOf(state, request.identity, avoided);
  request.id = state.requestSequence * REQUESTS_MAX + slot;
  if (request.operation === 'flush') request.flushEpoch = beginFlush(diskAt(state, request.disk), request.identity);
  request.watchdogLooks = 0;
  request.phase = 'sent';
  request.pathLost = false;
  const wire: DeviceRequest = {
    request: request.id,
    port: request.port,
    operation: request.operation,
    sector: request.sector,
    count: request.count,
    slot: request.slot,
    slotSector: request.slotSector,
    fua: request.fua,
    step: request.step,
  };
  out.request(wire);
  armWatchdog(state, out);
}

export type RequestAnswer =
  | { kind: 'late' }
  | { kind: 'repeated' }
  | { kind: 'reset'; request: RequestState }
  | { kind: 'answered'; request: RequestState; ok: boolean };

/**
 * Takes a device's answer in: late ones are dropped, failed ones repeated within bounds. An answered request is the caller's to look at, until
 * it is given back by `freeRequest`.
 */
export function takeAnswer(state: EngineState, event: DeviceCompletedEvent, out: Effects): RequestAnswer {
  const slot = event.request % REQUESTS_MAX;
  const request = state.requests[slot];
  if (request === undefined || request.owner === 'free' || request.id !== event.request) return { kind: 'late' };
  switch (event.status) {
    case 'ok':
      return { kind: 'answered', request, ok: true };
    case 'unitAttention':
      // A reset was reported and the command not executed: it goes again, but first it is noted what the reset may have cost.
      noteReset(state, request, out);
      send(state, slot, request, request.port, out);
      return { kind: 'reset', request };
    case 'pathLost':
      return takePathLoss(state, slot, request, out);
    case 'missing':
      if (request.owner === 'inquiry' || !isKnown(state, request.identity))
        return { kind: 'answered', request, ok: false };
      if (request.port !== PORT_NONE) suspect(state, request.port);
      return detour(state, slot, request, out);
    case 'aborted':
      if (!request.pathLost) return repeat(state, slot, request, out);
      request.pathLost = false;
      out.probe('path.aborted-before-retry', true);
      return detour(state, slot, request, out);
    case 'error':
      return repeat(state, slot, request, out);
    case 'conflict':
      // A reservation that shuts this node out does so for good.
      return { kind: 'answered', request, ok: false };
    default:
      return assertNever(event.status);
  }
}

/** A failure of the device: the request goes again after a pause, or has failed. */
function repeat(state: EngineState, slot: number, request: RequestState, out: Effects): RequestAnswer {
  const isLast = request.attempts >= state.configuration.limits.retriesMax;
  if (isLast || isLost(state, request)) return { kind: 'answered', request, ok: false };
  request.attempts += 1;
  request.phase = 'retrying';
  out.probe('request.retried', true);
  out.timer(timerOf(TIMER_RETRY, slot), state.configuration.limits.retryDelayTicks);
  return { kind: 'repeated' };
}

/** The loss of one of several paths is no failure of the device: the request, which cannot land any more, goes by another at once. */
function detour(state: EngineState, slot: number, request: RequestState, out: Effects): RequestAnswer {
  request.detours += 1;
  const { detoursMax } = state.configuration.limits;
  if (!isVisible(state, request.identity) || request.detours > detoursMax || isLost(state, request))
    return repeat(state, slot, request, out);
  out.probe('path.retried-on-another', true);
  send(state, slot, request, request.port, out);
  return { kind: 'repeated' };
}

/** Who has lost a disk tries nothing for it again. */
const isLost = (state: EngineState, request: RequestState): boolean =>
  request.owner !== 'inquiry' && diskAt(state, request.disk).ownershipLost;

/** Of a request, or of its abort. What changes nothing may land whenever it likes; anything else is aborted before its range is touched again. */
function takePathLoss(state: EngineState, slot: number, request: RequestState, out: Effects): RequestAnswer {
  if (request.owner === 'inquiry') return { kind: 'answered', request, ok: false };
  out.probe('path.request-lost', true);
  suspect(state, request.phase === 'aborting' ? request.abortPort : request.port);
  if (changesNothing(request.operation)) return detour(state, slot, request, out);
  request.pathLost = true;
  abort(state, request, out);
  return { kind: 'repeated' };
}

/** Aborts a request by another path than its own where there is one; where there is none it waits for one: whether it lands is not certain. */
function abort(state: EngineState, request: RequestState, out: Effects): void {
  const port = portOf(state, request.identity, request.port);
  request.phase = port === PORT_NONE ? 'stranded' : 'aborting';
  request.abortPort = port;
  out.probe('path.waited-for-path', port === PORT_NONE);
  if (port !== PORT_NONE) out.cancel(request.id, port);
}

/** A path to a device has come back: what waits to be aborted there is. */
export function abortWaiting(state: EngineState, identity: number, out: Effects): void {
  for (const request of state.requests) {
    if (request.owner !== 'free' && request.phase === 'stranded' && request.identity === identity)
      abort(state, request, out);
  }
}

/** Nothing is sent to the port until it was asked again who is there (`inquiries.ts`). */
function suspect(state: EngineState, index: number): void {
  detach(state, index);
  const port = portAt(state, index);
  port.isSuspect = !port.inquiryPending;
}

const changesNothing = (operation: DeviceOperation): boolean =>
  operation === 'read' ||
  operation === 'flush' ||
  operation === 'nextExtent' ||
  operation === 'inquiry' ||
  operation === 'readReservation';

export function freeRequest(state: EngineState, request: RequestState): void {
  state.requestsFree.push(request.id % REQUESTS_MAX);
  request.owner = 'free';
  request.id = 0;
}

/** The pause before a repetition is over. */
export function retryRequest(state: EngineState, slot: number, out: Effects): void {
  const request = requestAt(state, slot);
  if (request.owner !== 'free' && request.phase === 'retrying') send(state, slot, request, request.port, out);
}

/** Cancels what has been in flight since before the last two looks: two intervals are one time-out, so none is cancelled early. */
export function lookAtRequests(state: EngineState, out: Effects): void {
  state.watchdogArmed = false;
  for (const request of state.requests) {
    if (request.owner === 'free' || request.phase !== 'sent') continue;
    request.watchdogLooks += 1;
    if (request.watchdogLooks < 3) continue;
    out.probe('request.cancelled', true);
    giveUp(state, request, out);
  }
  armWatchdog(state, out);
}

/** The device is silent, or its path is: a path that has another beside it is asked again who is there before it is used again. */
function giveUp(state: EngineState, request: RequestState, out: Effects): void {
  const port = portOf(state, request.identity, request.port);
  if (port !== PORT_NONE && port !== request.port) suspect(state, request.port);
  if (port !== PORT_NONE || !changesNothing(request.operation)) {
    abort(state, request, out);
    return;
  }
  // Nothing to be certain of at the device: only this host has to be done with it.
  request.phase = 'aborting';
  request.abortPort = request.port;
  out.cancel(request.id, request.port);
}

function armWatchdog(state: EngineState, out: Effects): void {
  if (state.watchdogArmed || state.requestsFree.length === state.requests.length) return;
  state.watchdogArmed = true;
  out.timer(timerOf(TIMER_WATCHDOG, 0), Math.ceil(state.configuration.limits.requestTimeoutTicks / 2));
}

function requestAt(state: EngineState, slot: number): RequestState {
  const request = state.requests[slot];
  if (request === undefined) fail(`request slot ${slot} of ${REQUESTS_MAX}`);
  return request;
}
