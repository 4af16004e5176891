/** Owns the tests of a node's turn: the application's buffers, what an engine does wrong, and what is said about it. Inline, for ease. */
import test from 'ava';
import { configurationOf, shape } from './fixtures.js';
import { DrivenNode } from './driven-node.js';
import * as toy from './toy-engine.js';
import type { EngineModule } from '../../../engine/contract/module.js';
import { createInlinePlacement } from '../../../sim/nodes/placement/inline-placement.js';
import { createMailbox } from '../../../sim/nodes/mailbox.js';
import { createNode } from '../../../sim/nodes/node.js';
import { fillSectors } from '../../../sim/nodes/payload.js';
import { Stamp } from '../../../sim/oracles/observation.js';
import { Size } from '../../../sim/devices/geometry.js';

function setUp(engine: EngineModule = toy): DrivenNode {
  return new DrivenNode(createInlinePlacement({ engine, ...shape }), 0, toy.vocabulary);
}

function setUpBooted(...tricks: number[]): DrivenNode {
  const node = setUp();
  node.boot();
  for (const trick of tricks) node.trick(trick);
  return node;
}

test('nodes: turn: boot, cluster notices, messages and timers reach the engine and its effects come back', (t) => {
  const node = setUp();
  t.is(node.boot(), 'done');
  t.deepEqual(node.told, [['ready']]);
  node.turn((writer, mailbox) => writer.clusterOnline(mailbox, 1));
  t.deepEqual(node.told, [['diskOnline', 1, 'online']]);
  node.turn((writer, mailbox) => writer.clusterOffline(mailbox, 1));
  t.deepEqual(node.told, [['diskOffline', 1, false]]);
  node.turn((writer, mailbox) => writer.message(mailbox, 2, 'configure', 0, 5, 6, 7));
  t.deepEqual(node.told, [['message', 2, 'reread', 0, 5, 6, 7]]);
  node.turn((writer, mailbox) => writer.timer(mailbox, 3));
  t.deepEqual(node.told, [
    ['probe', 'request.retried'],
    ['timer', 2, 10],
  ]);
  node.turn((writer, mailbox) => writer.membership(mailbox, 7, 3));
  t.deepEqual(node.told, [['probe', 'request.cancelled']]);
  node.turn((writer, mailbox) => writer.shutdown(mailbox));
  t.deepEqual(node.told, [['shutdownDone']]);
});

test('nodes: turn: a write lands under its own stamp, and a read brings the stamp of each sector', (t) => {
  const node = setUpBooted();
  const deviceWords = new Int32Array(node.device.buffer);
  fillSectors(deviceWords, (toy.TOY_LABEL_SECTORS + 4) * Size.SECTOR_WORDS, Stamp.INITIAL, 4, 2);
  node.issue(2, 'write', 6, 2);
  t.deepEqual(node.told[0], ['captured', 2, 0, 2]);
  node.answer();
  t.deepEqual(node.told, [['applicationCompleted', 2, 'ok', []]]);
  node.issue(3, 'read', 4, 5);
  node.answer();
  t.deepEqual(node.told, [
    ['delivered', 3, 0, Stamp.INITIAL],
    ['applicationCompleted', 3, 'ok', [Stamp.INITIAL, Stamp.INITIAL, 2, 2, Stamp.ZERO]],
  ]);
});

test('nodes: turn: a read that was never delivered reads as garbage, not as what the buffer held', (t) => {
  const node = setUpBooted();
  node.issue(2, 'write', 0, 3);
  node.answer();
  node.trick(toy.TRICK_DELIVER_NOTHING);
  node.issue(3, 'read', 0, 3);
  node.answer();
  const stamps = [Stamp.GARBAGE, Stamp.GARBAGE, Stamp.GARBAGE];
  t.deepEqual(node.told, [['applicationCompleted', 3, 'ok', stamps]]);
});

