/** Owns the proof that every effect crosses the mailbox unchanged and in order, and that the outbox has a bound. */
import fc from 'fast-check';
import test from 'ava';
import { type Effects, PROBES } from '../../../engine/contract/effects.js';
import * as words from '../../../engine/contract/vocabulary.js';
import { Application } from '../../../sim/nodes/application.js';
import { createMailbox, OUTBOX_WORDS_MAX } from '../../../sim/nodes/mailbox.js';
import { EffectReader } from '../../../sim/nodes/words/effect-reader.js';
import { EffectWriter } from '../../../sim/nodes/words/effect-writer.js';
import { lexiconOf } from '../../../sim/nodes/words/lexicon.js';
import { configurationOf, contractVocabulary, recordEffects, shape, type Told } from './fixtures.js';

const numbers = fc.maxSafeInteger();
const flags = fc.boolean();
const disks = fc.integer({ min: 0, max: 1 });
const states = fc.constantFrom(...words.STATES);

const requests = fc.record({
  request: numbers,
  port: numbers,
  operation: fc.constantFrom(...words.DEVICE_OPERATIONS),
  sector: numbers,
  count: fc.integer({ min: 0, max: 8 }),
  slot: fc.integer({ min: -1, max: shape.slotsCount - 1 }),
  slotSector: fc.integer({ min: 0, max: 8 }),
  fua: flags,
  step: fc.constantFrom(undefined, ...words.STEPS),
});
const progress = fc.record({
  disk: numbers,
  state: states,
  regionsCount: numbers,
  regionsDirtyCount: numbers,
  regionsCopiedCount: numbers,
  paused: flags,
  regionsPerSecond: numbers,
  remainingTicks: numbers,
  unreadableRegion: numbers,
});

/** Effects that the handlers are told of just as the engine asked. */
type Plain = Exclude<keyof Effects, 'capture' | 'deliver' | 'fill' | 'applicationCompleted' | 'probe'>;
const plainArguments: { [Name in Plain]: fc.Arbitrary<Parameters<Effects[Name]>> } = {
  request: fc.tuple(requests),
  cancel: fc.tuple(numbers, numbers),
  commandCompleted: fc.tuple(numbers, fc.constantFrom(...words.COMMAND_OUTCOMES), fc.constantFrom(...words.REFUSALS)),
  progress: fc.tuple(progress),
  deviceName: fc.tuple(disks, fc.constantFrom(...words.ADDRESSES), numbers),
  diskOnline: fc.tuple(numbers, fc.constantFrom(...words.ONLINE_OUTCOMES)),
  diskOffline: fc.tuple(numbers, flags),
  ready: fc.constant([]),
  shutdownDone: fc.constant([]),
  message: fc.tuple(numbers, fc.constantFrom(...words.MESSAGES), numbers, numbers, numbers, numbers),
  timer: fc.tuple(numbers, numbers),
  stateChanged: fc.tuple(numbers, states, states, fc.constantFrom(...words.CAUSES)),
};
const plainEffects = fc.oneof(
  ...(Object.keys(plainArguments) as Plain[]).map((name) =>
    (plainArguments[name] as fc.Arbitrary<unknown[]>).map((args): Told => [name, ...args]),
  ),
);

function setUp() {
  const mailbox = createMailbox(shape);
  const application = new Application(configurationOf(0), mailbox);
  const writer = new EffectWriter(mailbox, lexiconOf(contractVocabulary), application);
  const reader = new EffectReader(contractVocabulary);
  const read = (): Told[] => {
    const told: Told[] = [];
    reader.read(mailbox, recordEffects(told));
    return told;
  };
  return { mailbox, application, writer, read };
}

