/**
 * Owns the numbering of timers: a kind and an argument. A timer that comes late or twice must do no harm: each handler looks whether what
 * it was set for still holds.
 */

/** Looks at requests in flight. */
export const TIMER_WATCHDOG = 0;
/** Repeats a failed request; argument: its slot. */
export const TIMER_RETRY = 1;
/** Wakes a procedure that pauses; argument: disk. */
export const TIMER_PROCEDURE = 2;
/** Lets a throttled copier start its next copy; argument: disk and round (`copierArgument`). */
export const TIMER_COPIER = 3;

const ARGUMENTS_MAX = 4096;

/** Rounds of a disk's throttle that are told apart; so many later they count anew. */
const COPIER_ROUNDS = 64;

export const copierArgument = (disk: number, round: number): number => disk * COPIER_ROUNDS + (round % COPIER_ROUNDS);
export const copierDisk = (argument: number): number => Math.floor(argument / COPIER_ROUNDS);

export const timerOf = (kind: number, argument: number): number => kind * ARGUMENTS_MAX + argument;
export const timerKind = (timer: number): number => Math.floor(timer / ARGUMENTS_MAX);
export const timerArgument = (timer: number): number => timer % ARGUMENTS_MAX;
