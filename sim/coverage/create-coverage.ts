/**
 * Owns what one run exercised: transitions, state × event, refusals, faults, crash steps, durable steps, probes, and the evidence for the claims.
 * An observer like the oracles, but one that judges nothing. Sums over runs stand in `merge-coverage.ts`, gaps in `unseen.ts`.
 *
 * Events of state × event, for each disk in the state its migration is in:
 *   command.commit   application.write   target.error (role and status of a device request)   node.crash   node.power   node.shutdown   …
 */

import { Claims } from '../oracles/claims/claims.js';
import type { OracleContext } from '../oracles/context.js';
import { History } from '../oracles/history/history.js';
import type { ApplicationIo, DeviceDescription, Observer, ServicedRequest } from '../oracles/observation.js';
import type { CrashStepHit, RunCoverage } from '../world/run.js';

export const EVENT_ROLES: readonly DeviceDescription['role'][] = [
  'source',
  'target',
  'shared',
  'local',
  'acknowledgement',
];
export const EVENT_STATUSES: readonly ServicedRequest['status'][] = [
  'ok',
  'error',
  'aborted',
  'unitAttention',
  'missing',
  'conflict',
  'dropped',
  'partial',
];

const OPERATIONS: readonly ApplicationIo['operation'][] = ['read', 'write', 'flush', 'discard', 'writeZeroes'];

/** What happens with every request, by its place in a row of counts: application I/O by operation, then device requests by role and status. */
const FREQUENT_EVENTS: readonly string[] = [
  ...OPERATIONS.map((operation) => `application.${operation}`),
  ...EVENT_ROLES.flatMap((role) => EVENT_STATUSES.map((status) => `${role}.${status}`)),
];
const placeOfRequest = (role: number, status: number): number =>
  OPERATIONS.length + role * EVENT_STATUSES.length + status;

/** `state:event` of each of them, by state: made once, as every run counts the same. */
const namesByState = new Map<string, readonly string[]>();

function namesIn(state: string): readonly string[] {
  let names = namesByState.get(state);
  if (names === undefined) {
    names = FREQUENT_EVENTS.map((event) => `${state}:${event}`);
    namesByState.set(state, names);
  }
  return names;
}

