/** Holds which events reach a node: those of its present life, and those that waited while it slept, in order. */

import test from 'ava';

import { NodeTable } from '../../../sim/world/nodes/node-table.js';

test("world: node table: what was meant for an earlier start is nobody's", (t) => {
  const nodes = new NodeTable();
  nodes.reset(2);
  t.false(nodes.lives(0, 0));
  nodes.isUp[0] = true;
  nodes.generation[0] = 2;
  t.true(nodes.lives(0, 2));
  t.false(nodes.lives(0, 1));
  t.false(nodes.lives(1, 2));
  nodes.isUp[0] = false;
  t.false(nodes.lives(0, 2));
});

test("world: node table: a sleeper's events come out once, in order, and not at all when it is gone", (t) => {
  const nodes = new NodeTable();
  nodes.reset(1);
  const released = (): number[] => {
    const kinds: number[] = [];
    nodes.release(0, (kind, a, b, c, d, e, f) => kinds.push(kind, a, b, c, d, e, f));
    return kinds;
  };
  nodes.hold(0, { kind: 3, a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 });
  nodes.hold(0, { kind: 2, a: 7, b: 8, c: 9, d: 10, e: 11, f: 12 });
  t.deepEqual(released(), [3, 1, 2, 3, 4, 5, 6, 2, 7, 8, 9, 10, 11, 12]);
  t.deepEqual(released(), []);
  nodes.hold(0, { kind: 3, a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 });
  nodes.forget(0);
  t.deepEqual(released(), []);
});
