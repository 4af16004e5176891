/** Owns the tests of decision streams: their frozen first values, their keys, and that none moves another. */
import { createHash } from 'node:crypto';
import test from 'ava';
import fc from 'fast-check';
import { createDecisions, type Stream, streamKey } from '../../../sim/determinism/decisions.js';

const MILLION = 1_000_000;

function firstEight(stream: Stream): number[] {
  return Array.from({ length: 8 }, () => stream.integer(MILLION));
}

// A change of these values changes every recorded run: it is a new version in `streamKey`, never an accident.
const FROZEN = [
  [7, 'device.latency', [710928, 545119, 990685, 109882, 223001, 187483, 936895, 370822]],
  [7, 'fault.torn-write', [256414, 360140, 62784, 452489, 592104, 700265, 767485, 108328]],
  [7, 'network.delay', [570444, 883359, 865137, 275705, 728049, 737738, 913978, 675489]],
  [1, 'device.latency', [624306, 248542, 796204, 651289, 848210, 571095, 520764, 94817]],
  [11, 'device.latency', [668871, 737491, 4974, 71036, 909102, 594702, 115148, 450609]],
  [111, 'device.latency', [64901, 349938, 482952, 855058, 890774, 885262, 95583, 70226]],
] as const;

for (const [seed, name, values] of FROZEN) {
  test(`determinism: decisions: first values of ${name} under seed ${seed}`, (t) => {
    t.deepEqual(firstEight(createDecisions('steady-copy', seed).stream(name)), [...values]);
  });
}

test('determinism: decisions: first value of each kind of draw', (t) => {
  const stream = createDecisions('steady-copy', 7).stream('mixed');
  t.is(stream.between(-3, 3), 0);
  t.is(stream.chance(1, 3), false);
  t.is(stream.chance(0.5), false);
  t.is(stream.pick(['a', 'b', 'c']), 'a');
  t.is(stream.weighted([1, 0, 5]), 2);
  t.deepEqual(stream.shuffle([1, 2, 3, 4, 5]), [5, 4, 3, 1, 2]);
  t.is(stream.integer(2 ** 32), 250065547);
  t.is(stream.between(2 ** 40, 2 ** 40 + 5), 2 ** 40 + 1);
  t.is(stream.drawsCount, 11);
});

test('determinism: decisions: a key is sha-256 of version, scenario, seed and stream', (t) => {
  const key = '21e6e41eda7746e159f2f93a96b50978cf53836190e39e29a63d9dc9f4233048';
  t.is(streamKey('steady-copy', 7, 'device.latency'), key);
  t.is(createHash('sha256').update('v1|steady-copy|7|device.latency').digest('hex'), key);
});

test('determinism: decisions: scenario, seed and stream each change the values', (t) => {
  const seen = new Set<string>();
  for (const scenario of ['steady-copy', 'commit-crash']) {
    for (const seed of [1, 11, 111]) {
      for (const name of ['a', 'aa', 'b']) seen.add(firstEight(createDecisions(scenario, seed).stream(name)).join());
    }
  }
  t.is(seen.size, 2 * 3 * 3);
});

test('determinism: decisions: a name that could be read as two keys is refused', (t) => {
  t.throws(() => createDecisions('a|1', 2), { message: /without '\|', got 'a\|1'/ });
  t.throws(() => createDecisions('a', 1).stream('2|b'), { message: /got '2\|b'/ });
  t.throws(() => createDecisions('a', 1).stream(''), { message: /not empty/ });
  for (const seed of [-1, 0.5, Number.NaN, 2 ** 53])
    t.throws(() => createDecisions('a', seed), { message: /a seed from/ });
});

test('determinism: decisions: switching one fault off leaves the other streams alone', (t) => {
  const run = (tornRate: number): { torn: number; rest: number[]; draws: number } => {
    const decisions = createDecisions('steady-copy', 7);
    const rest: number[] = [];
    let torn = 0;
    for (let turn = 0; turn < 200; turn += 1) {
      if (decisions.stream('fault.torn-write').chance(tornRate)) torn += 1;
      rest.push(decisions.stream('device.latency').integer(MILLION), decisions.choose('network.delay', 100));
    }
    return { torn, rest, draws: decisions.stream('fault.torn-write').drawsCount };
  };
  const off = run(0);
  const on = run(0.2);
  t.deepEqual([off.torn, off.draws], [0, 0]);
  t.true(on.torn > 0);
  t.is(on.draws, 200);
  t.deepEqual(on.rest, off.rest);
});

