/**
 * Owns what recovery must have made durable before a disk is online (O11; claims A9–A12, B7, B8): in a cluster the epoch is raised; with the
 * roll-forward flag clear the migration is back in setup with everything cleared; with the flag set the node is on the target alone. Standalone after an
 * unclean stop it is back in setup; after a clean one with nothing recorded it goes on with the error flag armed.
 */

import type { LocalRecord, SharedRecord } from '../../../engine/records/types.js';
import { type History, isCloning } from '../history/history.js';
import type { Observer, Report } from '../observation.js';
import { milliseconds } from '../words.js';

export class RecoveryOrder implements Observer {
  readonly #history: History;
  readonly #report: Report;
  /** By node and disk: the record that the node finds when the disk is asked to come online. */
  #asked: (LocalRecord | undefined)[][] = [];
  /** By node and disk: the epoch that was durable then. */
  #epochs: number[][] = [];

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
  }

  begin(): void {
    this.#asked = this.#history.nodes.map(() => []);
    this.#epochs = this.#history.nodes.map(() => []);
  }

  onlineAsked(node: number, disk: number): void {
    this.#asked[node]![disk] = this.#history.records.localNow(node, disk);
    this.#epochs[node]![disk] = this.#history.records.shared(disk)?.epoch ?? 0;
  }

  onlineAnswered(node: number, disk: number, outcome: 'online' | 'failed'): void {
    if (outcome !== 'online') return;
    const { records, view } = this.#history;
    const shared = records.shared(disk);
    if (shared === undefined) return;
    const record = records.local(node, disk);
    const isRaised = view.mode === 'standalone' || shared.epoch > this.#epochs[node]![disk]!;
    const wrong =
      this.#wrong(node, shared, record, this.#asked[node]![disk]) ??
      (isRaised ? undefined : `epoch ${shared.epoch} as it was`);
    if (wrong === undefined) return;
    const flag = shared.rollForward ? 'set' : 'clear';
    this.#report({
      oracle: 'O11',
      signature: `O11 recovery with the roll-forward flag ${flag} left ${wrong.replace(/\d+/, '#')}`,
      sentence: `node ${node} brought disk ${disk} online at ${milliseconds(view.tick)} in migration ${shared.migration} (in progress: ${shared.inProgress}, roll-forward flag ${flag}), but recovery left ${wrong}: its durable record says state ${record?.state ?? 'none'}, error flag ${record?.errorFlag === true ? 'set' : 'clear'}, source ${record?.sourceAllowed === true ? 'allowed' : 'denied'}, target ${record?.targetAllowed === true ? 'allowed' : 'denied'}, bound to ${record?.bound ?? 'its provisioned device'}`,
    });
  }

  #wrong(
    node: number,
    shared: SharedRecord,
    record: LocalRecord | undefined,
    before: LocalRecord | undefined,
  ): string | undefined {
    if (shared.rollForward) {
      if (record?.targetAllowed !== true) return 'the target denied';
      if (record.sourceAllowed) return 'the source allowed';
      if (record.bound !== shared.target) return 'the device name on the source';
      return record.errorFlag ? 'the error flag set' : undefined;
    }
    if (!shared.inProgress) return undefined;
    if (record === undefined) return 'no record';
    if (!record.sourceAllowed || record.targetAllowed) return 'access control not initial';
    if (this.#history.view.mode === 'cluster') {
      if (shared.owner !== node) return 'another node as owner';
      if (record.state !== 'setup') return 'the migration not aborted';
      return record.errorFlag ? 'the error flag set' : undefined;
    }
    if (before?.errorFlag === true && record.state !== 'setup') return 'the error flag unanswered';
    if (before?.targetFault === true && isCloning(record.state)) return 'the fault record unanswered';
    return isCloning(record.state) && !record.errorFlag ? 'the error flag unarmed' : undefined;
  }
}
