/** Owns the engine's one entrance: an event comes in, effects go out, nothing is left waiting that could go on. */

import type { Effects } from '../contract/effects.js';
import type { DeviceCompletedEvent, EngineEvent, MessageEvent, TimerEvent } from '../contract/events.js';
import { admit } from '../data-path/admission.js';
import { continueCopy, endThrottle, takeExtent } from '../data-path/copier.js';
import { loseOwnership, takeVerification, verifyReservation } from '../data-path/ownership.js';
import { settleSide } from '../data-path/settle.js';
import { takeLogAnswer } from '../regions/dirty-log.js';
import { askSize, takeSize } from '../regions/growth.js';
import { noteServed } from '../regions/unflushed.js';
import { assertNever } from '../state/assert.js';
import { inquire, inquireSuspects, takeInquiry } from '../state/inquiries.js';
import { freeRequest, lookAtRequests, retryRequest, takeAnswer } from '../state/requests.js';
import { diskAt, type EngineState, isCluster, type RequestState, transferAt } from '../state/state.js';
import {
  copierDisk,
  TIMER_COPIER,
  TIMER_PROCEDURE,
  TIMER_RETRY,
  TIMER_WATCHDOG,
  timerArgument,
  timerKind,
} from '../state/timers.js';
import { advance } from './advance.js';
import { takeCommand } from './commands.js';
import { answerProcedure, wakeProcedure } from './procedures.js';

/** Takes one event in. Throws only when an invariant is broken. */
export function handle(state: EngineState, event: EngineEvent, out: Effects): void {
  take(state, event, out);
  advance(state, out);
}

function take(state: EngineState, event: EngineEvent, out: Effects): void {
  switch (event.kind) {
    case 'boot':
      for (let port = 0; port < state.ports.length; port += 1) inquire(state, port, out);
      return;
    case 'clusterOnline':
      bringOnline(state, event.disk);
      return;
    case 'clusterOffline':
      stopDisk(state, event.disk, out);
      return;
    case 'shutdown':
      state.phase = 'stopping';
      for (const disk of state.disks) {
        disk.wants.online = false;
        if (disk.lifecycle !== 'standby') disk.wants.stop = true;
      }
      return;
    case 'membership':
      state.configuredMask = event.configuredMask;
      state.reachableMask = event.reachableMask;
      return;
    case 'message':
      takeMessage(state, event);
      return;
    case 'command':
      takeCommand(state, event, out);
      return;
    case 'application':
      admit(state, event, out);
      return;
    case 'deviceCompleted':
      completeRequest(state, event, out);
      return;
    case 'deviceMapped':
      inquire(state, event.port, out);
      return;
    case 'timer':
      takeTimer(state, event, out);
      return;
    default:
      assertNever(event);
  }
}

function bringOnline(state: EngineState, index: number): void {
  const disk = diskAt(state, index);
  const leaves = disk.wants.stop || disk.wants.giveUp || disk.ownershipLost;
  if (disk.lifecycle === 'standby' || disk.lifecycle === 'stopping' || leaves) disk.wants.online = true;
}

function stopDisk(state: EngineState, index: number, out: Effects): void {
  const disk = diskAt(state, index);
  disk.wants.online = false;
  if (disk.lifecycle === 'standby') out.diskOffline(index, false);
  else disk.wants.stop = true;
}

/** Only a node that does not serve the disk minds what its owner says. */
function takeMessage(state: EngineState, event: MessageEvent): void {
  const disk = diskAt(state, event.disk);
  if (disk.lifecycle !== 'standby') return;
  if (event.message === 'reread') {
    disk.wants.reread = true;
    return;
  }
  disk.wants.configureMigration = event.migration;
  disk.wants.configureSource = event.source;
  disk.wants.configureTarget = event.target;
}

function completeRequest(state: EngineState, event: DeviceCompletedEvent, out: Effects): void {
  const answer = takeAnswer(state, event, out);
  if (answer.kind === 'reset') {
    verifyReservation(state, answer.request, out);
    askSize(state, answer.request.identity, out);
  }
  if (event.status === 'pathLost' || event.status === 'missing') inquireSuspects(state, out);
  if (answer.kind !== 'answered') return;
  noteServed(state, diskAt(state, answer.request.disk), answer.request, answer.ok);
  if (event.status === 'conflict') loseOwnership(state, diskAt(state, answer.request.disk), out);
  handAnswer(state, answer.request, answer.ok, event, out);
  freeRequest(state, answer.request);
}

function handAnswer(
  state: EngineState,
  request: RequestState,
  ok: boolean,
  event: DeviceCompletedEvent,
  out: Effects,
): void {
  const disk = diskAt(state, request.disk);
  switch (request.owner) {
    case 'transfer':
      if (transferAt(state, request.transfer).kind === 'copy') continueCopy(state, disk, request, ok, event, out);
      else settleSide(state, disk, request, ok, out);
      return;
    case 'procedure':
      answerProcedure(state, disk, ok, event, out);
      return;
    case 'copier':
      takeExtent(disk, request, ok, event);
      return;
    case 'inquiry':
      // A target that has just come into sight is to be acknowledged.
      if (takeInquiry(state, request, ok, event, out) && state.phase !== 'booting' && isCluster(state))
        for (const each of state.disks) each.wants.reread = each.lifecycle === 'standby';
      return;
    case 'verification':
      takeVerification(state, disk, request, ok, event, out);
      return;
    case 'log':
      takeLogAnswer(state, disk, ok);
      return;
    case 'size':
      if (ok) takeSize(state, event.valueA, event.valueB, out);
      return;
    case 'free':
      return;
    default:
      assertNever(request.owner);
  }
}

function takeTimer(state: EngineState, event: TimerEvent, out: Effects): void {
  const argument = timerArgument(event.timer);
  switch (timerKind(event.timer)) {
    case TIMER_WATCHDOG:
      lookAtRequests(state, out);
      inquireSuspects(state, out);
      return;
    case TIMER_RETRY:
      retryRequest(state, argument, out);
      return;
    case TIMER_PROCEDURE:
      wakeProcedure(state, diskAt(state, argument), out);
      return;
    case TIMER_COPIER:
      endThrottle(diskAt(state, copierDisk(argument)), argument);
      return;
  }
}
