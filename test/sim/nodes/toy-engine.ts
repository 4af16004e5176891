/**
 * Owns a frozen little engine for tests of nodes, placements and worlds: it passes application I/O through to the device on port 0, and
 * misbehaves on command. It is a module of the shape of an `EngineModule`, to be imported or loaded by URL. Do not change what it does or
 * says: digests of it are kept as snapshots.
 *
 *     boot           → ready                       clusterOnline   → diskOnline 'online'
 *     shutdown       → shutdownDone                clusterOffline  → diskOffline
 *     application    → capture (write), one request; 'busy' without a free slot
 *     completed      → deliver (read), applicationCompleted, or the answer to a command
 *     command        → commandCompleted 'done'; 'throttle' plays a trick, by its argument (see TRICK_…)
 *     message        → the same back, as 'reread'; none to a 'reread'
 *     deviceMapped   → an inquiry of the port      timer           → a mark; it is asked for again while above 0, lower by one
 *     membership     → a mark
 *
 * The payload of application sector s lies at sector `TOY_LABEL_SECTORS + s` of the device, whatever disk or identity it was addressed to.
 */
import type { EngineConfiguration } from '../../../engine/contract/configuration.js';
import type { DeviceRequest, Effects } from '../../../engine/contract/effects.js';
import type {
  ApplicationEvent,
  CommandEvent,
  DeviceCompletedEvent,
  EngineEvent,
  MessageEvent,
} from '../../../engine/contract/events.js';
import type { EngineVocabulary } from '../../../engine/contract/module.js';

export const TOY_LABEL_SECTORS = 16;

/** Throws, after one effect. */
export const TRICK_THROW = 1;
/** Never returns. */
export const TRICK_LOOP = 2;
/** Asks the host for the time. */
export const TRICK_CLOCK = 3;
/** Asks the host for the time, and hides that it was refused. */
export const TRICK_CLOCK_CAUGHT = 4;
/** More effects than a turn may have. */
export const TRICK_FLOOD = 5;
/** From now on the payload of a write is captured one turn late: when its first request has completed. */
export const TRICK_CAPTURE_LATE = 6;
/** From now on a read is completed without its payload. */
export const TRICK_DELIVER_NOTHING = 7;
/** A timer whose number is how many engines this module has created: state that only an inline restart keeps. */
export const TRICK_MODULE_STATE = 8;
/** The application is to use the native identity 77 for disk 0. */
export const TRICK_RENAME = 9;
/** Fills slot 0 with 512 bytes of value 7, and writes them to sector 0 of port 0. */
export const TRICK_FILL = 10;
/** A word that is not in the vocabulary. */
export const TRICK_WORD = 11;
/** Captures an I/O that is not in flight. */
export const TRICK_CAPTURE_UNKNOWN = 12;

export const vocabulary: EngineVocabulary = {
  states: ['none', 'setup'],
  commands: ['setup', 'throttle', 'query'],
  commandOutcomes: ['done', 'refused'],
  refusals: ['none', 'busy'],
  causes: ['command'],
  deviceOperations: ['inquiry', 'read', 'write', 'flush', 'discard', 'writeZeroes', 'nextExtent'],
  deviceStatuses: ['ok', 'error', 'aborted', 'unitAttention', 'missing'],
  applicationOperations: ['read', 'write', 'flush', 'discard', 'writeZeroes'],
  applicationStatuses: ['ok', 'error', 'denied', 'offline', 'busy'],
  addresses: ['name', 'native'],
  onlineOutcomes: ['online', 'failed'],
  messages: ['configure', 'reread'],
  steps: ['setup.metadata.write'],
  probes: ['request.retried', 'request.cancelled'],
};

interface ToyRequest {
  /** Application I/O; −1: none. */
  io: number;
  operation: ApplicationEvent['operation'];
  slot: number;
  sector: number;
  count: number;
  /** The write waits for its payload. */
  late: boolean;
}

interface ToyState {
  requestsCount: number;
  /** By request number; undefined: answered. */
  requests: (ToyRequest | undefined)[];
  slotsBusy: boolean[];
  capturesLate: boolean;
  deliversNothing: boolean;
}

/** On purpose what an engine must not have: the placements disagree about it. */
let enginesCount = 0;

export function create(configuration: EngineConfiguration): ToyState {
  enginesCount += 1;
  const slotsBusy = Array<boolean>(configuration.slotsCount).fill(false);
  return { requestsCount: 0, requests: [], slotsBusy, capturesLate: false, deliversNothing: false };
}

export function handle(state: unknown, event: EngineEvent, out: Effects): void {
  const toy = state as ToyState;
  switch (event.kind) {
    case 'boot':
      return out.ready();
    case 'clusterOnline':
      return out.diskOnline(event.disk, 'online');
    case 'clusterOffline':
      return out.diskOffline(event.disk, false);
    case 'shutdown':
      return out.shutdownDone();
    case 'application':
      return passThrough(toy, event, out);
    case 'deviceCompleted':
      return complete(toy, event, out);
    case 'command':
      return obey(toy, event, out);
    case 'message':
      return answer(event, out);
    case 'deviceMapped':
      return ask(toy, { io: -1, operation: 'read', slot: -1, sector: 0, count: 0, late: false }, event.port, out);
    case 'timer':
      out.probe('request.retried', true);
      return event.timer > 0 ? out.timer(event.timer - 1, 10) : undefined;
    case 'membership':
      return out.probe('request.cancelled', event.reachableMask !== event.configuredMask);
  }
}

