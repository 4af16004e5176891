/** Owns the flags as commander hands them to the commands, already parsed. */

import type { Detail } from '../reports/terminal/summary.js';
import type { Placement, SeedRange } from '../sim/campaign/request.js';

export interface CommonFlags {
  json?: boolean;
  color?: boolean;
  quiet?: boolean;
  verbose?: boolean;
}

export interface ReplayFlags extends CommonFlags {
  placement?: Placement;
}

export interface RunFlags extends ReplayFlags {
  seeds?: SeedRange;
  seed?: number;
  grep?: string;
  workers?: number;
  /** `true`: the flag without a number. */
  bail?: number | true;
  outputDir?: string;
}

export interface MutantsFlags extends CommonFlags {
  only?: string;
  seeds?: number;
  workers?: number;
}

export const detailOf = ({ quiet, verbose }: CommonFlags): Detail =>
  quiet === true ? 'quiet' : verbose === true ? 'verbose' : 'normal';
