/**
 * Owns which modules a run is made of. Everything below the command line gets them by URL, so that a test, or another engine build,
 * changes them in one place.
 */

import type { RunModules } from '../sim/campaign/request.js';

export const builtInModules: RunModules = {
  runSeedUrl: new URL('../sim/world/run-seed.js', import.meta.url).href,
  engineUrl: new URL('../engine/index.js', import.meta.url).href,
  codecUrl: new URL('../engine/records/codec.js', import.meta.url).href,
  scenariosUrl: new URL('../scenarios/registry.js', import.meta.url).href,
};
