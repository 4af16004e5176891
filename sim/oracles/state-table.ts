/**
 * Owns O4: only transitions of the state table. Judges what engines report (from, to, cause), that reports of one node continue each
 * other, that a command is carried out only in the states it is for, none beside a commit, and a query always, and the states that durable local records go through. A durable record may skip states: not every one of them is written.
 */

import type { LocalRecord } from '../../engine/records/types.js';
import type { History } from './history/history.js';
import type { Observer, Report } from './observation.js';
import { milliseconds } from './words.js';

const TRANSITIONS: readonly string[] = [
  'none>setup:command',
  'setup>syncing:command',
  'setup>none:command',
  'syncing>source-selected:synchronised',
  'syncing>setup:command',
  'syncing>setup:target-fault',
  'syncing>setup:source-unreadable',
  'source-selected>target-selected:command',
  'source-selected>committed:command',
  'source-selected>setup:command',
  'source-selected>setup:target-fault',
  'source-selected>setup:source-unreadable',
  'target-selected>source-selected:command',
  'target-selected>committed:command',
  'target-selected>committed:source-fault',
  'target-selected>setup:command',
  'target-selected>setup:target-fault',
  'committed>none:command',
];

/** Where a durable record of one and the same migration may go from each state. To `none` it may always go: recovery finds out late. */
const DURABLE: Readonly<Record<string, readonly string[]>> = {
  none: ['setup', 'committed'],
  setup: ['syncing', 'committed'],
  syncing: ['setup', 'source-selected', 'target-selected', 'committed'],
  'source-selected': ['setup', 'syncing', 'target-selected', 'committed'],
  'target-selected': ['setup', 'source-selected', 'committed'],
  committed: [],
};

/** States that are durable before they are reported. Where reads go is volatile, and what commit leads to is said by the flag. */
const DURABLE_FIRST: readonly string[] = ['none', 'setup', 'syncing'];

const CLONING = ['syncing', 'source-selected', 'target-selected'];

/** States in which a command may be taken. */
const TAKEN_IN: Readonly<Record<string, readonly string[]>> = {
  setup: ['none'],
  sync: ['setup'],
  pause: ['syncing'],
  resume: ['syncing'],
  throttle: ['syncing'],
  selectTarget: ['source-selected'],
  selectSource: ['target-selected'],
  commit: ['source-selected', 'target-selected'],
  abort: CLONING,
  cleanup: ['setup', 'committed'],
};

export class StateTableOracle implements Observer {
  readonly #history: History;
  readonly #report: Report;
  /** Last state each node reported of each disk; '' after a start or a move. */
  #reported: string[][] = [];
  /** By node: the commit that was commanded last and is not answered, of each disk. */
  #commits: Map<number, number>[] = [];
  /** By command: the state that its node had reported when it was given. */
  readonly #givenIn = new Map<number, string>();

  constructor(history: History, report: Report) {
    this.#history = history;
    this.#report = report;
    history.records.listen({
      localChanged: (node, disk, before, after) => this.#judgeDurable(node, disk, before, after),
    });
  }

  begin(): void {
    this.#reported = this.#history.nodes.map(() => this.#history.disks.map(() => ''));
    this.#commits = this.#history.nodes.map(() => new Map<number, number>());
    this.#givenIn.clear();
  }

  commandIssued(node: number, disk: number, id: number, command: string): void {
    if (command !== 'query') this.#givenIn.set(id, this.#reported[node]![disk]!);
    if (command === 'commit') this.#commits[node]!.set(disk, id);
  }

  commandCompleted(node: number, disk: number, id: number, command: string, outcome: string): void {
    if (command === 'query') this.#judgeQuery(node, disk, id, outcome);
    else if (outcome === 'done') this.#judgeTaken(node, disk, id, command);
    this.#judgeBesideCommit(node, disk, id, command, outcome);
  }

