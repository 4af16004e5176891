/**
 * Owns the operator of one disk: does the steps of a script in order. It knows what anybody at a console would: what its commands answered, what
 * the host's engine last said of the migration's state, and, after a change of host, what a `query` tells. It looks up at intervals, and whenever
 * an answer comes.
 */

import type { Cause, Command, CommandOutcome, MigrationState, Refusal } from '../../../engine/contract/vocabulary.js';
import type { Progress } from '../../../engine/contract/effects.js';
import type { OperatorStep, Ticks } from '../../../scenarios/scenario.js';
import type { Stream } from '../../determinism/decisions.js';
import { Kind } from '../event-kinds.js';
import { targetIdentity } from '../layout.js';
import type { World } from '../world.js';
import { chaosArgument, chaosCommand, chaosTicks, wrongTarget } from './chaos.js';
import { nextLeg } from './routes.js';

/** Between two looks at a migration that moves by itself, and before a refused command is repeated. */
const LOOK_TICKS_MIN = 1_000;
const LOOK_TICKS_SPREAD = 3_000;
/** A command refused so often in a row will not be granted: the operator gives the step up. */
const REFUSALS_MAX = 60;
/** These stay as they are, however often one asks. */
const REFUSALS_LASTING: readonly Refusal[] = [
  'same-device',
  'target-too-small',
  'target-tombstoned',
  'target-in-use',
  'too-many-regions',
];
const REFUSALS_LASTING_MAX = 4;
const THROTTLE_TICKS_MAX = 2_000;
const COMMAND_NONE = -1;
/** Ends when the migration is in a state that it does not leave by itself: no share of regions is above 1. */
const STANDSTILL: OperatorStep = { waitCopied: 2 };

export class DiskOperator {
  /** What the host's engine said last; undefined after a change of host. */
  state: MigrationState | undefined = undefined;
  /** The command whose answer this operator waits for, or -1. */
  commandPending = COMMAND_NONE;
  commandInWords = '';
  private wasCommitted = false;
  private copiedShare = 0;
  private isPausedMigration = false;
  /** What was looked at is still so: a `query` answered since the last look. */
  private isFresh = false;
  /** The source could not be read: which region is it? */
  private asksWhich = false;
  private refusalsCount = 0;
  private mustGoBack = false;
  private stepIndex = 0;
  /** What the present step still has to do; meaning depends on the step. */
  private left = -1;
  /** Of a chaos: what was typed last. */
  private commandBefore: Command | undefined = undefined;
  private token = 0;

  constructor(
    private readonly world: World,
    readonly disk: number,
    private readonly stream: Stream,
    private script: readonly OperatorStep[],
  ) {}

  get isDone(): boolean {
    return this.stepIndex >= this.script.length;
  }

  /** The step at hand, in words; for who waits for whom. */
  get stepInWords(): string {
    const step = this.script[this.stepIndex];
    return step === undefined ? 'is done' : `is at ${JSON.stringify(step)}`;
  }

  begin(): void {
    this.lookSoon(1);
  }

  /** Faults have stopped: leads the migration to `goal`, or ends the script and waits until nothing moves any more. */
  finish(goal: MigrationState | undefined): void {
    const rest = this.script.slice(this.stepIndex);
    if (goal !== undefined) this.left = -1;
    this.script = goal === undefined ? [...rest, STANDSTILL] : [{ reach: goal }];
    this.stepIndex = 0;
    this.refusalsCount = 0;
    if (this.commandPending === COMMAND_NONE) this.lookSoon(1);
  }

  /** A look is due; one that was overtaken by another is void. */
  look(token: number): void {
    if (token !== this.token || this.commandPending !== COMMAND_NONE) return;
    if (this.isDone) {
      // Even who has nothing left to do looks how things stand at a new host.
      if (this.world.phase !== 'safety') this.knowsState();
      return;
    }
    const step = this.script[this.stepIndex]!;
    if ('reach' in step) this.reach(step.reach);
    else if ('command' in step) this.command(step);
    else if ('wait' in step) this.wait(step.wait);
    else if ('waitCopied' in step) this.waitCopied(step.waitCopied);
    else if ('chaos' in step) this.chaos(step.chaos);
    else if ('move' in step) this.move();
    else this.reboot(step.reboot);
  }

