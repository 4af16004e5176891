/** Owns the figures that a command uses where no flag says otherwise. */

/** Seeds of each scenario: all scenarios take about 40 s on two cores. */
export const SEEDS_COUNT_DEFAULT = 150;
/** Seeds of each scenario that a planted bug may survive: nearly all die within the first twenty. */
export const MUTANT_SEEDS_COUNT_DEFAULT = 500;
export const OUTPUT_DIRECTORY_DEFAULT = 'cutover-results';
export const CROSS_CHECKS_PER_SCENARIO = 1;
/** A run takes some milliseconds; one that is silent for so long will not return. */
export const WATCHDOG_MS = 15_000;
export const WORKERS_MAX = 256;
