// Owns the command line over fake runs: the same program, other modules. `CUTOVER_TEST_REGISTRY` names the registry.

import { runProgram } from '../../../cli/program.js';

process.exitCode = await runProgram(process.argv.slice(2), {
  runSeedUrl: new URL('../../sim/campaign/fake-run-seed.js', import.meta.url).href,
  engineUrl: new URL('./engine.js', import.meta.url).href,
  codecUrl: new URL('./engine.js', import.meta.url).href,
  scenariosUrl: new URL(`./${process.env['CUTOVER_TEST_REGISTRY'] ?? 'registry'}.js`, import.meta.url).href,
  rootUrl: new URL('./', import.meta.url).href,
  bugsUrl: new URL('./bugs/', import.meta.url).href,
});
