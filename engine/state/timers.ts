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
/** Lets a throttled copier start its next copy; argument: disk. */
export const TIMER_COPIER = 3;

const ARGUMENTS_MAX = 4096;

export const timerOf = (kind: number, argument: number): number => kind * ARGUMENTS_MAX + argument;
export const timerKind = (timer: number): number => Math.floor(timer / ARGUMENTS_MAX);
export const timerArgument = (timer: number): number => timer % ARGUMENTS_MAX;
