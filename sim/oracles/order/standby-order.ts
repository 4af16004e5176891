/**
 * Owns that a standby goes by the shared record, and takes a message for a hint (O11; claims A3, A11): once it has read there that a migration has
 * been rolled forward, or that it is over, it does not go back to the access control that the migration began with.
 */

import type { LocalRecord, SharedRecord } from '../../../engine/records/types.js';
import type { History } from '../history/history.js';
import type { Observer, Report, ServicedRequest } from '../observation.js';
import { milliseconds } from '../words.js';

/** The durable shared record at the moment when a node read it. */
interface Known {
  readonly tick: number;
  readonly shared: SharedRecord;
}

export class StandbyOrder implements Observer {
  readonly #history: History;
  readonly #report: Report;
  /** By `node disk`. */
  readonly #known = new Map<string, Known>();
  /** By `node disk`: what those knew that are writing their access control as a standby. */
  readonly #writing = new Map<string, Known>();

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
    history.records.listen({
      localChanged: (node, disk, _before, after) => this.#judge(node, disk, after),
    });
  }

  /** Told of every request that a metadata device served. */
  served(request: ServicedRequest, role: string): void {
    const { view, records } = this.#history;
    if (role === 'shared' && request.operation === 'read') {
      const { disk } = view.devices[request.device]!;
      const shared = records.shared(disk);
      if (shared !== undefined) this.#known.set(`${request.node} ${disk}`, { tick: request.tick, shared });
    } else if (request.step === 'standby.access-control.write') {
      const key = `${request.node} ${this.#history.localDiskOf(request)}`;
      const known = this.#known.get(key);
      if (known !== undefined) this.#writing.set(key, known);
    }
  }

  /** What its former life had read and begun is over. */
  nodeStarted(node: number): void {
    this.#history.disks.forEach((_, disk) => {
      this.#known.delete(`${node} ${disk}`);
      this.#writing.delete(`${node} ${disk}`);
    });
  }

  #judge(node: number, disk: number, { migration, sourceAllowed, targetAllowed }: LocalRecord): void {
    const key = `${node} ${disk}`;
    const known = this.#writing.get(key);
    this.#writing.delete(key);
    if (known === undefined || !sourceAllowed || targetAllowed) return;
    const { rollForward, inProgress, migration: last } = known.shared;
    const isToCome = migration > last;
    if (isToCome || (migration === last && inProgress && !rollForward)) return;
    const what = rollForward ? 'has been rolled forward' : 'is over';
    this.#report({
      oracle: 'O11',
      signature: 'O11 standby goes back to where a migration began',
      sentence: `node ${node} durably allows the source of disk ${disk} and denies the target, for migration ${migration}, at ${milliseconds(this.#history.view.tick)}, although it had read from the shared record at ${milliseconds(known.tick)} that migration ${last} ${what}`,
    });
  }
}
