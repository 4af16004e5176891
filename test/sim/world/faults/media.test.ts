/** Holds what a medium that lies does to its planes and answers, and whom a violation is laid to: the medium for its own sectors, else the engine. */

import test from 'ava';

import type { MediaEffect, MediaFaultPlan } from '../../../../scenarios/fault.js';
import type { Scenario } from '../../../../scenarios/scenario.js';
import type { Report } from '../../../../sim/oracles/observation.js';
import type { Lie } from '../../../../sim/world/media/lie-book.js';
import type { World } from '../../../../sim/world/world.js';
import { calm, inCluster, inlineWorld, runToy } from '../toy-world.js';
import { TRICK_MUTE } from '../toy-engine.js';

const lying = (effect: MediaEffect, extra: Partial<MediaFaultPlan> = {}): Scenario => ({
  ...calm,
  class: 'must detect',
  operator: [{ wait: [8_000, 8_000] }],
  faults: [{ kind: 'media', device: 'source', effect, at: { ticks: [4_000, 4_000] }, ...extra }],
});

/** What each lie looks like when its request was answered. */
async function told(scenario: Scenario, look: (world: World, lie: Lie) => void, seed = 1): Promise<string> {
  const world = await inlineWorld();
  const result = await runToy(scenario, {
    seed,
    observers: () => [
      {
        requestServiced: ({ operationId }) => {
          const lie = world.lies.lies.at(-1);
          if (lie?.operation === operationId) look(world, lie);
        },
      },
    ],
  });
  return result.outcome.kind;
}

test('world: media: a write is lost, torn, misplaced or damaged, and answered well', async (t) => {
  for (const effect of ['lost', 'torn', 'misdirected', 'bit-rot'] as const) {
    let lies = 0;
    await told(lying(effect, { times: 4 }), ({ devices, log }, { operation, device, sectors }) => {
      lies += 1;
      const unit = devices.devices[device]!;
      t.true(sectors.length > 0);
      for (const { sector, promised, held } of sectors) {
        const now = unit.lineage('volatile', sector);
        if (held === 0) t.true(log.order[now]! < log.order[promised]!, `${effect} ${sector}`);
        else t.is(now, held);
      }
      const strays = sectors.filter(({ held }) => held === operation);
      t.is(strays.length > 0, effect === 'misdirected');
    });
    t.is(lies, 4, effect);
  }
});

test('world: media: a read returns what was there before, or what lies elsewhere; the plane stays as it is', async (t) => {
  for (const effect of ['stale-read', 'misdirected-read'] as const) {
    const lies: Lie[] = [];
    await told(lying(effect, { times: 3 }), (_, lie) => lies.push(lie));
    t.is(lies.length, 3);
    t.true(lies.every(({ isTransient, isSeen }) => isTransient && isSeen));
  }
});

test('world: media: a flush that was none shows when power is lost, and is mended by the next', async (t) => {
  const scenario = lying('lying-flush', { times: 1 });
  const power = { kind: 'crash', node: 'host', power: true, restart: [100, 100] } as const;
  let lost = 0;
  for (let seed = 1; seed <= 12; seed += 1) {
    let unflushed = 0;
    await runToy(
      { ...scenario, faults: [...(scenario.faults as []), { ...power, at: { ticks: [4_800, 5_500] } }] },
      {
        seed,
        observers: (world) => [
          {
            lieTold: () => (unflushed = world.devices.devices[0]!.unflushedSectorsCount),
            devicePowerLost: (device) => {
              if (device === 0) lost += world.lies.inPlaceOn(0).length;
            },
          },
        ],
      },
    );
    t.true(unflushed > 0);
  }
  t.true(lost > 0);
});

/** A run in which somebody complains about a sector at its end. */
async function complaining(about: (world: World) => Parameters<Report>[0]) {
  const world = await inlineWorld();
  return runToy(lying('lost'), { observers: () => [{ end: () => world.verdict.report(about(world)) }] });
}

test('world: media: what an oracle finds where a medium lied is laid to the medium, and names its fault', async (t) => {
  const { outcome } = await complaining(({ lies }) => ({
    oracle: 'O1',
    sentence: 'a write is lost',
    signature: 'lost',
    place: { disk: 0, sector: lies.lies[0]!.sectors[0]!.sector - 16 },
  }));
  t.is(outcome.kind, 'passed');
  t.regex(
    String('found' in outcome && outcome.found),
    /^a write is lost; the source of disk 0 lost a write: (write \d+|\w+ \(operation \d+\)) of node 0, answered well at 4\.\d{3} ms \(fault 1\)$/,
  );
});

test('world: media: what has nothing to do with a lie is the engine’s, whether it names another place or none', async (t) => {
  const elsewhere = await complaining(({ lies, plan }) => {
    const lied = new Set(lies.lies.flatMap(({ sectors }) => sectors.map(({ sector }) => sector - 16)));
    const sector = Array.from({ length: plan.diskSectors }, (_, each) => each).find((each) => !lied.has(each))!;
    return { oracle: 'O1', sentence: 'lost', signature: 'lost', place: { disk: 0, sector } };
  });
  t.like(elsewhere.outcome, { kind: 'failed', oracle: 'O1' });
  const nowhere = await complaining(() => ({ oracle: 'O11', sentence: 'out of order', signature: 'order' }));
  t.like(nowhere.outcome, { kind: 'failed', oracle: 'O11' });
});

test('world: media: a record that was lied about is found as soon as a node is given it, and excuses what follows', async (t) => {
  const setup: Scenario = {
    ...lying('lost'),
    operator: [{ reach: 'setup' }, { wait: [2_000, 2_000] }],
    faults: [{ kind: 'media', device: 'shared', effect: 'misdirected', at: { step: 'setup.metadata.write' } }],
  };
  const found: string[] = [];
  const result = await runToy(setup, {
    observers: (world) => [
      {
        lieFound: (kind, how) => found.push(`${kind} ${how}`),
        livenessBegun: () => {
          world.lies.given(2, 0, 16);
          world.verdict.report({ oracle: 'O2', sentence: 'nodes disagree', signature: 'disagree' });
        },
      },
    ],
  });
  t.deepEqual(found, ['shared-media-misdirected lineage', 'shared-media-misdirected O2']);
  t.is(result.outcome.kind, 'passed');
});

test('world: media: who does not come to rest after a lie about a record is not waited for as long as others', async (t) => {
  const waiting = (device: MediaFaultPlan['device']): Scenario => ({
    ...lying('lost'),
    world: inCluster,
    operator: [{ reach: 'setup' }, { command: 'throttle', argument: TRICK_MUTE }],
    faults: [{ kind: 'media', device, effect: 'misdirected', at: { ticks: [0, 0] } }],
  });
  const eventsOf = (sentence: string): number =>
    Number(/, (\d+) events after all faults had stopped/.exec(sentence)?.[1]);
  const { outcome: ofRecord } = await runToy(waiting('shared'));
  t.is(ofRecord.kind, 'passed');
  t.is(eventsOf(String('found' in ofRecord && ofRecord.found)), 6_001);
  const { outcome: ofData } = await runToy(waiting('source'));
  t.is(ofData.kind, 'hung');
  t.true(eventsOf('sentence' in ofData ? ofData.sentence : '') > 6_001);
});

test('world: media: a run that must survive knows no lies', async (t) => {
  const { class: _, ...scenario } = lying('lost', { times: 100 });
  t.is(await told(scenario, () => t.fail()), 'passed');
});
