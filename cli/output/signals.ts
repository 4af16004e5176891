/**
 * Owns the answer to Ctrl-C and `kill`: the first asks the work to stop, so that what was finished is kept; the second ends the process.
 */

import { EXIT_SIGINT, EXIT_SIGTERM } from '../exit-code.js';

export interface Interruption {
  readonly signal: AbortSignal;
  /** 130 or 143 once a signal came. */
  exitCode(): number | undefined;
  /** Gives the signals back. */
  release(): void;
}

export function watchSignals(): Interruption {
  const stop = new AbortController();
  let exitCode: number | undefined;
  const answer = (code: number): (() => void) => {
    return () => {
      exitCode = code;
      release();
      stop.abort();
    };
  };
  const onInterrupt = answer(EXIT_SIGINT);
  const onTerminate = answer(EXIT_SIGTERM);
  function release(): void {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTerminate);
  }
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  return { signal: stop.signal, exitCode: () => exitCode, release };
}
