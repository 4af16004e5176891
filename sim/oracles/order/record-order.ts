/**
 * Owns the order in which shared records change (O11; claims A2, A3): every reachable node denies the target before the in-progress mark is
 * durable; cleanup of a commit clears the mark only when a retirement is durable and every reachable node is bound to the target, and clears
 * the roll-forward flag last.
 */

import type { SharedRecord } from '../../../engine/records/types.js';
import type { History } from '../history/history.js';
import { accessOf } from '../history/record-book.js';
import type { Report } from '../observation.js';
import { milliseconds } from '../words.js';
import type { CommitOrder } from './commit-order.js';

/** Hears of records alone. */
export class RecordOrder {
  readonly #history: History;
  readonly #report: Report;
  readonly #commitOrder: CommitOrder;

  constructor(history: History, report: Report, commitOrder: CommitOrder) {
    this.#history = history;
    this.#report = report;
    this.#commitOrder = commitOrder;
    history.records.listen({
      sharedChanged: (disk, before, after) => {
        if (after.inProgress && before?.inProgress !== true) this.#judgeSetup(disk, after);
        if (before?.inProgress === true && !after.inProgress && before.rollForward) this.#judgeInProgress(disk, after);
        if (before?.rollForward === true && !after.rollForward) this.#judgeRollForward(disk, before, after);
      },
    });
  }

  #judgeSetup(disk: number, shared: SharedRecord): void {
    if (shared.rollForward)
      this.#complain(disk, 'roll-forward flag set at setup', `migration ${shared.migration} begins with the flag set`);
    this.#forReachable(disk, 'setup', (node) => {
      const record = this.#history.records.local(node, disk);
      if (record?.migration === shared.migration && accessOf(record, shared.target) === 'denied') return;
      this.#complain(
        disk,
        'migration in progress before access control',
        `node ${node} does not durably deny the target for migration ${shared.migration}`,
      );
    });
  }

  #judgeInProgress(disk: number, shared: SharedRecord): void {
    const { sourceIdentity, targetIdentity } = this.#history.disks[disk]!;
    if (!shared.retirements.some(({ source, target }) => source === sourceIdentity && target === targetIdentity)) {
      this.#complain(
        disk,
        'in-progress mark cleared before the retirement',
        'no durable retirement leads from source to target',
      );
    }
    this.#forReachable(disk, 'cleanup', (node) => {
      const record = this.#history.records.local(node, disk);
      if (record?.bound === targetIdentity && !record.sourceAllowed) return;
      this.#complain(
        disk,
        'cleanup before every node is on the target',
        `node ${node} is reachable and its durable record still leads to the source`,
      );
    });
  }

  #judgeRollForward(disk: number, before: SharedRecord, after: SharedRecord): void {
    const { sourceIdentity } = this.#history.disks[disk]!;
    if (after.inProgress) {
      this.#complain(
        disk,
        'roll-forward flag taken back',
        `migration ${after.migration} is in progress and its flag was cleared again`,
      );
    } else if (before.inProgress || !after.retirements.some(({ source }) => source === sourceIdentity)) {
      this.#complain(
        disk,
        'roll-forward flag not cleared last',
        'the in-progress mark was not cleared, and the retirement durable, before it',
      );
    }
  }

  #forReachable(disk: number, command: string, visit: (node: number) => void): void {
    for (let node = 0; node < this.#history.nodes.length; node += 1) {
      if (this.#commitOrder.isReachable(node, disk, command)) visit(node);
    }
  }

  #complain(disk: number, what: string, because: string): void {
    this.#report({
      oracle: 'O11',
      signature: `O11 ${what}`,
      sentence: `${what}: disk ${disk} at ${milliseconds(this.#history.view.tick)}: ${because}`,
    });
  }
}
