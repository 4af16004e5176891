/** Owns the proof that a failure's sentence is the same on every machine, and that anything thrown has one. */
import test from 'ava';
import { describeFailure, placeInEngine } from '../../../sim/nodes/failure-text.js';

test('nodes: failure text: folders, lines and extensions go, the rest stays', (t) => {
  const sentences = [
    [
      'expected 1/2 of a region, at /home/me/cutover/dist/engine/commit.js:12:3.',
      'expected 1/2 of a region, at commit.',
    ],
    ['at file:///home/me/cutover/engine/data-path/locks.ts:7', 'at locks'],
    ['at file:///tmp/build/commit.js?mutant=3:12:3 and C:\\cutover\\engine\\gate.ts:1', 'at commit and gate'],
    ['region 12:30 of disk 0', 'region 12:30 of disk 0'],
    ['commit.roll-forward-flag.write at 3', 'commit.roll-forward-flag.write at 3'],
  ] as const;
  for (const [thrown, said] of sentences) t.is(describeFailure(new Error(thrown)).message, `Error: ${said}`);
});

test('nodes: failure text: anything may be thrown', (t) => {
  const silent = {
    toString(): string {
      throw new Error('no');
    },
  };
  t.is(describeFailure('a word').message, 'threw a word');
  t.is(describeFailure(undefined).message, 'threw undefined');
  t.is(describeFailure(silent).message, 'threw something that has no text');
  t.is(describeFailure(Object.create(null)).message, 'threw something that has no text');
});

test('nodes: failure text: the place is that of the engine, not of its assertion', (t) => {
  const place = (...frames: string[]): string | undefined => {
    const error = new Error('no reason');
    error.stack = ['Error: no reason', ...frames].join('\n');
    return placeInEngine(describeFailure(error));
  };
  const asserted = '    at assert (/home/me/cutover/engine/state/assert.ts:9:11)';
  t.is(
    place(asserted, '    at take (file:///tmp/b/engine/data-path/gate.js?bug=P01:12:3)'),
    'engine/data-path/gate.js:12',
  );
  t.is(place('    at /home/engine/cutover/engine/index.ts:5:1'), 'engine/index.ts:5');
  t.is(place('    at turn (/home/me/cutover/sim/nodes/node.ts:70:7)'), undefined);
});