test('nodes: effect words: any effects come out as they went in, in order', (t) => {
  const { mailbox, writer, read } = setUp();
  const kinds = new Set<string>();
  fc.assert(
    fc.property(fc.array(plainEffects, { maxLength: 40 }), (effects) => {
      mailbox.clearOutbox();
      mailbox.outbox.fill(Number.NaN, 1);
      for (const [name, ...args] of effects) Reflect.apply(Reflect.get(writer, name) as () => void, writer, args);
      t.deepEqual(read(), effects);
      for (const [name] of effects) kinds.add(name);
      let foldedCount = 0;
      mailbox.foldOutbox({
        foldWords(words, from, end) {
          t.true(words.subarray(from, end).every(Number.isSafeInteger), 'every word of an effect was written');
          foldedCount += end - from;
        },
      });
      t.is(foldedCount, mailbox.outbox[0]! - 1);
    }),
    { numRuns: 200 },
  );
  t.is(kinds.size, Object.keys(plainArguments).length);
});

test('nodes: effect words: a probe crosses when its condition holds', (t) => {
  for (const name of PROBES) {
    const { writer, read } = setUp();
    writer.probe(name, false);
    t.deepEqual(read(), []);
    writer.probe(name, true);
    t.deepEqual(read(), [['probe', name]]);
  }
});

test('nodes: effect words: a fill lands in its slot, and its hash covers every byte', (t) => {
  const { mailbox, writer, read } = setUp();
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: shape.slotsCount - 1 }),
      fc.uint8Array({ minLength: 512, maxLength: 1024 }),
      fc.nat(511),
      (slot, bytes, at) => {
        mailbox.clearOutbox();
        writer.fill(slot, bytes);
        const from = slot * shape.slotSectors * 512;
        t.deepEqual(mailbox.slotsBytes.slice(from, from + bytes.length), bytes);
        bytes[at]! ^= 1;
        writer.fill(slot, bytes);
        const [before, after] = read();
        t.deepEqual(before?.slice(0, 3), ['filled', slot, bytes.length]);
        t.not(before?.[3], after?.[3]);
      },
    ),
  );
});

test('nodes: effect words: more than a turn may say is refused with the bound', (t) => {
  const { writer } = setUp();
  const flood = (): void => {
    for (;;) writer.timer(1, 1);
  };
  t.throws(flood, { message: new RegExp(`expected at most ${OUTBOX_WORDS_MAX} words of effects in a turn`) });
});

test('nodes: effect words: the stamps of a read count against the bound', (t) => {
  const { application, writer, mailbox } = setUp();
  application.issue({
    kind: 'applicationIo',
    io: 2,
    operation: 'read',
    address: 'name',
    disk: 0,
    identity: -1,
    sector: 0,
    count: 16,
    fua: false,
    bufferChange: false,
  });
  while (mailbox.outbox[0]! + 10 < mailbox.outbox.length) writer.timer(1, 1);
  t.throws(() => writer.applicationCompleted(2, 'ok'), { message: /expected room for 16 stamps in the outbox/ });
});

test('nodes: effect words: a slot, a disk or a word that does not exist is refused', (t) => {
  const { writer, read } = setUp();
  const [request] = fc.sample(requests, { numRuns: 1, seed: 1 });
  for (const place of [
    { slot: shape.slotsCount, slotSector: 0, count: 1 },
    { slot: -2, slotSector: 0, count: 1 },
    { slot: 0, slotSector: shape.slotSectors, count: 1 },
    { slot: 0.5, slotSector: 0, count: 1 },
  ]) {
    t.throws(() => writer.request({ ...request!, ...place }), { message: /expected a place in 8 slots of 16 sectors/ });
  }
  t.throws(() => writer.fill(0, new Uint8Array(16 * 512 + 1)), { message: /sectors 0\+17 of slot 0, at fill/ });
  t.throws(() => writer.deviceName(2, 'name', 0), { message: /expected one of 2 disks, got 2/ });
  t.throws(() => writer.stateChanged(0, 'none', 'limbo' as 'none', 'command'), { message: /for state, got 'limbo'/ });
  t.throws(() => writer.applicationCompleted(9, 'ok'), { message: /expected an I\/O in flight, got 9/ });
  t.throws(() => writer.capture(9, 0), { message: /expected an I\/O in flight, got 9, at capture/ });
  t.deepEqual(read(), [], 'a refused effect leaves no words');
});
