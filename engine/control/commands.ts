/**
 * Owns which command is taken when: the table of states and commands, and every refusal. What is refused changes nothing and may be
 * repeated.
 */

import type { Effects, Progress } from '../contract/effects.js';
import type { CommandEvent } from '../contract/events.js';
import type { Command, MigrationState, Refusal } from '../contract/vocabulary.js';
import { type DiskState, diskAt, type EngineState, isWriteCloning } from '../state/state.js';
import { startProcedure } from './procedures.js';

const TICKS_PER_SECOND = 1_000_000;
const CLONING: readonly MigrationState[] = ['syncing', 'source-selected', 'target-selected'];

/** States each command is allowed in. */
const ALLOWED: Readonly<Record<Exclude<Command, 'query'>, readonly MigrationState[]>> = {
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

export function takeCommand(state: EngineState, event: CommandEvent, out: Effects): void {
  const disk = diskAt(state, event.disk);
  if (event.command === 'query') {
    answerQuery(disk, event, out);
    return;
  }
  const refusal = refusalOf(disk, event.command);
  if (refusal !== undefined) out.commandCompleted(event.id, 'refused', refusal);
  else if (!steerCopier(state, disk, event)) startProcedure(state, disk, event.command, event.id, event.argument, out);
  else out.commandCompleted(event.id, 'done', 'none');
}

function refusalOf(disk: DiskState, command: Exclude<Command, 'query'>): Refusal | undefined {
  if (disk.lifecycle !== 'online') return 'not-owner';
  const running = disk.procedure?.name;
  if (running === 'commit' || running === 'forcedCommit') return 'commit-in-progress';
  if (!ALLOWED[command].includes(disk.state)) return 'not-allowed-in-state';
  if (isWriteCloning(disk.state) && disk.targetFault && command !== 'abort') return 'target-fault-recorded';
  const steers = command === 'pause' || command === 'resume' || command === 'throttle';
  const endsCopying = running === 'abort' || running === 'errorTransition' || running === 'stop';
  return running !== undefined && (!steers || endsCopying) ? 'busy' : undefined;
}

/** Pause, resume and throttle act at once; true if the command was one of them. */
function steerCopier(state: EngineState, disk: DiskState, { command, argument }: CommandEvent): boolean {
  switch (command) {
    case 'pause':
      disk.copier.paused = true;
      return true;
    case 'resume':
      disk.copier.paused = false;
      return true;
    case 'throttle':
      disk.copier.throttleTicks = Math.max(0, argument);
      disk.copier.throttled = false;
      state.throttleRound += 1;
      disk.copier.throttleRound = state.throttleRound;
      return true;
    default:
      return false;
  }
}

function answerQuery(disk: DiskState, { id, clockTicks }: CommandEvent, out: Effects): void {
  const { regionsPerSecond, remainingTicks } = paceOf(disk, clockTicks);
  out.progress({
    disk: disk.index,
    state: disk.state,
    regionsCount: disk.map.regionsCount,
    regionsDirtyCount: disk.map.dirtyCount,
    regionsCopiedCount: disk.copier.copiedCount,
    paused: disk.copier.paused,
    regionsPerSecond,
    remainingTicks,
    unreadableRegion: disk.unreadableRegion,
  });
  out.commandCompleted(id, 'done', 'none');
}

/** Rate and time left, from what was copied since the first look at the clock. A clock that stands still or runs back tells nothing. */
function paceOf({ copier, map }: DiskState, clockTicks: number): Pick<Progress, 'regionsPerSecond' | 'remainingTicks'> {
  if (copier.sinceTicks < 0) {
    copier.sinceTicks = clockTicks;
    copier.sinceCopiedCount = copier.copiedCount;
  }
  const elapsedTicks = clockTicks - copier.sinceTicks;
  const copiedCount = copier.copiedCount - copier.sinceCopiedCount;
  if (elapsedTicks <= 0 || copiedCount <= 0) return { regionsPerSecond: 0, remainingTicks: -1 };
  return {
    regionsPerSecond: Math.round((copiedCount * TICKS_PER_SECOND) / elapsedTicks),
    remainingTicks: Math.ceil((map.dirtyCount * elapsedTicks) / copiedCount),
  };
}
