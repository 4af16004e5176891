/** Owns the tests of the digest chain and of the search for the first event in which two runs differ. */
import test from 'ava';
import fc from 'fast-check';
import { Digest } from '../../../sim/determinism/digest.js';
import { DigestTrace } from '../../../sim/determinism/digest-trace.js';
import { firstDivergence } from '../../../sim/determinism/first-divergence.js';

type Events = readonly (readonly number[])[];

function digestOf(events: Events, digest = new Digest(4)): Digest {
  for (const words of events) {
    for (const word of words) digest.fold(word);
    digest.closeEvent();
  }
  return digest;
}

function traceOf(events: Events, trace: DigestTrace): DigestTrace {
  const digest = new Digest(4);
  digest.reset(trace);
  digestOf(events, digest);
  return trace;
}

const word = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.maxSafeInteger());
const events = fc.array(fc.array(word, { maxLength: 6 }), { minLength: 1, maxLength: 30 });

test('determinism: digest: a frozen sequence has a frozen digest', (t) => {
  const frozen: Events = [[0], [1, 2, 3], [-1, 2 ** 31, 2 ** 32], [2 ** 53 - 1, 1 - 2 ** 53], []];
  const digest = new Digest(2);
  t.is(digest.hex(), '637574766f766572');
  digestOf(frozen, digest);
  t.is(digest.hex(), '2600fe5867af8e24');
  t.deepEqual(digest.checkpoints(), [
    [2, 'b05b090806d3a7b0'],
    [4, '0e97ea519d8554c3'],
    [5, '2600fe5867af8e24'],
  ]);
});

test('determinism: digest: any one word changes it', (t) => {
  fc.assert(
    fc.property(events, fc.nat(), word, (before, choice, replacement) => {
      const places = before.flatMap((words, event) => words.map((_, index) => [event, index] as const));
      fc.pre(places.length > 0);
      const [event, index] = places[choice % places.length]!;
      const after = before.map((words) => [...words]);
      fc.pre(after[event]![index] !== replacement);
      after[event]![index] = replacement;
      t.not(digestOf(before).hex(), digestOf(after).hex());
    }),
  );
});

test('determinism: digest: every bit of a word counts, up to 53 bits and the sign', (t) => {
  const seen = new Set<string>([digestOf([[0]]).hex()]);
  for (let bit = 0; bit < 53; bit += 1) {
    seen.add(digestOf([[2 ** bit]]).hex());
    seen.add(digestOf([[-(2 ** bit)]]).hex());
  }
  t.is(seen.size, 1 + 2 * 53);
});

test('determinism: digest: the order of words counts, within an event and between events', (t) => {
  const variants: Events[] = [
    [[1, 2], [3]],
    [[2, 1], [3]],
    [[1, 3], [2]],
    [[3], [1, 2]],
  ];
  t.is(new Set(variants.map((each) => digestOf(each).hex())).size, variants.length);
});

test('determinism: digest: the end of an event counts', (t) => {
  const variants: Events[] = [
    [[1, 2, 3]],
    [[1, 2], [3]],
    [[1], [2, 3]],
    [[1], [2], [3]],
    [[], [1, 2, 3]],
    [[1, 2, 3], []],
  ];
  t.is(new Set(variants.map((each) => digestOf(each).hex())).size, variants.length);
});

test('determinism: digest: both zeroes are one word', (t) => {
  t.is(digestOf([[-0]]).hex(), digestOf([[0]]).hex());
});

test('determinism: digest: what is no safe integer is refused', (t) => {
  const digest = digestOf([[1]]);
  digest.fold(5);
  for (const bad of [0.5, Number.NaN, Infinity, 2 ** 53, undefined as unknown as number]) {
    t.throws(() => digest.fold(bad), { message: /expected a safe integer .* as word 1 of event 1$/ });
  }
});

test('determinism: digest: an event half folded has none', (t) => {
  const digest = new Digest();
  digest.fold(1);
  t.throws(() => digest.hex(), { message: /expected closeEvent\(\) first, got 1 words open after event 0/ });
  t.throws(() => digest.checkpoints(), { message: /expected closeEvent\(\)/ });
});