test('determinism: decisions: a decision of one possible outcome draws nothing', (t) => {
  const stream = createDecisions('steady-copy', 7).stream('still');
  t.false(stream.chance(0));
  t.true(stream.chance(1));
  t.false(stream.chance(0, 5));
  t.true(stream.chance(5, 5));
  t.is(stream.integer(1), 0);
  t.is(stream.between(9, 9), 9);
  t.is(stream.pick(['only']), 'only');
  t.is(stream.weighted([0, 0, 3, 0]), 2);
  t.deepEqual(stream.shuffle(['only']), ['only']);
  t.is(stream.drawsCount, 0);
});

test('determinism: decisions: a stream is made once and listed by name', (t) => {
  const decisions = createDecisions('steady-copy', 7);
  t.is(decisions.stream('b'), decisions.stream('b'));
  t.true(['x', 'y'].includes(decisions.choose('a', ['x', 'y'])));
  t.deepEqual(decisions.drawsByStream(), [
    ['a', 1],
    ['b', 0],
  ]);
});

test('determinism: decisions: every draw keeps to its range', (t) => {
  const seeds = fc.nat();
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 2 ** 32 }), fc.integer(), (seed, bound, min) => {
      const stream = createDecisions('range', seed).stream('s');
      const drawn = stream.integer(bound);
      const between = stream.between(min, min + bound - 1);
      return Number.isInteger(drawn) && drawn >= 0 && drawn < bound && between >= min && between < min + bound;
    }),
  );
  fc.assert(
    fc.property(seeds, fc.array(fc.nat(5), { minLength: 1 }), (seed, weights) => {
      const stream = createDecisions('range', seed).stream('s');
      fc.pre(weights.some((weight) => weight > 0));
      return weights[stream.weighted(weights)]! > 0;
    }),
  );
  fc.assert(
    fc.property(seeds, fc.array(fc.integer()), (seed, items) => {
      const shuffled = createDecisions('range', seed)
        .stream('s')
        .shuffle([...items]);
      t.deepEqual(shuffled.sort(byValue), [...items].sort(byValue));
    }),
  );
});

test('determinism: decisions: outcomes come up as often as they are likely', (t) => {
  const stream = createDecisions('steady-copy', 7).stream('odds');
  const drawsCount = 60_000;
  const counts = { integers: [0, 0, 0, 0, 0, 0], weights: [0, 0, 0], half: 0, third: 0, firstStays: 0 };
  for (let draw = 0; draw < drawsCount; draw += 1) {
    counts.integers[stream.integer(6)]! += 1;
    counts.weights[stream.weighted([1, 2, 3])]! += 1;
    if (stream.chance(0.5)) counts.half += 1;
    if (stream.chance(1, 3)) counts.third += 1;
    if (stream.shuffle([1, 2, 3, 4])[0] === 1) counts.firstStays += 1;
  }
  const isNear = (count: number, share: number): boolean => Math.abs(count / drawsCount - share) < 0.01;
  for (const count of counts.integers) t.true(isNear(count, 1 / 6), `${count}`);
  counts.weights.forEach((count, index) => t.true(isNear(count, (index + 1) / 6), `${count}`));
  t.true(isNear(counts.half, 1 / 2), `${counts.half}`);
  t.true(isNear(counts.third, 1 / 3), `${counts.third}`);
  t.true(isNear(counts.firstStays, 1 / 4), `${counts.firstStays}`);
});

test('determinism: decisions: what cannot be drawn is refused and names the stream', (t) => {
  const stream = createDecisions('steady-copy', 7).stream('device.latency');
  const message = /at stream 'device.latency' after 0 draws$/;
  for (const bound of [0, -1, 1.5, Number.NaN, 2 ** 32 + 1]) t.throws(() => stream.integer(bound), { message });
  t.throws(() => stream.between(2, 1), { message });
  t.throws(() => stream.between(0.5, 3), { message });
  t.throws(() => stream.chance(1.1), { message });
  t.throws(() => stream.chance(-1, 3), { message });
  t.throws(() => stream.chance(0, 0), { message });
  t.throws(() => stream.pick([]), { message });
  t.throws(() => stream.weighted([0, 0]), { message });
  t.throws(() => stream.weighted([1, -1]), { message });
  t.throws(() => stream.weighted([1, 0.5]), { message });
  t.is(stream.drawsCount, 0);
});

function byValue(a: number, b: number): number {
  return a - b;
}
