/**
 * Owns the operators of all disks and the commands on their way: each command has an id of its own, travels to its node, and is answered, or is lost
 * with the node. Leaves out what an operator wants (`disk-operator.ts`).
 */

import type { Cause, Command, CommandOutcome, MigrationState, Refusal } from '../../../engine/contract/vocabulary.js';
import type { Progress } from '../../../engine/contract/effects.js';
import type { OperatorStep } from '../../../scenarios/scenario.js';
import { Kind } from '../event-kinds.js';
import type { World } from '../world.js';
import { DiskOperator } from './disk-operator.js';

const COMMAND_TICKS_MIN = 20;
const COMMAND_TICKS_SPREAD = 100;

interface IssuedCommand {
  readonly operator: DiskOperator | undefined;
  readonly node: number;
  readonly generation: number;
  readonly command: Command;
  readonly disk: number;
  readonly argument: number;
  isOpen: boolean;
}

export class Operators {
  readonly list: DiskOperator[] = [];
  /** By id. */
  private readonly commands: IssuedCommand[] = [];
  private doneCount = 0;
  private openCount = 0;

  constructor(private readonly world: World) {}

  get areDone(): boolean {
    return this.doneCount === this.list.length;
  }

  /** Whether every operator knows how its migration stands. */
  get areInformed(): boolean {
    return this.list.every(({ state }) => state !== undefined);
  }

  /** Whether a command is without its answer. */
  get areOpen(): boolean {
    return this.openCount > 0;
  }

  reset(): void {
    this.openCount = 0;
    const { plan, decisions } = this.world;
    this.list.length = 0;
    this.commands.length = 0;
    for (let disk = 0; disk < plan.disksCount; disk += 1) {
      const stream = decisions.stream(`operator.${disk}`);
      this.list.push(new DiskOperator(this.world, disk, stream, scriptOf(plan.operator, disk)));
    }
    this.doneCount = this.list.filter((operator) => operator.isDone).length;
  }

  begin(): void {
    for (const operator of this.list) operator.begin();
  }

  /** Faults have stopped: every operator leads its disk to the goal, or ends its script. */
  finish(goal: MigrationState | undefined): void {
    this.doneCount = 0;
    for (const operator of this.list) operator.finish(goal);
  }

  scriptDone(): void {
    this.doneCount += 1;
  }

  /** Sends a command on its way. @returns its id. */
  issue(operator: DiskOperator | undefined, node: number, command: Command, disk: number, argument: number): number {
    const { queue, nodes, network } = this.world;
    const id = this.commands.length;
    const generation = nodes.generation[node]!;
    this.commands.push({ operator, node, generation, command, disk, argument, isOpen: true });
    this.openCount += 1;
    const ticks = COMMAND_TICKS_MIN + network.jitter(COMMAND_TICKS_SPREAD);
    queue.push(queue.atTick + ticks, Kind.COMMAND, node, generation, id, 0, 0, 0);
    return id;
  }

  /** A command arrives at its node. One whose node has stopped since was lost then. */
  deliver(id: number): void {
    const { node, generation, command, disk, argument, isOpen } = this.commands[id]!;
    const { nodes, turns, watch, story } = this.world;
    if (!isOpen || !nodes.lives(node, generation)) return;
    if (story.isKept && command !== 'query')
      story.tell('operator', `${inWords(command, argument)} for disk ${disk} at node ${node}`);
    watch.commandIssued(node, disk, id, command, argument);
    turns.command(node, id, command, disk, argument);
  }

  commandCompleted(node: number, id: number, outcome: CommandOutcome, refusal: Refusal): void {
    const issued = this.commands[id];
    if (issued === undefined || !issued.isOpen || issued.node !== node) {
      this.world.verdict.report({
        oracle: 'invariant',
        sentence: `node ${node} answered command ${id}, which it was not given or had answered before`,
        signature: 'command answered twice',
      });
      return;
    }
    const { command, disk } = issued;
    issued.isOpen = false;
    this.openCount -= 1;
    const { watch, story } = this.world;
    if (story.isKept && command !== 'query') {
      story.tell(
        `node ${node}`,
        `${command} for disk ${disk} is ${outcome === 'done' ? 'done' : `refused: ${refusal}`}`,
      );
    }
    watch.commandCompleted(node, disk, id, command, outcome, refusal);
    issued.operator?.answered(command, outcome, refusal);
  }

  progress(node: number, progress: Progress): void {
    this.world.watch.progressTold(node, progress);
    if (this.world.cluster.hostOf(progress.disk) === node) this.list[progress.disk]?.progress(progress);
  }

  stateChanged(node: number, disk: number, from: MigrationState, to: MigrationState, cause: Cause): void {
    if (this.world.cluster.carrierOf(disk) === node) this.list[disk]?.stateChanged(from, to, cause);
  }

  diskOnline(disk: number): void {
    this.list[disk]?.hostChanged();
  }

  /** Commands that the node had not answered are lost with it. */
  nodeStopped(node: number): void {
    for (const issued of this.commands) {
      if (!issued.isOpen || issued.node !== node) continue;
      issued.isOpen = false;
      this.openCount -= 1;
      issued.operator?.answered(issued.command, 'lost', 'none');
    }
  }

  /** Commands without an answer, in words. */
  openInWords(): string[] {
    return this.commands.flatMap(({ isOpen, command, disk, node }, id) =>
      isOpen ? [`command ${id} (${command} of disk ${disk}) at node ${node}`] : [],
    );
  }
}

/** A step without a disk is for every disk's operator, except what happens to the site as a whole: that is done once. */
function scriptOf(script: readonly OperatorStep[], disk: number): OperatorStep[] {
  return script.filter((step) => {
    if ('chaos' in step || 'reboot' in step) return disk === 0;
    if ('disk' in step && step.disk !== undefined) return step.disk === disk;
    return true;
  });
}

const inWords = (command: Command, argument: number): string =>
  command === 'setup' || command === 'throttle' ? `${command} ${argument}` : command;
