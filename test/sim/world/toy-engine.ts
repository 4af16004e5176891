/**
 * Owns a little engine for tests of the world: it finds its devices by inquiry, takes named steps, passes the application's I/O to the source, and
 * moves its state on command. It migrates nothing and remembers nothing. It plays tricks on command (`throttle`, see TRICK_…). It is a module of the
 * shape of an `EngineModule`.
 */
import type { EngineConfiguration } from '../../../engine/contract/configuration.js';
import type { Effects, Probe } from '../../../engine/contract/effects.js';
import type {
  ApplicationEvent,
  CommandEvent,
  DeviceCompletedEvent,
  EngineEvent,
} from '../../../engine/contract/events.js';
import type { EngineVocabulary } from '../../../engine/contract/module.js';
import * as words from '../../../engine/contract/vocabulary.js';
import type { MigrationState, Step } from '../../../engine/contract/vocabulary.js';

/** From now on no command is answered. */
export const TRICK_MUTE = 900_001;
/** From now on no application request is answered. */
export const TRICK_DEAF = 900_002;
/** Throws. */
export const TRICK_THROW = 900_003;
/** Asks for a sector behind the end of the source. */
export const TRICK_BEYOND = 900_004;
/** Gives the disk up. */
export const TRICK_GIVE_UP = 900_005;
/** From now on nothing is retried, and nothing cancelled. */
export const TRICK_PATIENT = 900_006;

const LABEL_SECTORS = 16;
const SYNC_TICKS = 3_000;
const TIMER_SYNC = 1;
const SLOT_RECORD = 0;
const RECORD_SECTORS = 2;

/** Of the engine's steps and probes only those that the toy has, so that its digests stay when the engine gets more. */
const STEPS: readonly Step[] = [
  'recovery.epoch.write',
  'recovery.epoch.flush',
  'setup.metadata.write',
  'setup.metadata.flush',
  'sync.error-flag.write',
  'sync.error-flag.flush',
  'commit.target.flush',
  'commit.roll-forward-flag.write',
  'commit.roll-forward-flag.flush',
  'abort.setup.write',
  'abort.setup.flush',
  'cleanup.in-progress.write',
  'cleanup.in-progress.flush',
];
const TOY_PROBES: readonly Probe[] = ['standby.rolled-forward', 'request.retried', 'request.cancelled'];

export const vocabulary: EngineVocabulary = {
  states: words.STATES,
  commands: words.COMMANDS,
  commandOutcomes: words.COMMAND_OUTCOMES,
  refusals: words.REFUSALS,
  causes: words.CAUSES,
  deviceOperations: words.DEVICE_OPERATIONS,
  deviceStatuses: words.DEVICE_STATUSES,
  applicationOperations: words.APPLICATION_OPERATIONS,
  applicationStatuses: words.APPLICATION_STATUSES,
  addresses: words.ADDRESSES,
  onlineOutcomes: words.ONLINE_OUTCOMES,
  messages: words.MESSAGES,
  steps: STEPS,
  probes: TOY_PROBES,
};

/** What a request was for, and so what its completion means. */
type Purpose =
  | { kind: 'inquiry'; port: number }
  | { kind: 'step'; disk: number; steps: readonly Step[]; after: After }
  | { kind: 'application'; io: number; isRead: boolean; slot: number };
type After = { kind: 'online' } | { kind: 'enter'; state: MigrationState; command: number };

interface Request {
  purpose: Purpose;
  identity: number;
  operation: words.DeviceOperation;
  sector: number;
  count: number;
  slot: number;
  fua: boolean;
  step: Step | undefined;
}

interface ToyState {
  configuration: EngineConfiguration;
  identityByPort: number[];
  inquiriesLeft: number;
  requests: (Request | undefined)[];
  slotsBusy: boolean[];
  states: MigrationState[];
  isMute: boolean;
  isDeaf: boolean;
  isPatient: boolean;
}

export function create(configuration: EngineConfiguration): ToyState {
  return {
    configuration,
    identityByPort: [],
    inquiriesLeft: 0,
    requests: [],
    slotsBusy: Array<boolean>(configuration.slotsCount).fill(false),
    states: configuration.disks.map(() => 'none'),
    isMute: false,
    isDeaf: false,
    isPatient: false,
  };
}