test('nodes: turn: a read that failed, and a discard, bring no stamps', (t) => {
  const node = setUpBooted();
  node.issue(2, 'read', 0, 3);
  const { request } = node.requests[0]!;
  node.turn((writer, mailbox) =>
    writer.deviceCompleted(mailbox, {
      request,
      status: 'error',
      valueA: 0,
      valueB: 0,
      slot: -1,
      slotSector: 0,
      count: 0,
    }),
  );
  t.deepEqual(node.told, [['applicationCompleted', 2, 'error', []]]);
  node.requests.length = 0;
  node.issue(3, 'discard', 0, 200);
  node.answer();
  t.deepEqual(node.told, [['applicationCompleted', 3, 'ok', []]]);
});

test('nodes: buffer change: one capture within the turn is unharmed', (t) => {
  const node = setUpBooted();
  node.issue(2, 'write', 8, 2, true);
  node.answer();
  node.issue(3, 'read', 8, 2);
  node.answer();
  t.deepEqual(node.told.at(-1), ['applicationCompleted', 3, 'ok', [2, 2]]);
});

test('nodes: buffer change: a capture in a later turn gets garbage; without the change it goes unseen', (t) => {
  for (const isChanged of [false, true]) {
    const node = setUpBooted(toy.TRICK_CAPTURE_LATE);
    node.issue(2, 'write', 8, 1, isChanged);
    node.answer();
    t.deepEqual(node.told[0], ['captured', 2, 0, isChanged ? Stamp.GARBAGE : 2]);
  }
});

test('nodes: buffer change: the buffer is another at every later turn, until the write is over', (t) => {
  const engine: EngineModule = {
    ...toy,
    handle(state, event, out) {
      if (event.kind === 'timer') out.capture(2, event.timer);
      else if (event.kind === 'deviceMapped') out.applicationCompleted(2, 'ok');
    },
  };
  const node = setUp(engine);
  node.boot();
  node.issue(2, 'write', 8, 1, true);
  for (let slot = 0; slot < 3; slot += 1) node.turn((writer, mailbox) => writer.timer(mailbox, slot));
  const captured = [0, 1, 2].map((slot) => node.mailbox.slotBytes(slot, 0, 1).join());
  t.is(new Set(captured).size, 3);
  node.turn((writer, mailbox) => writer.deviceMapped(mailbox, 0));
  node.issue(2, 'write', 8, 1, false);
  node.turn((writer, mailbox) => writer.timer(mailbox, 3));
  t.deepEqual(node.told, [['captured', 2, 3, 2]], 'the next write in the same buffer is left alone');
});

test('nodes: device name: the engine names the disk, and a crash forgets it', (t) => {
  const addressed: unknown[] = [];
  const engine: EngineModule = {
    ...toy,
    handle(state, event, out) {
      if (event.kind === 'application') addressed.push([event.address, event.value]);
      toy.handle(state, event, out);
    },
  };
  const node = setUp(engine);
  const io = {
    io: 0,
    operation: 'flush',
    address: 'name',
    disk: 0,
    identity: 55,
    sector: 0,
    count: 0,
    fua: false,
  } as const;
  node.boot();
  node.turn((writer, mailbox) => writer.applicationIo(mailbox, { ...io, io: 2 }, false));
  node.turn((writer, mailbox) => writer.applicationIo(mailbox, { ...io, io: 3, address: 'native' }, false));
  node.trick(toy.TRICK_RENAME);
  node.turn((writer, mailbox) => writer.applicationIo(mailbox, { ...io, io: 4 }, false));
  node.turn((writer, mailbox) => writer.applicationIo(mailbox, { ...io, io: 5, disk: 1 }, false));
  node.crash();
  node.boot();
  node.turn((writer, mailbox) => writer.applicationIo(mailbox, { ...io, io: 6 }, false));
  t.deepEqual(addressed, [
    ['name', 0],
    ['native', 55],
    ['native', 77],
    ['name', 1],
    ['name', 0],
  ]);
});

