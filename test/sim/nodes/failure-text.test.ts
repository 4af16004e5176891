/** Owns the proof that a failure's sentence is the same on every machine, and that anything thrown has one. */
import test from 'ava';
import { describeFailure } from '../../../sim/nodes/failure-text.js';

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