export function handle(state: unknown, event: EngineEvent, out: Effects): void {
  const toy = state as ToyState;
  switch (event.kind) {
    case 'boot':
      return boot(toy, out);
    case 'clusterOnline':
      return takeSteps(toy, event.disk, ['recovery.epoch.write', 'recovery.epoch.flush'], { kind: 'online' }, out);
    case 'clusterOffline':
      return out.diskOffline(event.disk, false);
    case 'shutdown':
      return out.shutdownDone();
    case 'membership':
      return hail(toy, event.reachableMask, out);
    case 'message':
      return out.probe('standby.rolled-forward', true);
    case 'command':
      return obey(toy, event, out);
    case 'application':
      return passThrough(toy, event, out);
    case 'deviceCompleted':
      return complete(toy, event, out);
    case 'deviceMapped':
      return ask(toy, inquiry(event.port), out, event.port);
    case 'timer':
      return timerDue(toy, event.timer, out);
  }
}

const inquiry = (port: number): Request => ({
  purpose: { kind: 'inquiry', port },
  identity: -1,
  operation: 'inquiry',
  sector: 0,
  count: 0,
  slot: -1,
  fua: false,
  step: undefined,
});

function boot(toy: ToyState, out: Effects): void {
  toy.inquiriesLeft = toy.configuration.portsCount;
  for (let port = 0; port < toy.configuration.portsCount; port += 1) ask(toy, inquiry(port), out, port);
}

function hail(toy: ToyState, reachableMask: number, out: Effects): void {
  const { node, nodesMax } = toy.configuration;
  for (let other = 0; other < nodesMax; other += 1) {
    if (other !== node && (reachableMask & (1 << other)) !== 0) out.message(other, 'reread', 0, 0, 0, 0);
  }
}

/** Takes the first of the steps at the shared device; the others follow its completion. */
function takeSteps(toy: ToyState, disk: number, steps: readonly Step[], after: After, out: Effects): void {
  const step = steps[0]!;
  const isWrite = step.endsWith('.write');
  if (isWrite) out.fill(SLOT_RECORD, new Uint8Array(RECORD_SECTORS * 512).fill(steps.length));
  const request: Request = {
    purpose: { kind: 'step', disk, steps, after },
    identity: toy.configuration.disks[disk]!.sharedIdentity,
    operation: isWrite ? 'write' : 'flush',
    sector: 0,
    count: isWrite ? RECORD_SECTORS : 0,
    slot: isWrite ? SLOT_RECORD : -1,
    fua: false,
    step,
  };
  ask(toy, request, out);
}

function ask(toy: ToyState, request: Request, out: Effects, port = toy.identityByPort.indexOf(request.identity)): void {
  const number = toy.requests.length;
  toy.requests.push(request);
  const { operation, sector, count, slot, fua, step } = request;
  out.request({ request: number, port, operation, sector, count, slot, slotSector: 0, fua, step });
  if (!toy.isPatient) out.timer(-1 - number, toy.configuration.limits.requestTimeoutTicks);
}

function timerDue(toy: ToyState, timer: number, out: Effects): void {
  if (timer === TIMER_SYNC)
    return toy.states[0] === 'syncing' ? enter(toy, 0, 'source-selected', 'synchronised', out) : undefined;
  const number = -1 - timer;
  const request = toy.requests[number];
  if (request === undefined) return;
  const { purpose } = request;
  out.cancel(number, purpose.kind === 'inquiry' ? purpose.port : toy.identityByPort.indexOf(request.identity));
}

function enter(toy: ToyState, disk: number, to: MigrationState, cause: words.Cause, out: Effects): void {
  const from = toy.states[disk]!;
  if (from === to) return;
  toy.states[disk] = to;
  out.stateChanged(disk, from, to, cause);
  if (to === 'syncing') out.timer(TIMER_SYNC, SYNC_TICKS);
}

const REACHED: Partial<Record<words.Command, { from: MigrationState[]; to: MigrationState; steps: Step[] }>> = {
  setup: { from: ['none'], to: 'setup', steps: ['setup.metadata.write', 'setup.metadata.flush'] },
  sync: { from: ['setup'], to: 'syncing', steps: ['sync.error-flag.write', 'sync.error-flag.flush'] },
  selectTarget: { from: ['source-selected'], to: 'target-selected', steps: ['commit.target.flush'] },
  commit: {
    from: ['source-selected', 'target-selected'],
    to: 'committed',
    steps: ['commit.roll-forward-flag.write', 'commit.roll-forward-flag.flush'],
  },
  abort: {
    from: ['syncing', 'source-selected', 'target-selected'],
    to: 'setup',
    steps: ['abort.setup.write', 'abort.setup.flush'],
  },
  cleanup: {
    from: ['setup', 'committed'],
    to: 'none',
    steps: ['cleanup.in-progress.write', 'cleanup.in-progress.flush'],
  },
};