  /** A command that this operator waits for was answered, or its node stopped (`lost`). */
  answered(command: Command, outcome: CommandOutcome | 'lost', refusal: Refusal): void {
    this.commandPending = COMMAND_NONE;
    if (command === 'query') {
      this.isFresh = outcome === 'done';
      return outcome === 'done' ? this.lookSoon(0) : this.lookLater();
    }
    const step = this.script[this.stepIndex];
    if (step !== undefined && 'command' in step) return this.nextStep();
    if (outcome !== 'refused') {
      this.refusalsCount = 0;
      return this.lookSoon(1);
    }
    this.refusalsCount += 1;
    const isLasting = REFUSALS_LASTING.includes(refusal) && this.refusalsCount >= REFUSALS_LASTING_MAX;
    if (isLasting || (this.refusalsCount >= REFUSALS_MAX && this.world.phase === 'safety')) {
      this.world.story.tell('operator', `gives up on disk ${this.disk}: ${command} is refused as ${refusal}`);
      return this.nextStep();
    }
    // What the source has grown by is copied when reads are back there.
    this.mustGoBack = refusal === 'source-grown';
    // What was refused may be refused because things are not as they seemed.
    this.state = undefined;
    this.lookLater();
  }

  progress(progress: Progress): void {
    this.noteState(progress.state);
    this.isPausedMigration = progress.paused;
    this.copiedShare =
      progress.regionsCount === 0 ? 0 : (progress.regionsCount - progress.regionsDirtyCount) / progress.regionsCount;
  }

  /** The migration was committed once: what comes after its cleanup is no way back, and as good as committed. */
  get isCompleted(): boolean {
    return this.wasCommitted && this.state === 'none';
  }

  stateChanged(from: MigrationState, to: MigrationState, cause: Cause): void {
    // After a recovery nobody may have seen the state it came from.
    this.noteState(from);
    this.noteState(to);
    this.isFresh = false;
    this.asksWhich = cause === 'source-unreadable';
    if (this.commandPending === COMMAND_NONE) this.lookSoon(1);
  }

  /** Another engine answers for the disk now. */
  hostChanged(): void {
    this.state = undefined;
    this.isFresh = false;
    if (this.commandPending === COMMAND_NONE) this.lookSoon(1);
  }

  private noteState(state: MigrationState): void {
    this.state = state;
    if (state === 'committed') this.wasCommitted = true;
  }

  private reach(goal: MigrationState): void {
    if (!this.knowsState()) return;
    if (this.asksWhich) {
      this.asksWhich = false;
      return this.issue('query', 0);
    }
    const state = this.state!;
    const leg = this.isCompleted
      ? 'closed'
      : this.mustGoBack && state === 'target-selected'
        ? 'selectSource'
        : nextLeg(goal, state);
    this.mustGoBack = false;
    switch (leg) {
      case 'arrived':
      case 'closed':
        return this.nextStep();
      case 'wait':
        return this.isFresh && this.isPausedMigration ? this.issue('resume', 0) : this.lookAgain();
      case 'setup':
        return this.issue('setup', targetIdentity(this.disk));
      default:
        return this.issue(leg, 0);
    }
  }

  private command(step: Extract<OperatorStep, { command: Command }>): void {
    const host = this.world.cluster.hostOf(this.disk);
    const node = step.on === 'standby' ? this.world.drawStandby(this.disk, this.stream) : host;
    if (node < 0) return this.lookLater();
    const { disksCount } = this.world.plan;
    const wrong = step.onto === undefined ? undefined : wrongTarget(step.onto, this.disk, disksCount);
    const argument = wrong ?? step.argument ?? this.argumentOf(step.command);
    if (step.hasty !== true) return this.issueAt(node, step.command, argument);
    this.world.operators.issue(undefined, node, step.command, this.disk, argument);
    this.nextStep();
  }

