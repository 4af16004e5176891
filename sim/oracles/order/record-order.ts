/**
 * Owns the order in which shared records change (O11; claims A2, A3): a node acknowledges what is durable and what it sees; the devices suit
 * each other, and every reachable node denies the target, before the in-progress mark is durable; cleanup of a commit clears the mark only when the source is marked as retired (if it can
 * be), a retirement is durable and every reachable node is bound to the target, and clears the roll-forward flag last.
 */

import type { AcknowledgementRecord, SharedRecord } from '../../../engine/records/types.js';
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
      acknowledged: (node, disk, slot) => this.#judgeAcknowledgement(node, disk, slot),
      sharedChanged: (disk, before, after) => {
        if (after.inProgress && before?.inProgress !== true) this.#judgeSetup(disk, after);
        if (before?.inProgress === true && !after.inProgress && before.rollForward) this.#judgeInProgress(disk, after);
        if (before?.rollForward === true && !after.rollForward) this.#judgeRollForward(disk, before, after);
      },
    });
  }

  #judgeAcknowledgement(node: number, disk: number, { migration, target, ...slot }: AcknowledgementRecord): void {
    const { records, nodes, view } = this.#history;
    const record = records.local(node, disk);
    if (slot.accessControl && (record?.migration ?? 0) < migration)
      this.#complain(
        disk,
        'acknowledgement before access control',
        `node ${node} has acknowledged migration ${migration}, but its durable record speaks of migration ${record?.migration ?? 0}`,
      );
    const device = view.devices.find(({ identity }) => identity === target);
    if (slot.targetConfigured && device !== undefined && nodes[node]!.hasSeen[device.device] === 0)
      this.#complain(
        disk,
        'acknowledgement of a target that is not seen',
        `node ${node} has reported the target configured, but it was never attached there`,
      );
  }

  /** Whatever the operator asked for. */
  #judgeDevices(disk: number, { source, target }: SharedRecord): void {
    const { records, view, disks } = this.#history;
    const deviceOf = (identity: number) => view.devices.find((device) => device.identity === identity);
    const [from, to] = [deviceOf(source), deviceOf(target)];
    const complain = (because: string): void =>
      this.#complain(disk, 'migration of unsuitable devices', `from ${source} to ${target}: ${because}`);
    if (from === undefined || to === undefined) return complain('one of them does not exist');
    if (from === to) return complain('they are the same');
    if (to.role !== 'target' && to.role !== 'source') return complain(`the target is a ${to.role} metadata device`);
    if (to.sizeSectors < from.sizeSectors) return complain('the target is smaller');
    if (records.label(to.device)?.tombstone === true) return complain('the target is a retired source');
    const isTaken = disks.some((_, other) => {
      const host = view.hostOf(other);
      const record = host < 0 ? undefined : records.local(host, other);
      const bound = record?.bound ?? disks[other]!.sourceIdentity;
      const shared = records.shared(other);
      return other !== disk && (bound === target || (shared?.inProgress === true && shared.target === target));
    });
    if (isTaken) complain('another disk lives on the target, or is migrated to it');
  }

  #judgeSetup(disk: number, shared: SharedRecord): void {
    this.#judgeDevices(disk, shared);
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
    const { source: device, sourceIdentity, targetIdentity, syncTick } = this.#history.disks[disk]!;
    const isMarked = this.#history.records.label(device)?.tombstone === true;
    const isExcused =
      this.#history.failedSince(device, syncTick) || this.#history.mayLack(shared.owner, device, syncTick);
    if (!isMarked && !isExcused)
      this.#complain(disk, 'source not marked as retired', 'its label has no tombstone, though it has not failed');
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
