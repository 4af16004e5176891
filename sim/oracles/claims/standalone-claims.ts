/**
 * Owns the evidence for the claims about error flag and fault record (US 8,977,896): B2 and B5–B9, which are about the restart of a single
 * machine, and B4b, the forced error transition, which counts everywhere. Told by `claims.ts`.
 */

import type { LocalRecord } from '../../../engine/records/types.js';
import { type History, isCloning } from '../history/history.js';
import type { ApplicationIo, ServicedRequest } from '../observation.js';

/** What one disk has shown since its node was last stopped. */
interface Restart {
  /** Durable record when the node went down. */
  record: LocalRecord | undefined;
  cause: string;
  /** Whether a shutdown was complete. */
  isClean: boolean;
  /** Whether the node has started again since. */
  hasStarted: boolean;
  /** Target requests before the fault record was durable. */
  touchedEarly: boolean;
  /** The migration went on in the state it was in. */
  resumed: boolean;
  /** Unclean stops that a set flag has answered, in this migration. */
  caughtCount: number;
  rearmSeen: boolean;
}

export class StandaloneClaims {
  readonly #history: History;
  readonly #hit: (claim: string) => void;
  #restarts: Restart[] = [];
  #shutdownDone = false;

  constructor(history: History, hit: (claim: string) => void) {
    this.#history = history;
    this.#hit = hit;
  }

  begin(): void {
    this.#restarts = this.#history.disks.map(() => ({
      record: undefined,
      cause: '',
      isClean: false,
      hasStarted: false,
      touchedEarly: false,
      resumed: false,
      caughtCount: 0,
      rearmSeen: false,
    }));
  }

  shutdownDone(_node: number): void {
    this.#shutdownDone = true;
  }

  nodeStopped(node: number, cause: string): void {
    if (!this.#isStandalone()) return;
    this.#restarts.forEach((restart, disk) => {
      restart.record = this.#history.records.localNow(node, disk);
      restart.cause = cause;
      restart.isClean = this.#shutdownDone && cause === 'shutdown';
      restart.hasStarted = false;
      restart.touchedEarly = false;
      restart.resumed = false;
      const { record } = restart;
      // The fault was recorded, and the flag was still set when the shutdown was cut short.
      if (!restart.isClean && record?.targetFault === true && record.errorFlag && isCloning(record.state))
        this.#hit('B5');
    });
    this.#shutdownDone = false;
  }

  nodeStarted(_node: number): void {
    if (!this.#isStandalone()) return;
    for (const restart of this.#restarts) restart.hasStarted = restart.cause !== '';
  }

  onlineAsked(node: number, disk: number): void {
    // A disk given up and brought online again starts from the records of now.
    const restart = this.#restarts[disk]!;
    if (restart.cause === '' && this.#isStandalone()) restart.record = this.#history.records.local(node, disk);
  }

  targetWritten(request: ServicedRequest, disk: number): void {
    const restart = this.#restarts[disk]!;
    if (restart.hasStarted && restart.record?.errorFlag === true) {
      const record = this.#history.records.local(request.node, disk);
      if (record?.targetFault !== true && record?.state !== 'setup') restart.touchedEarly = true;
    }
  }

  localChanged(_node: number, disk: number, before: LocalRecord | undefined, after: LocalRecord): void {
    const restart = this.#restarts[disk];
    if (restart === undefined || !this.#isStandalone()) return;
    if (before?.migration !== after.migration) restart.caughtCount = 0;
    // Recording the fault and clearing the flag are two steps of a shutdown, in this order.
    const isFlagCleared = before?.errorFlag === true && !after.errorFlag;
    if (isFlagCleared && isCloning(after.state) && after.targetFault && before.targetFault) this.#hit('B5');
    const isUnclean = restart.hasStarted && restart.record?.errorFlag === true && isCloning(restart.record.state);
    if (isUnclean && after.targetFault && before?.targetFault !== true && !restart.touchedEarly) {
      this.#hit('B7');
      restart.caughtCount += 1;
      if (restart.caughtCount > 1 || this.#isOtherArmed(disk)) this.#hit('B9');
    }
  }

  onlineAnswered(node: number, disk: number, outcome: 'online' | 'failed'): void {
    const restart = this.#restarts[disk]!;
    if (outcome !== 'online' || !this.#isStandalone() || !restart.hasStarted) return;
    const record = this.#history.records.local(node, disk);
    const { record: before } = restart;
    restart.hasStarted = false;
    if (before === undefined || record === undefined || !restart.isClean || !isCloning(before.state)) return;
    if (before.targetFault && record.state === 'setup') this.#hit('B6');
    if (!before.targetFault && !before.errorFlag && record.state === before.state && !record.targetFault) {
      this.#hit('B2');
      restart.resumed = true;
    }
  }

  stateChanged(node: number, disk: number, to: string, cause: string): void {
    if (to === 'setup' && cause === 'target-fault') this.#hit('B4b');
    const restart = this.#restarts[disk]!;
    if (to === 'setup') restart.resumed = false;
    if (to !== 'committed' || !restart.resumed || !this.#isStandalone()) return;
    if (this.#history.records.local(node, disk)?.targetFault !== true) this.#hit('B8');
    restart.resumed = false;
  }

  applicationCompleted(io: ApplicationIo): void {
    const restart = this.#restarts[io.disk]!;
    if (!restart.resumed || restart.rearmSeen || io.operation !== 'write' || io.status !== 'ok') return;
    if (!this.#isStandalone()) return;
    // Armed again before the first application write after a resume.
    if (this.#history.records.local(io.node, io.disk)?.errorFlag !== true) return;
    restart.rearmSeen = true;
    this.#hit('B9');
  }

  /** Whether another migration's flag is set at the same time: one never clears another's. */
  #isOtherArmed(disk: number): boolean {
    const { disks, records } = this.#history;
    return disks.some((_, other) => other !== disk && records.local(0, other)?.errorFlag === true);
  }

  #isStandalone(): boolean {
    return this.#history.view.mode === 'standalone';
  }
}
