/**
 * Owns the scenarios on fixed seeds with the real engine: each holds; a seed has one digest, whatever ran before it, in either placement,
 * in another process, and on a machine with all hands full.
 */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';

import test from 'ava';

import { builtInModules } from '../../cli/modules.js';
import { scenarios } from '../../scenarios/registry.js';
import { closeWorlds, runSeed } from '../../sim/world/run-seed.js';
import type { RunResult } from '../../sim/world/run.js';

const SEEDS = [1, 2, 3, 4];
const ASKED_FOR = [
  'steady-copy throttled-copy commit-crash failover-before-commit failover-after-commit planned-move clean-reboot unclean-reboot',
  'shutdown-cut-short target-faults source-faults select-target-and-back two-migrations cleanup operator-chaos torn-metadata multipath',
  'device-trouble step-trouble crash-in-recovery everything-crashes cleanup-race clock-trouble media-lies lost-for-good partition',
  'unsuitable-targets swarm split-brain zombie-writer reservation-lost',
  'cache-power-loss way-back grow-source incremental-resync foreign-write',
].flatMap((line) => line.split(' '));

const run = (scenario: string, seed: number, placement: RunResult['placement'] = 'inline'): Promise<RunResult> =>
  runSeed({ ...builtInModules, scenario, seed, placement });

test.after.always(closeWorlds);

test('scenarios: registry: every situation of the foundation is there, each named once', (t) => {
  t.deepEqual(scenarios.map(({ name }) => name).sort(), [...ASKED_FOR].sort());
});

for (const { name } of scenarios) {
  test.serial(`scenarios: ${name}: holds on fixed seeds, twice with one digest, and the seeds differ`, async (t) => {
    const digests = new Set<string>();
    for (const seed of SEEDS) {
      const first = await run(name, seed);
      t.is(first.outcome.kind, 'passed', `seed ${seed}: ${'sentence' in first.outcome ? first.outcome.sentence : ''}`);
      const again = await run(name, seed);
      t.is(again.digest, first.digest);
      t.deepEqual(again.checkpoints, first.checkpoints);
      t.deepEqual(again.coverage, first.coverage);
      digests.add(first.digest);
    }
    t.is(digests.size, SEEDS.length);
  });

  test.serial(`scenarios: ${name}: nodes in worker threads give the digest of nodes inline`, async (t) => {
    const [inline, threads] = [await run(name, 7), await run(name, 7, 'threads')];
    t.is(threads.digest, inline.digest);
    t.deepEqual(threads.outcome, inline.outcome);
    t.is(threads.events, inline.events);
  });
}

test.serial('scenarios: digest: the same on a busy machine, in both placements', async (t) => {
  const quiet = await run('commit-crash', 11);
  const spin =
    'const words = []; for (;;) { words.push(new Array(1000).fill(0)); if (words.length > 500) words.length = 0; }';
  const busy = Array.from({ length: 4 }, () => new Worker(spin, { eval: true }));
  t.teardown(() => Promise.all(busy.map((worker) => worker.terminate())));
  t.is((await run('commit-crash', 11)).digest, quiet.digest);
  t.is((await run('commit-crash', 11, 'threads')).digest, quiet.digest);
});

test.serial('scenarios: digest: the same in another process', async (t) => {
  const here = await run('unclean-reboot', 5);
  const program = new URL('../../cli/main.js', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'replay', 'unclean-reboot:5', '--json']);
  const replay = JSON.parse(stdout) as { digest: string; events: number };
  t.is(replay.digest, here.digest);
  t.is(replay.events, here.events);
});
