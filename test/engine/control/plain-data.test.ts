/** Holds that an engine is its state and nothing else: a clone of it, in the middle of a session, goes on as the original does. */

import test from 'ava';

import { CLUSTER_SESSIONS, sessionRig } from '../recovery/sessions.js';
import { rigIn } from '../rig/migrations.js';
import type { Rig } from '../rig/rig.js';

const story = (rig: Rig): unknown => [
  rig.served.map(({ node, request, device }) => [node, device?.name, request]),
  rig.ios.map(({ status }) => status),
  rig.changes,
  [...rig.answers],
];

for (const [title, session] of Object.entries(CLUSTER_SESSIONS)) {
  test(`engine: plain data: ${title}: cloned after every event, the session is the same`, (t) => {
    const [original, cloned] = [sessionRig(2), sessionRig(2)];
    const handle = cloned.handle.bind(cloned);
    cloned.handle = (node, event) => {
      const toy = cloned.nodes[node];
      if (toy !== undefined) toy.state = structuredClone(toy.state);
      handle(node, event);
    };
    for (const act of session) {
      act(original);
      act(cloned);
    }
    t.deepEqual(story(cloned), story(original));
    t.deepEqual(cloned.node(0).state, original.node(0).state);
  });
}

test('engine: plain data: the state holds numbers, strings, booleans, arrays, plain objects and typed arrays alone', (t) => {
  const rig = rigIn('syncing', { nodes: 2 });
  rig.write(4, 1);
  rig.give('abort');
  const look = (value: unknown, path: string): void => {
    if (value === null || ['number', 'string', 'boolean', 'undefined'].includes(typeof value)) return;
    if (value instanceof Uint8Array || value instanceof Uint32Array) return;
    if (typeof value !== 'object') t.fail(`${path} is a ${typeof value}`);
    const prototype: unknown = Object.getPrototypeOf(value);
    t.true(prototype === Object.prototype || prototype === Array.prototype, path);
    for (const [key, each] of Object.entries(value as object)) look(each, `${path}.${key}`);
  };
  look(rig.node(0).state, 'state');
});