function obey(toy: ToyState, { id, command, disk, argument }: CommandEvent, out: Effects): void {
  if (command === 'throttle') playTrick(toy, disk, argument, out);
  if (toy.isMute) return;
  const reached = REACHED[command];
  if (reached !== undefined) {
    if (!reached.from.includes(toy.states[disk]!)) return out.commandCompleted(id, 'refused', 'not-allowed-in-state');
    return takeSteps(toy, disk, reached.steps, { kind: 'enter', state: reached.to, command: id }, out);
  }
  if (command === 'query') {
    const state = toy.states[disk]!;
    out.progress({
      disk,
      state,
      regionsCount: 4,
      regionsDirtyCount: 0,
      regionsCopiedCount: 4,
      paused: false,
      regionsPerSecond: 0,
      remainingTicks: -1,
      unreadableRegion: -1,
    });
  }
  out.commandCompleted(id, 'done', 'none');
}

function playTrick(toy: ToyState, disk: number, trick: number, out: Effects): void {
  switch (trick) {
    case TRICK_MUTE:
      toy.isMute = true;
      return;
    case TRICK_DEAF:
      toy.isDeaf = true;
      return;
    case TRICK_PATIENT:
      toy.isPatient = true;
      return;
    case TRICK_THROW:
      throw new Error('the toy was told to throw 3 times');
    case TRICK_BEYOND: {
      const identity = toy.configuration.disks[disk]!.provisionedIdentity;
      const purpose: Purpose = { kind: 'inquiry', port: -1 };
      return ask(
        toy,
        { purpose, identity, operation: 'read', sector: 2 ** 31, count: 8, slot: 1, fua: false, step: undefined },
        out,
      );
    }
    case TRICK_GIVE_UP:
      return out.diskOffline(disk, true);
    default:
      return;
  }
}

function passThrough(toy: ToyState, event: ApplicationEvent, out: Effects): void {
  const { io, operation, address, value, sector, count, fua } = event;
  if (address === 'native') return out.applicationCompleted(io, 'denied');
  const hasPayload = operation === 'read' || operation === 'write';
  const slot = hasPayload ? toy.slotsBusy.indexOf(false, SLOT_RECORD + 1) : -1;
  if (hasPayload && slot === -1) return out.applicationCompleted(io, 'busy');
  if (slot !== -1) toy.slotsBusy[slot] = true;
  if (operation === 'write') out.capture(io, slot);
  const isFlush = operation === 'flush';
  const request: Request = {
    purpose: { kind: 'application', io, isRead: operation === 'read', slot },
    identity: toy.configuration.disks[value]!.provisionedIdentity,
    operation,
    sector: isFlush ? 0 : LABEL_SECTORS + sector,
    count: isFlush ? 0 : count,
    slot,
    fua,
    step: undefined,
  };
  ask(toy, request, out);
}

function complete(toy: ToyState, event: DeviceCompletedEvent, out: Effects): void {
  const request = toy.requests[event.request];
  if (request === undefined) throw new Error(`expected a request in flight, got ${event.request}`);
  toy.requests[event.request] = undefined;
  const { purpose } = request;
  switch (purpose.kind) {
    case 'inquiry':
      toy.identityByPort[purpose.port] = event.status === 'ok' ? event.valueA : -1;
      toy.inquiriesLeft -= 1;
      return toy.inquiriesLeft === 0 ? out.ready() : undefined;
    case 'step':
      return stepDone(toy, purpose, event, out);
    case 'application':
      if (event.status === 'unitAttention') {
        out.probe('request.retried', true);
        return ask(toy, request, out);
      }
      if (event.status === 'aborted') out.probe('request.cancelled', true);
      if (purpose.slot !== -1) toy.slotsBusy[purpose.slot] = false;
      if (toy.isDeaf) return;
      if (purpose.isRead && event.status === 'ok') out.deliver(purpose.io, purpose.slot);
      return out.applicationCompleted(purpose.io, event.status === 'ok' ? 'ok' : 'error');
  }
}

function stepDone(toy: ToyState, purpose: Purpose & { kind: 'step' }, event: DeviceCompletedEvent, out: Effects): void {
  const { disk, steps, after } = purpose;
  // Whatever went wrong: once more.
  const rest = event.status === 'ok' ? steps.slice(1) : steps;
  if (rest.length > 0) return takeSteps(toy, disk, rest, after, out);
  if (after.kind === 'online') return out.diskOnline(disk, 'online');
  enter(toy, disk, after.state, 'command', out);
  out.commandCompleted(after.command, 'done', 'none');
}