type Counts = Map<string, number>;
const count = (counts: Counts, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

/** Of literals of the code, which are compared as pointers; a search by `indexOf` compares letters. */
function placeIn(words: readonly string[], word: string): number {
  let place = 0;
  while (place < words.length && words[place] !== word) place += 1;
  return place;
}

class CoverageObserver implements Observer {
  readonly #history: History;
  readonly #transitions: Counts = new Map();
  readonly #stateEvents: Counts = new Map();
  readonly #refusals: Counts = new Map();
  readonly #armed: Counts = new Map();
  readonly #fired: Counts = new Map();
  readonly #crashSteps = new Map<string, CrashStepHit>();
  readonly #steps: Counts = new Map();
  readonly #stepHits: Counts = new Map();
  readonly #probes: Counts = new Map();
  readonly #lies: Counts = new Map();
  /** By state: a count for each of `FREQUENT_EVENTS`. */
  readonly #rows = new Map<string, number[]>();
  /** The row asked for last: mostly it is asked for again. */
  #stateLast = '';
  #rowLast: number[] = [];
  /** Per device: index of its role. */
  #roles: number[] = [];

  constructor(history: History) {
    this.#history = history;
  }

  begin(): void {
    this.#roles = this.#history.view.devices.map(({ role }) => EVENT_ROLES.indexOf(role));
  }

  applicationIssued(io: ApplicationIo): void {
    this.#row(this.#history.disks[io.disk]!.state)[placeIn(OPERATIONS, io.operation)]! += 1;
  }

  applicationCompleted(io: ApplicationIo): void {
    if (io.status !== 'ok') this.#event(io.disk, `application.${io.status}`);
  }

  requestServiced(request: ServicedRequest): void {
    const { disks, view } = this.#history;
    const { disk } = view.devices[request.device]!;
    const place = placeOfRequest(this.#roles[request.device]!, placeIn(EVENT_STATUSES, request.status));
    if (disk >= 0) this.#row(disks[disk]!.state)[place]! += 1;
    else for (const facts of disks) this.#row(facts.state)[place]! += 1;
    if (request.step !== undefined && request.status !== 'dropped') count(this.#steps, request.step);
  }

  devicePowerLost(device: number): void {
    const { disk, role } = this.#history.view.devices[device]!;
    if (disk >= 0) this.#event(disk, `${role}.power`);
  }

  nodeStarted(): void {
    this.#everyDisk('node.start');
  }

  nodeStopped(_node: number, _generation: number, cause: string): void {
    this.#everyDisk(`node.${cause}`);
  }

  nodePaused(): void {
    this.#everyDisk('node.pause');
  }

  nodeResumed(): void {
    this.#everyDisk('node.resume');
  }

  onlineAsked(_node: number, disk: number): void {
    this.#event(disk, 'disk.online');
  }

  diskOffline(_node: number, disk: number, gaveUp: boolean): void {
    this.#event(disk, gaveUp ? 'disk.given-up' : 'disk.offline');
  }

  stateChanged(_node: number, _disk: number, from: string, to: string, cause: string): void {
    count(this.#transitions, `${from}>${to}:${cause}`);
  }

  commandIssued(_node: number, disk: number, _id: number, command: string): void {
    this.#event(disk, `command.${command}`);
  }

  commandCompleted(_node: number, _disk: number, _id: number, command: string, outcome: string, refusal: string): void {
    if (outcome === 'refused') count(this.#refusals, `${command}:${refusal}`);
  }

  probe(name: string): void {
    count(this.#probes, name);
  }

  lieTold(kind: string): void {
    count(this.#lies, `${kind} told`);
  }

  lieFound(kind: string, how: string): void {
    count(this.#lies, `${kind} found by ${how}`);
  }

  faultArmed(kind: string): void {
    count(this.#armed, kind);
  }

  faultFired(kind: string): void {
    count(this.#fired, kind);
    const family = familyOf(kind);
    if (family !== undefined) this.#event(0, `fault.${family}`);
  }

  stepHit(step: string, what: 'pause' | 'device' | 'path'): void {
    count(this.#stepHits, `${step} ${what}`);
  }

  crashedAtStep(_node: number, step: string, position: CrashStepHit['position'], inRecovery: boolean): void {
    const key = `${step} ${position} ${inRecovery}`;
    const hit = this.#crashSteps.get(key);
    if (hit === undefined) this.#crashSteps.set(key, { step, position, inRecovery, hits: 1 });
    else hit.hits += 1;
  }

  result(claims: Record<string, number>): RunCoverage {
    const kinds = new Set([...this.#armed.keys(), ...this.#fired.keys()]);
    return {
      claims,
      transitions: Object.fromEntries(this.#transitions),
      stateEvents: this.#allStateEvents(),
      refusals: Object.fromEntries(this.#refusals),
      faults: Object.fromEntries(
        [...kinds].map((kind) => [kind, { armed: this.#armed.get(kind) ?? 0, fired: this.#fired.get(kind) ?? 0 }]),
      ),
      crashSteps: [...this.#crashSteps.values()],
      steps: Object.fromEntries(this.#steps),
      stepHits: Object.fromEntries(this.#stepHits),
      probes: Object.fromEntries(this.#probes),
      lies: Object.fromEntries(this.#lies),
    };
  }

  #allStateEvents(): Record<string, number> {
    const all: Record<string, number> = Object.fromEntries(this.#stateEvents);
    for (const [state, row] of this.#rows) {
      const names = namesIn(state);
      for (let place = 0; place < row.length; place += 1) if (row[place]! > 0) all[names[place]!] = row[place]!;
    }
    return all;
  }

  #row(state: string): number[] {
    if (state === this.#stateLast) return this.#rowLast;
    let row = this.#rows.get(state);
    if (row === undefined) {
      row = FREQUENT_EVENTS.map(() => 0);
      this.#rows.set(state, row);
    }
    this.#stateLast = state;
    this.#rowLast = row;
    return row;
  }

  #event(disk: number, event: string): void {
    count(this.#stateEvents, `${this.#history.disks[disk]!.state}:${event}`);
  }

  #everyDisk(event: string): void {
    for (let disk = 0; disk < this.#history.disks.length; disk += 1) this.#event(disk, event);
  }
}

/** The family of a fault by its kind; nodes have events of their own. */
function familyOf(kind: string): string | undefined {
  if (kind === 'crash' || kind === 'power' || kind === 'pause') return undefined;
  const [first = ''] = kind.split('-');
  if (first === 'path' || first === 'network' || first === 'clock') return first;
  return kind.includes('-media-') ? 'media' : 'device';
}

/**
 * Coverage of one run. Told everything the oracles are told; ask for the result at the end.
 * @param shared what the oracles of the same run remember (`createOracles`): they are told first, and nothing is remembered twice
 */
export function createCoverage(
  context: OracleContext,
  shared?: History,
): { observers: readonly Observer[]; result(): RunCoverage } {
  const history = shared ?? new History(context);
  const claims = new Claims(history);
  const coverage = new CoverageObserver(history);
  const observers = shared === undefined ? [history, claims, coverage] : [claims, coverage];
  return { observers, result: () => coverage.result(claims.result()) };
}
