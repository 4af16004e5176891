/** Owns what is remembered of copying. What it means is in `data-path/copier.ts`. */

export interface CopierState {
  paused: boolean;
  /** Pause between the starts of two copies; 0: none. */
  throttleTicks: number;
  throttled: boolean;
  /** Which order set the pace: a pause that an earlier one began ends nothing. */
  throttleRound: number;
  cursor: number;
  inFlightCount: number;
  copiedCount: number;
  /** Where the estimate of the rate starts: the node's clock, -1 until it was looked at, and what had been copied then. */
  sinceTicks: number;
  sinceCopiedCount: number;
  /** The target held nothing when copying began, and no write has reached it alone since: what the source never held needs no copy. */
  targetBlank: boolean;
  /** The source's last answer, in application's sectors: from `extentFrom` nothing up to `allocatedFrom`, then data up to `extentTo`. */
  extentFrom: number;
  allocatedFrom: number;
  extentTo: number;
  extentPending: boolean;
  /** A procedure brings regions back to the source while application I/O is held. */
  bringsBack: boolean;
}

export function createCopier(): CopierState {
  return {
    paused: false,
    throttleTicks: 0,
    throttled: false,
    throttleRound: 0,
    cursor: 0,
    inFlightCount: 0,
    copiedCount: 0,
    sinceTicks: -1,
    sinceCopiedCount: 0,
    targetBlank: false,
    extentFrom: 0,
    allocatedFrom: 0,
    extentTo: 0,
    extentPending: false,
    bringsBack: false,
  };
}
