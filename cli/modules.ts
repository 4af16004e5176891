/**
 * Owns which modules a run is made of, and where planted bugs are. Everything below the command line gets them by URL, so that a test, or another engine build,
 * changes them in one place.
 */

import type { RunModules } from '../sim/campaign/request.js';

export interface ProgramModules extends RunModules {
  /** The folder with the project's sources: bugs are planted in those of its engine. */
  rootUrl: string;
  /** Folder of the planted bugs, compiled. */
  bugsUrl: string;
}

// This file runs as dist/cli/modules.js.
export const builtInModules: ProgramModules = {
  runSeedUrl: new URL('../sim/world/run-seed.js', import.meta.url).href,
  engineUrl: new URL('../engine/index.js', import.meta.url).href,
  codecUrl: new URL('../engine/records/codec.js', import.meta.url).href,
  scenariosUrl: new URL('../scenarios/registry.js', import.meta.url).href,
  rootUrl: new URL('../../', import.meta.url).href,
  bugsUrl: new URL('../test/mutants/bugs/', import.meta.url).href,
};
