// Owns the proof that a campaign's result depends on its request alone, and that no run, whatever it does, takes the others with it.

import test from 'ava';

import { type CampaignOptions, runCampaign } from '../../../sim/campaign/campaign.js';
import { replayRun } from '../../../sim/campaign/replay.js';
import { type CampaignRequest, type CampaignResult, HarnessError } from '../../../sim/campaign/request.js';
import { RECORDS_MAX } from '../../../sim/campaign/tally.js';

const modules = {
  runSeedUrl: new URL('./fake-run-seed.js', import.meta.url).href,
  engineUrl: 'none:engine',
  codecUrl: 'none:codec',
  scenariosUrl: 'none:scenarios',
};

const run = (request: Partial<CampaignRequest>, options?: CampaignOptions): Promise<CampaignResult> =>
  runCampaign(
    {
      modules,
      scenarios: ['steady'],
      seeds: { from: 1, to: 40 },
      placement: 'inline',
      workersCount: 1,
      failuresMax: undefined,
      crossChecksPerScenario: 1,
      watchdogMs: 20_000,
      ...request,
    },
    options,
  );

const withoutWall = ({ wallSeconds: _, ...rest }: CampaignResult): Omit<CampaignResult, 'wallSeconds'> => rest;

test('campaign: workers: one and three give the same result, failures included', async (t) => {
  const request = { scenarios: ['steady', 'failing', 'throwing', 'hanging'], seeds: { from: 0, to: 70 } };
  const one = await run({ ...request, workersCount: 1 });
  const three = await run({ ...request, workersCount: 3 });
  t.deepEqual(withoutWall(one), withoutWall(three));
  t.is(one.ended, 'completed');
  t.deepEqual(
    one.scenarios.map(({ runs, passed, failed, hung }) => [runs, passed, failed, hung]),
    [
      [71, 71, 0, 0],
      [71, 57, 14, 0],
      [71, 70, 1, 0],
      [71, 70, 0, 1],
    ],
  );
  t.is(one.coverage.claims['A1'], 4 * 71 - 1);
  t.deepEqual(one.coverage.faults['crash'], { armed: 2 * (4 * 71 - 1), fired: 35 * 4 - 1 });
  t.is(one.crossChecked, 4);
});

test('campaign: digest: one over all runs, whatever the placement; another where a run differs', async (t) => {
  const digestsOf = async (request: Partial<CampaignRequest>): Promise<string[]> =>
    (await run(request)).scenarios.map(({ digest }) => digest);
  const request = { scenarios: ['steady', 'failing'], crossChecksPerScenario: 0 };
  const [steady, failing] = await digestsOf(request);
  t.regex(steady ?? '', /^[0-9a-f]{16}$/);
  t.not(steady, failing);
  t.deepEqual(await digestsOf({ ...request, placement: 'threads' }), [steady, failing]);
  t.not((await digestsOf({ ...request, seeds: { from: 1, to: 39 } }))[0], steady);
  const split = { scenarios: ['splitting'], crossChecksPerScenario: 0 };
  t.notDeepEqual(await digestsOf(split), await digestsOf({ ...split, placement: 'threads' }));
});

test('campaign: failures: each has run twice, the first keep their checkpoints', async (t) => {
  const { failures, disagreements } = await run({ scenarios: ['always-failing'] });
  t.is(failures.length, 40);
  t.deepEqual(disagreements, []);
  t.true(failures.every(({ repeats }) => repeats === true));
  t.deepEqual(
    failures.map(({ checkpoints }) => checkpoints.length),
    failures.map((_, index) => (index < RECORDS_MAX ? 2 : 0)),
  );
  t.is(failures[2]?.outcome.sentence, 'expected block 3 to hold write 57, got write 41: acknowledged and lost');
});

test('campaign: failures: one that throws is named, and the rest go on', async (t) => {
  const { failures, scenarios } = await run({ scenarios: ['throwing'], seeds: { from: 1, to: 20 } });
  t.is(scenarios[0]?.passed, 19);
  t.is(failures.length, 1);
  t.is(failures[0]?.seed, 3);
  t.is(failures[0]?.outcome.oracle, 'scenario');
  t.regex(
    failures[0]?.outcome.sentence ?? '',
    /^expected throwing to run, got an error \(no such disk: 3\), at .*fake-run-seed/,
  );
  t.is(failures[0]?.outcome.signature, 'scenario: threw: no such disk: #');
});