test('determinism: digest: reset starts as new, without the words of an open event', (t) => {
  const digest = digestOf([[1, 2], [3], [4], [5], [6]]);
  digest.fold(9);
  digest.reset();
  t.deepEqual(digest.checkpoints(), []);
  digestOf([[7], [8]], digest);
  t.is(digest.hex(), digestOf([[7], [8]]).hex());
  t.is(digest.eventsCount, 2);
});

test('determinism: digest: checkpoints are those of the chain at that event', (t) => {
  const all: Events = Array.from({ length: 1_003 }, (_, event) => [event, event * 3]);
  const checkpoints = digestOf(all).checkpoints();
  t.is(checkpoints.length, 251);
  for (const [eventsCount, hex] of [checkpoints[0]!, checkpoints[100]!, checkpoints[249]!, checkpoints[250]!]) {
    t.is(hex, digestOf(all.slice(0, eventsCount)).hex());
  }
  t.deepEqual(checkpoints.map(([eventsCount]) => eventsCount).slice(-2), [1_000, 1_003]);
});

test('determinism: divergence: two runs are compared to the first event that differs', (t) => {
  fc.assert(
    fc.property(events, fc.nat(), fc.boolean(), (a, choice, isCut) => {
      const event = choice % a.length;
      const b = isCut ? a.slice(0, event) : a.map((words, at) => (at < event ? words : [...words, at]));
      const interval = firstDivergence(digestOf(a).checkpoints(), digestOf(b).checkpoints())!;
      t.true(
        interval.eventFirst <= event && event < interval.eventEnd,
        `event ${event} in ${JSON.stringify(interval)}`,
      );
      t.true(interval.eventFirst % 4 === 0 && event - interval.eventFirst < 4);
      const difference = DigestTrace.compare(
        traceOf(a, new DigestTrace(interval)),
        traceOf(b, new DigestTrace(interval)),
      );
      t.deepEqual(difference, { event, wordsA: a[event]!, wordsB: b[event] });
    }),
  );
});

test('determinism: divergence: runs that agree have none', (t) => {
  fc.assert(
    fc.property(events, (a) => {
      t.is(firstDivergence(digestOf(a).checkpoints(), digestOf(a).checkpoints()), undefined);
      t.is(DigestTrace.compare(traceOf(a, new DigestTrace()), traceOf(a, new DigestTrace())), undefined);
    }),
  );
  t.is(firstDivergence([], []), undefined);
});

test('determinism: divergence: runs with other checkpoint intervals, or traces of other windows, are refused', (t) => {
  const all: Events = Array.from({ length: 20 }, (_, event) => [event]);
  const message = /expected checkpoints at one interval, got 4 and 5 events at checkpoint 0/;
  t.throws(() => firstDivergence(digestOf(all).checkpoints(), digestOf(all, new Digest(5)).checkpoints()), { message });
  const narrow = new DigestTrace({ eventFirst: 4, eventEnd: 8 });
  t.throws(() => DigestTrace.compare(new DigestTrace(), narrow), { message: /expected traces of one window/ });
});

test('determinism: digest trace: keeps its window only, and all of it', (t) => {
  const all: Events = Array.from({ length: 20 }, (_, event) =>
    Array.from({ length: 1_000 }, (_, index) => event + index),
  );
  const trace = traceOf(all, new DigestTrace({ eventFirst: 5, eventEnd: 15 }));
  t.is(trace.eventsCount, 20);
  t.deepEqual([trace.eventWords(4), trace.eventWords(15)], [undefined, undefined]);
  for (let event = 5; event < 15; event += 1) t.deepEqual(trace.eventWords(event), all[event]);
});

test('determinism: digest trace: recording does not change the digest', (t) => {
  const digest = new Digest(4);
  digest.reset(new DigestTrace());
  t.is(digestOf([[1, 2 ** 40], [3]], digest).hex(), digestOf([[1, 2 ** 40], [3]]).hex());
});