  /** `left` is the tick it ends at: an answer in between does not cut it short. */
  private wait(span: Ticks): void {
    const { tick } = this.world;
    if (this.left < 0) this.left = tick + this.stream.between(span[0], span[1]);
    if (tick >= this.left) return this.nextStep();
    this.lookSoon(this.left - tick);
  }

  private waitCopied(share: number): void {
    if (!this.knowsState()) return;
    if (this.state !== 'syncing' || (this.isFresh && this.copiedShare >= share)) return this.nextStep();
    // Once faults have stopped nobody else resumes it.
    if (this.isFresh && this.isPausedMigration && this.world.phase !== 'safety') return this.issue('resume', 0);
    this.lookAgain();
  }

  private chaos(count: number): void {
    if (this.left < 0) {
      this.left = count;
      this.commandBefore = undefined;
    }
    if (this.left === 0) return this.nextStep();
    const command = chaosCommand(this.stream, this.commandBefore);
    this.commandBefore = command;
    const argument = chaosArgument(this.stream, command, this.disk);
    const standby = this.stream.integer(4) === 0 ? this.world.drawStandby(this.disk, this.stream) : -1;
    const node = standby >= 0 ? standby : this.world.cluster.hostOf(this.disk);
    if (node < 0) return this.lookLater();
    this.left -= 1;
    // Nobody waits for the answer.
    this.world.operators.issue(undefined, node, command, this.disk, argument);
    this.lookSoon(chaosTicks(this.stream, command));
  }

  /** Done when the disk has a host again. */
  private move(): void {
    const { cluster } = this.world;
    if (this.left < 0) {
      if (this.world.plan.mode === 'standalone') return this.nextStep();
      if (cluster.move(this.disk)) this.left = 0;
      return this.lookLater();
    }
    return cluster.hostOf(this.disk) >= 0 ? this.nextStep() : this.lookLater();
  }

  private reboot(ticks: Ticks): void {
    const { cluster } = this.world;
    const host = cluster.hostOf(this.disk);
    if (this.left < 0) {
      if (host < 0) return this.lookLater();
      cluster.reboot(host, this.stream.between(ticks[0], ticks[1]));
      this.left = 0;
      return this.lookLater();
    }
    return host >= 0 ? this.nextStep() : this.lookLater();
  }

  /** Asks the host's engine when nobody has told. */
  private knowsState(): boolean {
    if (this.world.cluster.hostOf(this.disk) < 0) {
      this.lookLater();
      return false;
    }
    if (this.state !== undefined) return true;
    this.issue('query', 0);
    return false;
  }

  /** The migration moves by itself: ask how far it is, then wait a while. */
  private lookAgain(): void {
    if (this.isFresh) {
      this.isFresh = false;
      return this.lookLater();
    }
    this.issue('query', 0);
  }

  private issue(command: Command, argument: number): void {
    this.issueAt(this.world.cluster.hostOf(this.disk), command, argument);
  }

  private issueAt(node: number, command: Command, argument: number): void {
    this.commandInWords = command;
    this.commandPending = this.world.operators.issue(this, node, command, this.disk, argument);
  }

  private argumentOf(command: Command): number {
    if (command === 'setup') return targetIdentity(this.disk);
    return command === 'throttle' ? this.stream.integer(THROTTLE_TICKS_MAX) : 0;
  }

  private nextStep(): void {
    this.stepIndex += 1;
    this.left = -1;
    this.refusalsCount = 0;
    this.isFresh = false;
    if (this.isDone) this.world.operators.scriptDone();
    else this.lookSoon(1);
  }

  private lookLater(): void {
    this.lookSoon(LOOK_TICKS_MIN + this.stream.integer(LOOK_TICKS_SPREAD));
  }

  private lookSoon(ticks: number): void {
    const { queue } = this.world;
    this.token += 1;
    queue.push(queue.atTick + ticks, Kind.OPERATE, this.disk, this.token, 0, 0, 0, 0);
  }
}