function passThrough(toy: ToyState, event: ApplicationEvent, out: Effects): void {
  const { io, operation, sector, count } = event;
  const hasPayload = operation === 'read' || operation === 'write';
  const slot = hasPayload ? toy.slotsBusy.indexOf(false) : -1;
  if (hasPayload && slot === -1) return out.applicationCompleted(io, 'busy');
  if (slot !== -1) toy.slotsBusy[slot] = true;
  const late = operation === 'write' && toy.capturesLate;
  if (operation === 'write' && !late) out.capture(io, slot);
  ask(toy, { io, operation, slot, sector, count, late }, 0, out, event.fua);
}

/** One request; of a device that was mapped (no I/O), or of a write without its payload yet, it is an inquiry. */
function ask(toy: ToyState, asked: ToyRequest, port: number, out: Effects, fua = false): void {
  const request: DeviceRequest = {
    request: toy.requestsCount,
    port,
    operation: asked.io === -1 || asked.late ? 'inquiry' : asked.operation,
    sector: asked.operation === 'flush' ? 0 : TOY_LABEL_SECTORS + asked.sector,
    count: asked.operation === 'flush' ? 0 : asked.count,
    slot: asked.late ? -1 : asked.slot,
    slotSector: 0,
    fua,
    step: undefined,
  };
  toy.requestsCount += 1;
  toy.requests[request.request] = asked;
  out.request(request);
}

function complete(toy: ToyState, event: DeviceCompletedEvent, out: Effects): void {
  const asked = toy.requests[event.request];
  if (asked === undefined) throw new Error(`expected a request in flight, got ${event.request}`);
  toy.requests[event.request] = undefined;
  if (asked.late) {
    out.capture(asked.io, asked.slot);
    return ask(toy, { ...asked, late: false }, 0, out);
  }
  if (asked.slot !== -1) toy.slotsBusy[asked.slot] = false;
  if (asked.io === -1) return;
  if (asked.operation === 'read' && event.status === 'ok' && !toy.deliversNothing) out.deliver(asked.io, asked.slot);
  out.applicationCompleted(asked.io, event.status === 'ok' ? 'ok' : 'error');
}

function answer({ from, message, disk, migration, source, target }: MessageEvent, out: Effects): void {
  if (message === 'configure') out.message(from, 'reread', disk, migration, source, target);
}

function obey(toy: ToyState, { id, command, disk, argument }: CommandEvent, out: Effects): void {
  if (command === 'throttle') playTrick(toy, argument, out);
  if (command === 'setup') out.stateChanged(disk, 'none', 'setup', 'command');
  if (command === 'query') {
    const requestsCount = toy.requests.filter((request) => request !== undefined).length;
    out.progress({
      disk,
      state: 'none',
      regionsCount: toy.requestsCount,
      regionsDirtyCount: requestsCount,
      regionsCopiedCount: 0,
      paused: false,
      regionsPerSecond: 0,
      remainingTicks: -1,
      unreadableRegion: -1,
    });
  }
  out.commandCompleted(id, 'done', 'none');
}

function playTrick(toy: ToyState, trick: number, out: Effects): void {
  switch (trick) {
    case TRICK_THROW:
      out.timer(1, 1);
      throw new RangeError(`expected no trick, got ${trick}, at /some/where/toy-engine.js:12:3`);
    case TRICK_LOOP:
      for (;;) toy.requestsCount += 1;
    case TRICK_CLOCK:
      return out.timer(Date.now(), 1);
    case TRICK_CLOCK_CAUGHT:
      try {
        return out.timer(Date.now(), 1);
      } catch {
        return out.timer(2, 1);
      }
    case TRICK_FLOOD:
      for (let count = 0; count < 10_000; count += 1) out.ready();
      return;
    case TRICK_CAPTURE_LATE:
      toy.capturesLate = true;
      return;
    case TRICK_DELIVER_NOTHING:
      toy.deliversNothing = true;
      return;
    case TRICK_MODULE_STATE:
      return out.timer(enginesCount, 1);
    case TRICK_RENAME:
      return out.deviceName(0, 'native', 77);
    case TRICK_FILL:
      out.fill(0, new Uint8Array(512).fill(7));
      return writeRecord(toy, out);
    case TRICK_WORD:
      return out.applicationCompleted(0, 'maybe' as 'ok');
    case TRICK_CAPTURE_UNKNOWN:
      return out.capture(4_000_000, 0);
    default:
      return;
  }
}

function writeRecord(toy: ToyState, out: Effects): void {
  const request = toy.requestsCount;
  toy.requestsCount += 1;
  toy.requests[request] = { io: -1, operation: 'write', slot: -1, sector: 0, count: 1, late: false };
  const step = 'setup.metadata.write';
  out.request({ request, port: 0, operation: 'write', sector: 0, count: 1, slot: 0, slotSector: 0, fua: true, step });
}