test('nodes: start: DMA slots are zeroed, whoever wrote them', (t) => {
  const engine: EngineModule = {
    ...toy,
    handle(state, event, out) {
      if (event.kind === 'application' && event.operation === 'write') out.capture(event.io, 1);
      else if (event.kind === 'application') toy.handle(state, event, out);
      else if (event.kind === 'timer') out.fill(2, new Uint8Array(512).fill(7));
    },
  };
  const node = setUp(engine);
  const writers: (() => unknown)[] = [
    () => node.issue(2, 'write', 8, 2),
    () => node.turn((writer, mailbox) => writer.timer(mailbox, 0)),
    () => {
      node.issue(2, 'read', 0, 1);
      node.mailbox.slotBytes(0, 0, 1).fill(9);
    },
  ];
  for (const write of writers) {
    node.boot();
    t.true(node.mailbox.slotsBytes.every((byte) => byte === 0));
    write();
    t.true(node.mailbox.slotsBytes.some((byte) => byte !== 0));
    node.crash();
  }
  node.boot();
  t.true(node.mailbox.slotsBytes.every((byte) => byte === 0));
});

test('nodes: start: the failure of an earlier life is forgotten', (t) => {
  const node = setUpBooted(toy.TRICK_THROW);
  t.not(node.mailbox.readFailure().message, '');
  node.crash();
  node.boot();
  t.deepEqual(node.mailbox.readFailure(), { message: '', stack: '' });
});

test('nodes: failure: an engine that throws: what came before stays, the sentence is plain', (t) => {
  const node = setUpBooted();
  t.is(node.trick(toy.TRICK_THROW), 'failed');
  t.deepEqual(node.told, [['timer', 1, 1]]);
  const { message, stack } = node.mailbox.readFailure();
  t.is(message, 'RangeError: expected no trick, got 1, at toy-engine');
  t.regex(stack, /^at playTrick \(toy-engine\.[jt]s:\d+/);
  t.notRegex(stack, /[\\/]dist|file:/);
});

test('nodes: failure: an engine that cannot be created fails in its first turn', (t) => {
  const engine: EngineModule = {
    ...toy,
    create() {
      throw new Error('expected at most 8 slots, got 9');
    },
  };
  const node = setUp(engine);
  t.is(node.boot(), 'failed');
  t.deepEqual(node.told, []);
  t.is(node.mailbox.readFailure().message, 'Error: expected at most 8 slots, got 9');
});

test('nodes: failure: reaching for the host trips the guard, also when the engine hides it', (t) => {
  for (const trick of [toy.TRICK_CLOCK, toy.TRICK_CLOCK_CAUGHT]) {
    const node = setUpBooted();
    t.is(node.trick(trick), 'failed');
    const { message } = node.mailbox.readFailure();
    t.regex(message, /^GuardViolation: expected a simulated node .*, got Date\.now\(\), at toy-engine; /);
  }
  t.true(Date.now() > 0, 'the guard is down after the turn');
});

test('nodes: failure: too many effects, an unknown word, a capture of nothing', (t) => {
  const sentences: [trick: number, sentence: RegExp][] = [
    [toy.TRICK_FLOOD, /expected at most \d+ words of effects in a turn/],
    [toy.TRICK_WORD, /expected a word of the engine's vocabulary for application status, got 'maybe'/],
    [toy.TRICK_CAPTURE_UNKNOWN, /expected an I\/O in flight, got 4000000, at capture/],
  ];
  for (const [trick, sentence] of sentences) {
    const node = setUpBooted();
    t.is(node.trick(trick), 'failed');
    t.regex(node.mailbox.readFailure().message, sentence);
  }
});

test('nodes: failure: a text longer than its room is cut off, not lost', (t) => {
  const mailbox = createMailbox(shape);
  mailbox.writeFailure({ message: 'm'.repeat(5000), stack: 's'.repeat(5000) });
  const { message, stack } = mailbox.readFailure();
  t.regex(message, /^m{1024}$/);
  t.regex(stack, /^s{1024}$/);
});

test('nodes: start: a configuration that needs more slots than the mailbox has is refused', (t) => {
  const mailbox = createMailbox({ slotsCount: 4, slotSectors: 16 });
  t.throws(() => createNode({ engine: toy, configuration: configurationOf(0), mailbox }), {
    message: /expected at most 4 slots of 16 sectors, got 8 of 16/,
  });
});
