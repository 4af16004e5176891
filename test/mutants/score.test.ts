/** Owns the proof that the suite sees a handful of planted bugs within few seeds, and the engine as it is never. `npm run mutants` takes them all. */

import test from 'ava';

import { builtInModules } from '../../cli/modules.js';
import { WATCHDOG_MS } from '../../cli/defaults.js';
import { scenarios } from '../../scenarios/registry.js';
import { loadBugs } from '../../sim/mutants/load-bugs.js';
import type { FiledBug } from '../../sim/mutants/planted-bug.js';
import { type Score, scoreBugs } from '../../sim/mutants/score.js';

const score = (bugs: readonly FiledBug[], seedsMax: number): Promise<Score> =>
  scoreBugs(
    {
      modules: builtInModules,
      rootUrl: builtInModules.rootUrl,
      bugs,
      scenarios: scenarios.map(({ name }) => name),
      seedsMax,
      workersCount: 2,
      watchdogMs: WATCHDOG_MS,
    },
    { signal: new AbortController().signal },
  );

/** One of each kind of mistake: order of durable steps, error flag, recovery, copying, acknowledging, records. */
const HANDFUL = ['P01', 'P18', 'P22', 'P28', 'P33', 'P44'];
/** They die at the first seeds; more are allowed, since a change of a scenario changes its seeds. */
const SEEDS_MAX = 20;

test.serial(
  'mutants: score: a handful of bugs die by an oracle within a few seeds, the control survives',
  async (t) => {
    const bugs = await loadBugs(new URL(builtInModules.bugsUrl));
    const { trials, control } = await score(
      bugs.filter(({ id }) => HANDFUL.includes(id)),
      SEEDS_MAX,
    );
    t.deepEqual(
      trials.map(({ bug }) => bug.id),
      HANDFUL,
    );
    for (const { bug, killedBy } of trials) t.truthy(killedBy, `${bug.id} survived ${SEEDS_MAX} seeds`);
    t.is(control.failure, undefined, control.failure?.sentence);
  },
);

const planted = (find: string, replace: string): FiledBug => ({
  id: 'B1',
  family: 'none',
  title: 'a bug of this test',
  rule: 'none',
  edits: [{ file: 'engine/control/handle.ts', find, replace }],
});

test.serial('mutants: score: what harms nothing survives', async (t) => {
  const { trials } = await score([planted('  advance(state, out);', '  void event;\n  advance(state, out);')], 1);
  t.is(trials[0]?.killedBy, undefined);
  t.is(trials[0]?.broken.runs, 0);
});

test.serial('mutants: score: an engine that throws is not killed by that alone', async (t) => {
  const { trials } = await score([planted('  advance(state, out);', "  throw new Error('no reason');")], 1);
  t.is(trials[0]?.killedBy, undefined);
  t.is(trials[0]?.broken.runs, scenarios.length);
});