test('campaign: silent runs: two that never return are named, and the rest go on', async (t) => {
  const result = await run({
    scenarios: ['spinning', 'steady'],
    seeds: { from: 1, to: 14 },
    workersCount: 2,
    watchdogMs: 1_500,
  });
  const [spinning, steady] = result.scenarios;
  t.deepEqual([spinning?.runs, spinning?.passed, spinning?.hung], [14, 12, 2]);
  t.is(steady?.passed, 14);
  t.deepEqual(
    result.failures.map(({ scenario, seed, repeats }) => [scenario, seed, repeats]),
    [
      ['spinning', 4, undefined],
      ['spinning', 12, undefined],
    ],
  );
  t.regex(result.failures[0]?.outcome.sentence ?? '', /^expected spinning:4 to end, got nothing for 1\.5 s .* inline/);
});

test('campaign: dead workers: a run that ends its thread is named, and the rest go on', async (t) => {
  const { failures, scenarios } = await run({ scenarios: ['dying'], seeds: { from: 1, to: 9 } });
  t.deepEqual([scenarios[0]?.passed, scenarios[0]?.failed], [8, 1]);
  t.regex(
    failures[0]?.outcome.sentence ?? '',
    /^expected dying:2 to end, got a dead worker thread in placement inline/,
  );
});

test('campaign: agreement: placements that differ are reported with the checkpoint', async (t) => {
  const { disagreements, failures } = await run({ scenarios: ['splitting'] });
  t.deepEqual(failures, []);
  t.deepEqual(
    disagreements.map(({ seed, kind }) => [seed, kind]),
    [[1, 'placement']],
  );
  t.regex(disagreements[0]?.sentence ?? '', /checkpoint of event 256 \(events 128 to 256\)$/);
});

test('campaign: agreement: a failure that does not repeat is reported', async (t) => {
  const { disagreements, failures } = await run({
    scenarios: ['flaky'],
    seeds: { from: 7, to: 7 },
    crossChecksPerScenario: 0,
  });
  t.false(failures[0]?.repeats);
  t.is(disagreements[0]?.kind, 'repeat');
  t.regex(disagreements[0]?.sentence ?? '', /^expected one digest of two runs of flaky:7, got [0-9a-f]{16} /);
});

test('campaign: bail: stops at the same run for any number of workers', async (t) => {
  // So many that it would never end if it did not stop.
  const request = { scenarios: ['failing', 'always-failing'], failuresMax: 3, seeds: { from: 1, to: 1e12 } };
  const one = await run({ ...request, workersCount: 1 });
  const three = await run({ ...request, workersCount: 3 });
  t.deepEqual(withoutWall(one), withoutWall(three));
  t.is(one.ended, 'bail');
  t.deepEqual(
    one.failures.map(({ seed }) => seed),
    [3, 8, 13],
  );
  t.is(one.scenarios[0]?.runs, 13);
});

test('campaign: interruption: what was finished is in the result', async (t) => {
  const stop = new AbortController();
  const request = { seeds: { from: 1, to: 1_000_000 }, workersCount: 2 };
  const result = await run(request, { signal: stop.signal, onProgress: () => stop.abort() });
  t.is(result.ended, 'interrupted');
  t.true((result.scenarios[0]?.runs ?? 0) >= 1);
  t.true((result.scenarios[0]?.runs ?? 0) < 1_000);
});

test('campaign: modules: a build that cannot be loaded is no verdict on it', async (t) => {
  const broken = { ...modules, runSeedUrl: new URL('./no-such-module.js', import.meta.url).href };
  await t.throwsAsync(run({ modules: broken, workersCount: 2 }), {
    instanceOf: HarnessError,
    message: /no-such-module/,
  });
});

test('campaign: replay: a run is told, and one that never returns ends all the same', async (t) => {
  const { signal } = new AbortController();
  const told = await replayRun(
    { modules, scenario: 'steady', seed: 5, placement: 'threads', watchdogMs: 20_000 },
    signal,
  );
  t.is(told?.placement, 'threads');
  t.is(told?.story.length, 2);
  const silent = await replayRun(
    { modules, scenario: 'spinning', seed: 4, placement: 'inline', watchdogMs: 1_000 },
    signal,
  );
  t.is(silent?.outcome.kind, 'hung');
});
