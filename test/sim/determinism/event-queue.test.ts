/** Owns the tests of the event queue: against a sorted array, and at its bounds. */
import test from 'ava';
import fc from 'fast-check';
import { EventQueue, type PendingEvent } from '../../../sim/determinism/event-queue.js';

/** What the queue must do, in the plainest way: sort by tick, then by sequence. */
class QueueModel {
  nowTick = 0;
  events: PendingEvent[] = [];
  private sequenceNext = 0;

  push(atTick: number, kind: number, operands: readonly number[]): number {
    const sequence = this.sequenceNext;
    this.sequenceNext += 1;
    this.events.push({ atTick, sequence, kind, operands });
    this.events.sort((x, y) => x.atTick - y.atTick || x.sequence - y.sequence);
    return sequence;
  }

  pop(): PendingEvent | undefined {
    const event = this.events.shift();
    if (event !== undefined) this.nowTick = event.atTick;
    return event;
  }
}

function popEvent(queue: EventQueue): PendingEvent | undefined {
  if (!queue.pop()) return undefined;
  const operands = [queue.a, queue.b, queue.c, queue.d, queue.e, queue.f];
  return { atTick: queue.atTick, sequence: queue.sequence, kind: queue.kind, operands };
}

function pushPlain(queue: EventQueue, atTick: number, a: number): number {
  return queue.push(atTick, 1, a, 0, 0, 0, 0, 0);
}

// Small delays, so that ties are the rule; `undefined` stands for a pop.
const delay = fc.oneof({ weight: 4, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(2 ** 40) });
const payload = fc.tuple(fc.nat(255), fc.array(fc.integer(), { minLength: 6, maxLength: 6 }));
const step = fc.option(fc.record({ delay, payload }), { nil: undefined, freq: 3 });

test('determinism: event queue: agrees with a sorted array, also over clear and growth', (t) => {
  const queue = new EventQueue();
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300, size: 'max' }), (steps) => {
      queue.clear();
      const model = new QueueModel();
      for (const each of steps) {
        if (each === undefined) {
          t.deepEqual(popEvent(queue), model.pop());
        } else {
          const [kind, operands] = each.payload;
          const [a, b, c, d, e, f] = operands as [number, number, number, number, number, number];
          const atTick = model.nowTick + each.delay;
          t.is(queue.push(atTick, kind, a, b, c, d, e, f), model.push(atTick, kind, operands));
        }
        t.is(queue.size, model.events.length);
        t.is(queue.peekTick(), model.events[0]?.atTick ?? Infinity);
      }
      t.deepEqual(queue.pending(), model.events);
      while (queue.size > 0) t.deepEqual(popEvent(queue), model.pop());
      t.is(model.events.length, 0);
    }),
  );
});

test('determinism: event queue: events of one tick come in the order they were pushed', (t) => {
  const queue = new EventQueue();
  for (let event = 0; event < 5_000; event += 1) pushPlain(queue, 10 - (event % 2), event);
  const order: number[] = [];
  while (queue.pop()) order.push(queue.a);
  const expected = Array.from({ length: 5_000 }, (_, index) => (index < 2_500 ? 2 * index + 1 : 2 * (index - 2_500)));
  t.deepEqual(order, expected);
});

test('determinism: event queue: payloads survive growth and the reuse of slots', (t) => {
  const queue = new EventQueue();
  let pushedCount = 0;
  let poppedCount = 0;
  for (let round = 0; round < 50; round += 1) {
    for (let each = 0; each < 100; each += 1) {
      queue.push(round, 7, pushedCount, -1 - pushedCount, 0, 2 ** 31 - 1, -(2 ** 31), -1);
      pushedCount += 1;
    }
    for (let each = 0; each < 50; each += 1) {
      t.deepEqual(popEvent(queue)?.operands, [poppedCount, -1 - poppedCount, 0, 2 ** 31 - 1, -(2 ** 31), -1]);
      poppedCount += 1;
    }
  }
  while (queue.pop()) {
    t.is(queue.a, poppedCount);
    poppedCount += 1;
  }
  t.is(poppedCount, pushedCount);
});

test('determinism: event queue: an empty queue pops nothing and keeps the last event', (t) => {
  const queue = new EventQueue();
  t.false(queue.pop());
  pushPlain(queue, 5, 42);
  t.true(queue.pop());
  t.false(queue.pop());
  t.deepEqual([queue.atTick, queue.a, queue.size, queue.peekTick()], [5, 42, 0, Infinity]);
});

test('determinism: event queue: a cleared queue is as good as new', (t) => {
  const queue = new EventQueue();
  pushPlain(queue, 5, 1);
  pushPlain(queue, 6, 2);
  queue.pop();
  queue.clear();
  t.deepEqual([queue.size, queue.atTick, queue.sequence, queue.kind, queue.a], [0, 0, 0, 0, 0]);
  t.is(pushPlain(queue, 1, 3), 0);
  t.true(queue.pop());
  t.deepEqual([queue.atTick, queue.sequence, queue.a], [1, 0, 3]);
});

test('determinism: event queue: the bound on pending events is named', (t) => {
  const queue = new EventQueue(1_500);
  for (let event = 0; event < 1_500; event += 1) pushPlain(queue, event, event);
  t.throws(() => pushPlain(queue, 1, 1), { message: /at most 1500 pending events \(pendingMax\)/ });
  t.true(queue.pop());
  t.notThrows(() => pushPlain(queue, 1, 1));
  t.throws(() => new EventQueue(0), { message: /bound of at least 1/ });
});

test('determinism: event queue: no event lies in the past, between ticks, has an unknown kind or an operand that is no 32-bit integer', (t) => {
  const queue = new EventQueue();
  pushPlain(queue, 5, 0);
  queue.pop();
  for (const atTick of [4, 5.5, Number.NaN, -1]) {
    t.throws(() => pushPlain(queue, atTick, 0), { message: /an integer tick from 5/ });
  }
  t.throws(() => queue.push(5, 256, 0, 0, 0, 0, 0, 0), { message: /kind from 0 to 255, got 256/ });
  for (const operand of [0.5, 2 ** 31, -(2 ** 31) - 1, Number.NaN]) {
    for (let place = 0; place < 6; place += 1) {
      const [a, b, c, d, e, f] = Array.from({ length: 6 }, (_, index) => (index === place ? operand : 0));
      t.throws(() => queue.push(5, 1, a!, b!, c!, d!, e!, f!), { message: /operands of 32 bits, got/ });
    }
  }
  t.is(queue.size, 0);
  t.is(pushPlain(queue, 5, 0), 1);
});
