/** Owns the proof that every event crosses the mailbox unchanged, whatever its fields and whatever was in the inbox before. */
import fc from 'fast-check';
import test from 'ava';
import * as words from '../../../engine/contract/vocabulary.js';
import { createMailbox, type Mailbox } from '../../../sim/nodes/mailbox.js';
import { EventReader } from '../../../sim/nodes/words/event-reader.js';
import { blankEvent } from '../../../sim/nodes/words/blank-event.js';
import type { NodeEvent } from '../../../sim/nodes/words/event-words.js';
import { EVENT_WORDS } from '../../../sim/nodes/words/event-words.js';
import { EventWriter } from '../../../sim/nodes/words/event-writer.js';
import { lexiconOf } from '../../../sim/nodes/words/lexicon.js';
import { contractVocabulary, shape } from './fixtures.js';

const numbers = fc.maxSafeInteger();
const fields = fc.record({ disk: numbers, sector: numbers, count: numbers, io: numbers, identity: numbers });

type Completed = Extract<NodeEvent, { kind: 'deviceCompleted' }>;
const events: fc.Arbitrary<Exclude<NodeEvent, Completed>> = fc.oneof(
  fc.record({ kind: fc.constant('boot' as const) }),
  fc.record({ kind: fc.constant('shutdown' as const) }),
  fc.record({ kind: fc.constant('clusterOnline' as const), disk: numbers }),
  fc.record({ kind: fc.constant('clusterOffline' as const), disk: numbers }),
  fc.record({ kind: fc.constant('membership' as const), configuredMask: numbers, reachableMask: numbers }),
  fc.record({
    kind: fc.constant('message' as const),
    from: numbers,
    message: fc.constantFrom(...words.MESSAGES),
    disk: numbers,
    migration: numbers,
    source: numbers,
    target: numbers,
  }),
  fc.record({
    kind: fc.constant('command' as const),
    id: numbers,
    command: fc.constantFrom(...words.COMMANDS),
    disk: numbers,
    argument: numbers,
    clockTicks: numbers,
  }),
  fields.chain((plain) =>
    fc.record({
      kind: fc.constant('applicationIo' as const),
      ...Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, fc.constant(value)])),
      operation: fc.constantFrom(...words.APPLICATION_OPERATIONS),
      address: fc.constantFrom(...words.ADDRESSES),
      fua: fc.boolean(),
      bufferChange: fc.boolean(),
    }),
  ) as fc.Arbitrary<Extract<NodeEvent, { kind: 'applicationIo' }>>,
  fc.record({ kind: fc.constant('deviceMapped' as const), port: numbers }),
  fc.record({ kind: fc.constant('timer' as const), timer: numbers }),
);

function setUp() {
  const mailbox = createMailbox(shape);
  const writer = new EventWriter(contractVocabulary);
  const reader = new EventReader(mailbox, lexiconOf(contractVocabulary));
  const write = (event: Exclude<NodeEvent, Completed>): void => {
    switch (event.kind) {
      case 'boot':
        return writer.boot(mailbox);
      case 'shutdown':
        return writer.shutdown(mailbox);
      case 'clusterOnline':
        return writer.clusterOnline(mailbox, event.disk);
      case 'clusterOffline':
        return writer.clusterOffline(mailbox, event.disk);
      case 'membership':
        return writer.membership(mailbox, event.configuredMask, event.reachableMask);
      case 'message': {
        const { from, message, disk, migration, source, target } = event;
        return writer.message(mailbox, from, message, disk, migration, source, target);
      }
      case 'command':
        return writer.command(mailbox, event.id, event.command, event.disk, event.argument, event.clockTicks);
      case 'applicationIo':
        return writer.applicationIo(mailbox, event, event.bufferChange);
      case 'deviceMapped':
        return writer.deviceMapped(mailbox, event.port);
      case 'timer':
        return writer.timer(mailbox, event.timer);
    }
  };
  return { mailbox, writer, reader, write };
}

/** The inbox was filled with NaN before. */
const wordsWritten = ({ inbox }: Mailbox): number => inbox.findIndex((word) => Number.isNaN(word));

test('nodes: event words: every kind comes out as it went in', (t) => {
  const { mailbox, writer, reader, write } = setUp();
  const kinds = new Set<string>();
  fc.assert(
    fc.property(events, (event) => {
      mailbox.inbox.fill(Number.NaN);
      write(event);
      const read: object = reader.read();
      t.deepEqual(read, { ...blankEvent(event.kind), ...event }, 'what other kinds have is blank');
      kinds.add(event.kind);
      const folded: number[] = [];
      writer.foldInbox(mailbox, { foldWords: (words, from, end) => folded.push(...words.subarray(from, end)) });
      t.is(folded.length, wordsWritten(mailbox), 'the digest covers what was written, no more');
      t.is(EVENT_WORDS[mailbox.inbox[0]!], folded.length);
    }),
    { numRuns: 500 },
  );
  t.is(kinds.size, 10);
});

test('nodes: event words: a completion comes out with the bytes of its place in the slot', (t) => {
  const { mailbox, writer, reader } = setUp();
  for (let at = 0; at < mailbox.slotsBytes.length; at += 1) mailbox.slotsBytes[at] = Math.imul(at, 0x9e3779b1) >>> 24;
  const places = fc.record({
    slot: fc.integer({ min: -1, max: shape.slotsCount - 1 }),
    slotSector: fc.integer({ min: 0, max: shape.slotSectors - 1 }),
    count: fc.integer({ min: 1, max: shape.slotSectors }),
  });
  const completions = fc.record({
    request: numbers,
    status: fc.constantFrom(...words.DEVICE_STATUSES),
    valueA: numbers,
    valueB: numbers,
  });
  fc.assert(
    fc.property(completions, places, (completion, { slot, slotSector, count }) => {
      fc.pre(slotSector + count <= shape.slotSectors);
      mailbox.inbox.fill(Number.NaN);
      writer.deviceCompleted(mailbox, { ...completion, slot, slotSector, count });
      const from = (slot * shape.slotSectors + slotSector) * 512;
      const bytes = slot === -1 ? new Uint8Array(0) : mailbox.slotsBytes.slice(from, from + count * 512);
      const event = reader.read() as Completed;
      const expected = { ...blankEvent('deviceCompleted'), ...completion, bytes: [...bytes] };
      t.deepEqual({ ...(event as object), bytes: [...event.bytes] }, expected);
      t.is(EVENT_WORDS[mailbox.inbox[0]!], wordsWritten(mailbox));
    }),
  );
});

test('nodes: event words: an event that nobody wrote, or a word nobody knows, is refused', (t) => {
  const { mailbox, writer, reader } = setUp();
  t.throws(() => reader.read(), { message: /expected an event in the inbox, got kind 0/ });
  t.throws(() => writer.command(mailbox, 1, 'destroy' as 'query', 0, 0, 0), { message: /for command, got 'destroy'/ });
  writer.command(mailbox, 1, 'query', 0, 0, 0);
  mailbox.inbox[2] = words.COMMANDS.length;
  t.throws(() => reader.read(), { message: /expected one of 11 words for command, got 11/ });
});
