/**
 * Owns what becomes of a request whose path is lost, and of its abort. The host and the device know different things of it from then on.
 *
 *   on the path ──lost──► settled: it never arrived, or did (whole, in part) and its answer is lost
 *                   └───► travels: a write of a `zombie` path lands later, whole or in part
 *                            └──aborted at the device by another path, or its node stops──► settled now
 *
 * FAULT MODEL. The host hears of the loss, or (silent) of nothing. When it has heard, it is done with the request: its DMA slot is not
 * touched again, and what travels left it before. An abort by a lost path does not arrive, and the host's driver says so at once.
 */

import type { Stream } from '../../determinism/decisions.js';
import type { PathFault } from '../nodes/paths.js';
import type { World } from '../world.js';
import { drawCompletionTicks, DRIVER_TICKS } from './latency.js';
import * as op from './operations.js';
import { LANDINGS, payloadOf, spoilSlot } from './plane-actions.js';
import { Loss, RequestStage } from './request-table.js';

/** What travels on a lost path arrives when its host has gone on without it; where nobody told the host, sooner or later than it gives up waiting. */
const TRAVEL_TICKS_MIN = 200;
const TRAVEL_TICKS_MAX = 20_000;
const TRAVEL_SILENTLY_TICKS_MAX = 150_000;

/** A request was to be serviced, but its path is lost. */
export function loseOnPath(world: World, row: number, loss: PathFault): void {
  const { requests, log, queue, service, paths, steps, watch } = world;
  const { stream } = loss.fault;
  log.lostTick[requests.rows[row]!.operationId] = queue.atTick;
  spoilSlot(world, row);
  if (loss.effect === 'zombie' && op.changesSectors(requests.rows[row]!.operation)) {
    setOut(world, row);
    const ticks = stream.between(TRAVEL_TICKS_MIN, loss.isSilent ? TRAVEL_SILENTLY_TICKS_MAX : TRAVEL_TICKS_MAX);
    service.serviceIn(row, ticks);
  } else {
    service.note(row, service.land(row, stream.pick(LANDINGS), stream));
    requests.rows[row]!.loss = Loss.SETTLED;
  }
  paths.tellHit(row, loss);
  const step = requests.rows[row]!.step;
  if (step >= 0 && !loss.isSilent) watch.stepHit(steps.words[step]!, 'path');
  if (loss.isSilent) requests.rows[row]!.state = RequestStage.LOST;
  else service.reply(row, op.Status.PATH_LOST, DRIVER_TICKS);
}

/** An abort went by a path that is lost: the host is done with the request, the device may not be. */
export function abandonOnPath(world: World, row: number): void {
  const { requests, log, queue, service } = world;
  if (requests.rows[row]!.loss === Loss.NONE) {
    log.lostTick[requests.rows[row]!.operationId] = queue.atTick;
    spoilSlot(world, row);
    // What is queued is serviced when it was to be; what the device holds on to it never does.
    if (requests.rows[row]!.state === RequestStage.QUEUED && op.changesSectors(requests.rows[row]!.operation))
      setOut(world, row);
    else requests.rows[row]!.loss = Loss.SETTLED;
  }
  service.reply(row, op.Status.PATH_LOST, DRIVER_TICKS);
}

/** A request whose path was lost is aborted at the device: whatever of it lands, lands now. */
export function abortLost(world: World, row: number, stream: Stream): void {
  const { requests, service } = world;
  if (requests.rows[row]!.loss === Loss.TRAVELS) arrive(world, row, service.land(row, stream.pick(LANDINGS), stream));
  service.reply(row, op.Status.ABORTED, drawCompletionTicks(stream));
}

/** What travelled on a lost path arrives. A device that was reset meanwhile executes nothing before it has said so. */
export function landLate(world: World, row: number): void {
  const { requests, devices, service, paths, story, watch } = world;
  const { node, device, operationId, sector, count } = requests.rows[row]!;
  const isRefused = devices.owesAttention(device, node);
  const landing = isRefused ? 'none' : paths.stream.pick(['whole', 'whole', 'part'] as const);
  const overtakenBy = newestIn(world, row);
  const status = service.land(row, landing, paths.stream);
  arrive(world, row, status);
  if (story.isKept) story.tell(devices.words[device]!, `operation ${operationId}, lost on its path, lands late`);
  if (status !== op.Status.DROPPED && overtakenBy > operationId)
    watch.landedOvertaken(node, device, sector, count, operationId, overtakenBy);
}

/** @returns the newest operation that the sectors of a request were last changed by. */
function newestIn({ requests, devices }: World, row: number): number {
  const { device, sector: first, count } = requests.rows[row]!;
  const unit = devices.devices[device]!;
  let newest = 0;
  for (let sector = first; sector < first + count; sector += 1)
    newest = Math.max(newest, unit.lineage('volatile', sector));
  return newest;
}

function setOut(world: World, row: number): void {
  const { requests } = world;
  const carries = requests.rows[row]!.operation === op.Operation.WRITE;
  requests.rows[row]!.payload = carries ? payloadOf(world, row).slice() : undefined;
  requests.rows[row]!.loss = Loss.TRAVELS;
}

function arrive({ requests, service }: World, row: number, status: number): void {
  requests.rows[row]!.loss = Loss.SETTLED;
  requests.rows[row]!.payload = undefined;
  service.note(row, status);
}
