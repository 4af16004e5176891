/**
 * Owns the tests of the two placements: the same words in both, and what only threads give: a real crash, fresh modules, and an end to an engine
 * that never returns. The thread of the test blocks while nodes run, as the scheduler's does.
 */
import test, { type ExecutionContext } from 'ava';
import { Piscina } from 'piscina';
import { createInlinePlacement } from '../../../sim/nodes/placement/inline-placement.js';
import type { Placement } from '../../../sim/nodes/placement/placement.js';
import { createThreadsPlacement, type ThreadsParts } from '../../../sim/nodes/placement/threads-placement.js';
import { DrivenNode } from './driven-node.js';
import { configurationOf, shape } from './fixtures.js';
import * as toy from './toy-engine.js';
import { playSession, TOY_ENGINE_URL } from './toy-session.js';

/** Long enough for an honest turn on a machine that is very busy: the watchdog watches those too. */
const HUNG_MILLISECONDS = 1500;

const inline = (): Placement => createInlinePlacement({ engine: toy, ...shape });

function threads(t: ExecutionContext, parts: Partial<ThreadsParts> = {}): Placement {
  const placement = createThreadsPlacement({ engineUrl: TOY_ENGINE_URL, ...shape, ...parts });
  t.teardown(() => placement.close());
  return placement;
}

test('nodes: placements: the same words in both, over crashes, restarts and failures', (t) => {
  const session = { seed: 5, nodesCount: 3, turnsCount: 400 };
  const words = playSession(inline(), session);
  t.deepEqual(playSession(threads(t), session), words);
  t.true(words.flat().some((line) => line.startsWith('failed GuardViolation')));
  t.true(words.flat().some((line) => line.startsWith('crash')));
});

test('nodes: placements: a used placement plays as a new one does', (t) => {
  const placement = inline();
  playSession(placement, { seed: 6, nodesCount: 2, turnsCount: 200 });
  const session = { seed: 7, nodesCount: 3, turnsCount: 200 };
  t.deepEqual(playSession(placement, session), playSession(inline(), session));
});

test('nodes: placements: threads inside a thread of a pool', async (t) => {
  const session = { seed: 8, nodesCount: 2, turnsCount: 100 };
  const filename = new URL('./toy-session.js', import.meta.url).href;
  const pool = new Piscina({ filename, minThreads: 1, maxThreads: 1 });
  t.teardown(() => pool.destroy());
  t.deepEqual(await pool.run(session), playSession(inline(), session));
});

test('nodes: threads: a restart is a fresh module, inline it is not', (t) => {
  const enginesCreated = (placement: Placement): unknown[] =>
    [1, 2, 3].map(() => {
      const node = new DrivenNode(placement, 0, toy.vocabulary);
      node.boot();
      node.trick(toy.TRICK_MODULE_STATE);
      node.crash();
      return node.told[0]?.[1];
    });
  t.deepEqual(enginesCreated(threads(t)), [1, 1, 1]);
  const [first, second, third] = enginesCreated(inline()) as number[];
  t.deepEqual([second, third], [first! + 1, first! + 2]);
});

test('nodes: threads: an engine that never returns is hung, and the next start works', (t) => {
  const placement = threads(t, { watchdogMilliseconds: HUNG_MILLISECONDS });
  const [looping, other] = [0, 1].map((node) => new DrivenNode(placement, node, toy.vocabulary));
  looping!.boot();
  other!.boot();
  const mailbox = looping!.mailbox;
  t.is(looping!.trick(toy.TRICK_LOOP), 'hung');
  t.not(looping!.mailbox, mailbox, 'the thread may still write to its mailbox');
  looping!.crash();
  t.is(other!.trick(toy.TRICK_FILL), 'done');
  t.is(looping!.boot(), 'done');
  t.is(looping!.trick(toy.TRICK_THROW), 'failed');
});

test('nodes: threads: a hung engine is terminated for real', async (t) => {
  const engineUrl = moduleOf(`
    export * from '${TOY_ENGINE_URL}';
    export const handle = (state, event) => {
      if (event.kind !== 'deviceCompleted') return;
      const words = new Int32Array(event.bytes.buffer);
      for (;;) words[0] += 1;
    };
  `);
  const placement = threads(t, { engineUrl, watchdogMilliseconds: HUNG_MILLISECONDS });
  const node = new DrivenNode(placement, 0, toy.vocabulary);
  const { mailbox } = node;
  const read = { request: 1, status: 'ok', valueA: 0, valueB: 0, slot: 0, slotSector: 0, count: 1 } as const;
  t.is(node.boot(), 'done');
  t.is(
    node.turn((writer) => writer.deviceCompleted(mailbox, read)),
    'hung',
  );
  await placement.close();
  const counted = mailbox.slotsWords[0]!;
  t.not(counted, 0);
  playSession(inline(), { seed: 9, nodesCount: 1, turnsCount: 200 });
  t.is(mailbox.slotsWords[0], counted, 'it goes on counting');
});

test('nodes: threads: a thread that dies is hung, and the next start works', (t) => {
  const engineUrl = moduleOf(`
    export * from '${TOY_ENGINE_URL}';
    export const handle = () => process.exit();
  `);
  const placement = threads(t, { engineUrl, watchdogMilliseconds: HUNG_MILLISECONDS });
  const node = new DrivenNode(placement, 0, toy.vocabulary);
  t.is(node.boot(), 'hung');
  node.crash();
  t.is(node.boot(), 'hung');
});

test('nodes: threads: an engine that cannot be loaded is named', (t) => {
  const unloadable: [engineUrl: string, sentence: RegExp][] = [
    [moduleOf(`throw new Error('expected a better engine')`), /got Error: expected a better engine, at data:/],
    [moduleOf(`export const vocabulary = {}`), /expected a module that exports vocabulary, create and handle/],
    ['file:///no/such/engine.js', /Cannot find module/],
  ];
  for (const [engineUrl, message] of unloadable) {
    const placement = threads(t, { engineUrl, stockCount: 0 });
    t.throws(() => placement.start(0, configurationOf(0)), { message });
  }
});

test('nodes: threads: stop ends one node, close ends all', async (t) => {
  const placement = threads(t);
  const nodes = [0, 1, 2].map((node) => new DrivenNode(placement, node, toy.vocabulary));
  for (const node of nodes) t.is(node.boot(), 'done');
  nodes[1]!.crash();
  t.deepEqual(
    nodes.map((_, node) => placement.isRunning(node)),
    [true, false, true],
  );
  await placement.close();
  await placement.close();
  t.deepEqual(
    nodes.map((_, node) => placement.isRunning(node)),
    [false, false, false],
  );
});

for (const kind of ['inline', 'threads'] as const) {
  test(`nodes: placements: ${kind}: a turn of a stopped node, a second start and a node too many are refused`, (t) => {
    const placement = kind === 'inline' ? inline() : threads(t, { stockCount: 0 });
    t.throws(() => placement.turn(0), { message: /expected node 0 to run, got it stopped/ });
    new DrivenNode(placement, 0, toy.vocabulary).boot();
    t.throws(() => placement.start(0, configurationOf(0)), {
      message: /expected node 0 to be stopped, got it running/,
    });
    t.throws(() => placement.mailbox(shape.nodesMax), { message: /expected one of 4 nodes, got node 4/ });
  });
}

const moduleOf = (source: string): string => `data:text/javascript,${encodeURIComponent(source)}`;