  #judgeQuery(node: number, disk: number, id: number, outcome: string): void {
    if (outcome === 'done') return;
    this.#report({
      oracle: 'O4',
      signature: 'O4 query refused',
      sentence: `node ${node} refused query ${id} of disk ${disk} at ${milliseconds(this.#history.view.tick)}: progress is always available`,
    });
  }

  #judgeTaken(node: number, disk: number, id: number, command: string): void {
    const state = this.#givenIn.get(id) ?? '';
    if (state === '' || TAKEN_IN[command]!.includes(state)) return;
    this.#report({
      oracle: 'O4',
      signature: `O4 ${command} carried out in ${state}`,
      sentence: `node ${node} carried out command ${id}, ${command} of disk ${disk}, by ${milliseconds(this.#history.view.tick)}, although the disk was in ${state} when it was given: there the command is refused`,
    });
  }

  /** A command given after a commit that is not answered yet is carried out beside it: had it come first, the commit would have been refused. */
  #judgeBesideCommit(node: number, disk: number, id: number, command: string, outcome: string): void {
    const commit = this.#commits[node]!.get(disk);
    if (id === commit) this.#commits[node]!.delete(disk);
    if (command === 'query' || outcome !== 'done' || commit === undefined || id <= commit) return;
    this.#report({
      oracle: 'O4',
      signature: `O4 ${command} carried out during a commit`,
      sentence: `node ${node} carried out command ${id}, ${command} of disk ${disk}, at ${milliseconds(this.#history.view.tick)}, while commit ${commit} was in progress: from the start of a commit every other command is refused`,
    });
  }

  nodeStarted(node: number): void {
    this.#reported[node]!.fill('');
    this.#commits[node]!.clear();
  }

  onlineAsked(node: number, disk: number): void {
    this.#reported[node]![disk] = '';
  }

  /** What recovery did not report stands as it is in the durable record. */
  onlineAnswered(node: number, disk: number, outcome: 'online' | 'failed'): void {
    if (outcome !== 'online' || this.#reported[node]![disk] !== '') return;
    this.#reported[node]![disk] = this.#history.records.local(node, disk)?.state ?? 'none';
  }

  diskOffline(node: number, disk: number): void {
    this.#reported[node]![disk] = '';
  }

  stateChanged(node: number, disk: number, from: string, to: string, cause: string): void {
    const before = this.#reported[node]![disk]!;
    if (before !== '' && before !== from) {
      this.#report({
        oracle: 'O4',
        signature: 'O4 transition starts in another state',
        sentence: `node ${node} reports that the migration of disk ${disk} went from ${from} to ${to} (${cause}), but it was in ${before}`,
      });
    }
    this.#reported[node]![disk] = to;
    const recorded = this.#history.records.local(node, disk)?.state ?? 'none';
    if (DURABLE_FIRST.includes(to) && recorded !== to) {
      this.#report({
        oracle: 'O4',
        signature: `O4 ${to} before it is durable`,
        sentence: `node ${node} reports that the migration of disk ${disk} went from ${from} to ${to} (${cause}), but its durable record still says ${recorded}`,
      });
    }
    if (to === 'syncing') this.#judgeSeen(node, disk);
    if (this.#isAllowed(node, disk, from, to, cause)) return;
    this.#report({
      oracle: 'O4',
      signature: `O4 transition ${from} to ${to} by ${cause}`,
      sentence: `node ${node} took the migration of disk ${disk} from ${from} to ${to} because of '${cause}', which the state table does not allow`,
    });
  }

  /** A device that has never answered a node in this life is not seen there: nobody knows what there is to copy, or where to. */
  #judgeSeen(node: number, disk: number): void {
    const { view, nodes, disks } = this.#history;
    const { source, target } = disks[disk]!;
    for (const device of [source, target]) {
      if (nodes[node]!.answeredTick[device]! >= 0) continue;
      const { role } = view.devices[device]!;
      this.#report({
        oracle: 'O4',
        signature: `O4 synchronisation without a ${role}`,
        sentence: `node ${node} began to synchronise disk ${disk} at ${milliseconds(view.tick)}, but its ${role} has not answered that node since it started: the node does not see it`,
      });
    }
  }

  #isAllowed(node: number, disk: number, from: string, to: string, cause: string): boolean {
    if (from === to) return false;
    const { view } = this.#history;
    const shared = this.#history.records.shared(disk);
    switch (cause) {
      case 'recovery':
        // A zombie recovers by what it has read before another took the disk.
        if (!this.#history.speaksFor(node, disk)) return true;
        if (to === 'committed') return shared?.rollForward === true;
        if (to === 'setup') return shared?.inProgress === true && !shared.rollForward;
        return to === 'none' && shared?.rollForward !== true;
      case 'startup':
        // A migration that was not ended by a fault goes on in the state in which it was stopped.
        return view.mode === 'standalone' && to === 'setup';
      default:
        return TRANSITIONS.includes(`${from}>${to}:${cause}`);
    }
  }

  #judgeDurable(node: number, disk: number, before: LocalRecord | undefined, after: LocalRecord): void {
    const from = before?.state ?? 'none';
    if (from === after.state || after.state === 'none' || before?.migration !== after.migration) return;
    if (DURABLE[from]?.includes(after.state) === true) return;
    this.#report({
      oracle: 'O4',
      signature: `O4 durable state ${from} to ${after.state}`,
      sentence: `the durable record of node ${node} for disk ${disk} went from ${from} to ${after.state} within migration ${after.migration}, which no path of the state table does`,
    });
  }
}
