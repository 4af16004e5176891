/** Owns the proof that a simulated terabyte costs what it holds: a full synchronisation in few events and little memory. */

import test from 'ava';

import { builtInModules } from '../../cli/modules.js';
import { closeWorlds, runSeed } from '../../sim/world/run-seed.js';

test.after.always(closeWorlds);

test('scenarios: terabyte: a full migration costs what is allocated or touched', async (t) => {
  const scenariosUrl = new URL('./terabyte.js', import.meta.url).href;
  // A world reserves address space whatever it runs.
  await runSeed({ ...builtInModules, scenario: 'steady-copy', seed: 1, placement: 'inline' });
  const before = process.memoryUsage().arrayBuffers;
  const result = await runSeed({ ...builtInModules, scenariosUrl, scenario: 'terabyte', seed: 1, placement: 'inline' });
  t.like(result.outcome, { kind: 'passed', states: ['committed'] });
  t.true(result.events < 50_000, `${result.events} events`);
  const grown = process.memoryUsage().arrayBuffers - before;
  t.true(grown < 32 * 2 ** 20, `${grown} bytes of buffers`);
});
