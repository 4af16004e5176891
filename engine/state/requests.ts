/**
 * Owns device requests in flight: issue, bounded repetition, time-out. A request that is not answered in time is cancelled at its
 * device, and counts as failed only once the device has answered: until then its range must not be touched again. Leaves out what an
 * answer means (`handle.ts` hands it to its owner).
 */

import type { DeviceRequest, Effects } from '../contract/effects.js';
import type { DeviceCompletedEvent } from '../contract/events.js';
import type { DeviceOperation, DeviceStatus, Step } from '../contract/vocabulary.js';
import { fail } from './assert.js';
import { portOf } from './ports.js';
import {
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
  send(state, slot, request, out);
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
  send(state, slot, request, out);
}

function takeSlot(state: EngineState): number {
  const slot = state.requestsFree.pop();
  if (slot === undefined) fail(`more than ${REQUESTS_MAX} device requests in flight`);
  return slot;
}

function send(state: EngineState, slot: number, request: RequestState, out: Effects): void {
  state.requestSequence += 1;
  if (request.owner !== 'inquiry') request.port = portOf(state, request.identity);
  request.id = state.requestSequence * REQUESTS_MAX + slot;
  request.watchdogLooks = 0;
  request.cancelled = false;
  request.waitsForRetry = false;
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
  const request = requestAt(state, slot);
  if (request.owner === 'free' || request.id !== event.request) return { kind: 'late' };
  const ok = event.status === 'ok';
  if (event.status === 'unitAttention') {
    // A reset was reported and the command not executed: the command goes again.
    send(state, slot, request, out);
    return { kind: 'reset', request };
  }
  if (!ok && isWorthRetrying(state, request, event.status)) {
    request.attempts += 1;
    request.waitsForRetry = true;
    out.probe('request.retried', true);
    out.timer(timerOf(TIMER_RETRY, slot), state.configuration.limits.retryDelayTicks);
    return { kind: 'repeated' };
  }
  return { kind: 'answered', request, ok };
}

/** A reservation that shuts this node out does so for good; and who has lost a disk tries nothing for it again. */
function isWorthRetrying(state: EngineState, request: RequestState, status: DeviceStatus): boolean {
  if (status === 'missing' || status === 'conflict') return false;
  if (request.owner !== 'inquiry' && diskAt(state, request.disk).ownershipLost) return false;
  return request.attempts < state.configuration.limits.retriesMax;
}

export function freeRequest(state: EngineState, request: RequestState): void {
  state.requestsFree.push(request.id % REQUESTS_MAX);
  request.owner = 'free';
  request.id = 0;
}

/** The pause before a repetition is over. */
export function retryRequest(state: EngineState, slot: number, out: Effects): void {
  const request = requestAt(state, slot);
  if (request.owner !== 'free' && request.waitsForRetry) send(state, slot, request, out);
}

/** Cancels what has been in flight since before the last two looks: two intervals are one time-out, so none is cancelled early. */
export function lookAtRequests(state: EngineState, out: Effects): void {
  state.watchdogArmed = false;
  for (const request of state.requests) {
    if (request.owner === 'free' || request.waitsForRetry || request.cancelled) continue;
    request.watchdogLooks += 1;
    if (request.watchdogLooks < 3) continue;
    request.cancelled = true;
    out.probe('request.cancelled', true);
    out.cancel(request.id);
  }
  armWatchdog(state, out);
}

function armWatchdog(state: EngineState, out: Effects): void {
  if (state.watchdogArmed || state.requestsFree.length === REQUESTS_MAX) return;
  state.watchdogArmed = true;
  out.timer(timerOf(TIMER_WATCHDOG, 0), Math.ceil(state.configuration.limits.requestTimeoutTicks / 2));
}

function requestAt(state: EngineState, slot: number): RequestState {
  const request = state.requests[slot];
  if (request === undefined) fail(`request slot ${slot} of ${REQUESTS_MAX}`);
  return request;
}
