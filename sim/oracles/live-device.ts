/**
 * Owns O2: all nodes agree which device a disk lives on, and never may two be written. Judged on the durable records at every durable
 * boundary, and on who serves the application.
 *
 * CONSISTENCY MODEL. While a migration is in progress and the durable roll-forward flag is clear, no node's access control allows its
 * target; no access control ever allows both; a binding never leads to a target that access control denies. A node that has brought
 * a disk online has records that agree with the shared one. Once a disk is online on another node, the old one serves nothing that is issued later.
 */

import type { LocalRecord } from '../../engine/records/types.js';
import type { History } from './history/history.js';
import { accessOf } from './history/record-book.js';
import type { ApplicationIo, Observer, Report } from './observation.js';
import { milliseconds } from './words.js';

export class LiveDeviceOracle implements Observer {
  readonly #history: History;
  readonly #report: Report;
  /** Per disk: who was brought online last, and when. */
  #hosts: { node: number; moment: number; tick: number }[] = [];

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
    history.records.listen({
      localChanged: (node, disk, _before, after) => {
        this.#judgeLocal(node, disk, after);
        this.#judgeTargetAllowed(node, disk);
      },
      sharedChanged: (disk) => {
        for (let node = 0; node < history.nodes.length; node += 1) this.#judgeTargetAllowed(node, disk);
      },
    });
  }

  begin(): void {
    this.#hosts = this.#history.disks.map(() => ({ node: -1, moment: 0, tick: 0 }));
  }

  onlineAnswered(node: number, disk: number, outcome: 'online' | 'failed'): void {
    if (outcome !== 'online') return;
    this.#hosts[disk] = { node, moment: this.#history.moment, tick: this.#history.view.tick };
    this.#judgeAgreement(node, disk, 'came online');
  }

  ioCompleted(io: ApplicationIo): void {
    if (io.status !== 'ok' || io.address !== 'name') return;
    const host = this.#hosts[io.disk]!;
    if (host.node === -1 || host.node === io.node || this.#history.ios.started(io.io) < host.moment) return;
    this.#report({
      oracle: 'O2',
      signature: 'O2 two nodes serve one disk',
      sentence: `node ${io.node} served ${io.operation} ${io.io} of disk ${io.disk} at ${milliseconds(io.completedTick)}, although the disk is online on node ${host.node} since ${milliseconds(host.tick)}`,
    });
  }

  /** Nodes that are up agree with the device the disk lives on, as far as their records speak of it. */
  end(): void {
    const { view, nodes, disks } = this.#history;
    disks.forEach((_, disk) => {
      const host = view.hostOf(disk);
      if (host >= 0 && nodes[host]!.online[disk]!.is) this.#judgeAgreement(host, disk, 'ended online');
    });
  }

  #judgeLocal(node: number, disk: number, record: LocalRecord): void {
    if (record.sourceAllowed && record.targetAllowed && record.source !== record.target) {
      this.#report({
        oracle: 'O2',
        signature: 'O2 access control allows both devices',
        sentence: `the durable access control of node ${node} for disk ${disk} allows source ${record.source} and target ${record.target}, both writable`,
      });
    }
    // On the way to the target access control goes first, so the source may be bound and denied for a while.
    if (record.migration !== 0 && record.bound === record.target && !record.targetAllowed) {
      this.#report({
        oracle: 'O2',
        signature: 'O2 binding leads to a denied target',
        sentence: `the durable binding of disk ${disk} on node ${node} leads to device ${record.bound}, which its access control denies, in state ${record.state}`,
      });
    }
  }

  #judgeTargetAllowed(node: number, disk: number): void {
    const { records } = this.#history;
    const shared = records.shared(disk);
    if (shared === undefined || !shared.inProgress || shared.rollForward) return;
    if (accessOf(records.local(node, disk), shared.target) !== 'allowed') return;
    this.#report({
      oracle: 'O2',
      signature: 'O2 target allowed while the roll-forward flag is clear',
      sentence: `the durable access control of node ${node} for disk ${disk} allows the target ${shared.target} while migration ${shared.migration} is in progress and its roll-forward flag is clear: a crash now leads recovery back to the source`,
    });
  }

  #judgeAgreement(node: number, disk: number, when: string): void {
    const history = this.#history;
    const facts = history.disks[disk]!;
    const record = history.records.local(node, disk);
    const bound = record?.bound ?? facts.sourceIdentity;
    const shared = history.records.shared(disk);
    const isForward =
      shared !== undefined &&
      (shared.rollForward || shared.retirements.some(({ source }) => source === facts.sourceIdentity));
    const live = isForward ? facts.targetIdentity : facts.sourceIdentity;
    // While a commit is under way at its end, the flag may be ahead of the binding.
    if (bound === live || (when === 'ended online' && isForward && shared.inProgress)) return;
    this.#report({
      oracle: 'O2',
      signature: 'O2 node disagrees about the live device',
      sentence: `node ${node} ${when} with disk ${disk} bound to device ${bound}, but by the durable shared record (${isForward ? 'rolled forward' : 'not rolled forward'}) the disk lives on device ${live}`,
    });
  }
}
