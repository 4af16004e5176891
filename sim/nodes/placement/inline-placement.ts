/**
 * Owns the placement for speed: nodes are objects in this thread, a turn is a call. A crash drops the object; state that an engine keeps in
 * its module survives that, which no worker thread does, so that the placements disagree about such an engine.
 *
 * An engine that loops for ever cannot be stopped from inside its own thread: whoever runs worlds inline runs them in a worker of its
 * own, with a bound on wall time, and kills that worker.
 */
import assert from 'node:assert/strict';
import type { EngineModule } from '../../../engine/contract/module.js';
import { newPrivateMemory } from '../../devices/memory.js';
import type { IoBuffer } from '../application.js';
import { createMailbox, type Mailbox } from '../mailbox.js';
import { createNode, type Node } from '../node.js';
import type { Placement, PlacementShape } from './placement.js';

export interface InlineParts extends PlacementShape {
  readonly engine: EngineModule;
}

export function createInlinePlacement({ engine, nodesMax, ...shape }: InlineParts): Placement {
  const mailboxes: Mailbox[] = [];
  const nodes: (Node | undefined)[] = [];
  const buffers: IoBuffer[][] = Array.from({ length: nodesMax }, () => []);

  const mailbox = (node: number): Mailbox => {
    const kept = mailboxes[node];
    if (kept !== undefined) return kept;
    assert(node >= 0 && node < nodesMax, `expected one of ${nodesMax} nodes, got node ${node}`);
    const created = createMailbox(shape, newPrivateMemory);
    mailboxes[node] = created;
    return created;
  };
  return {
    kind: 'inline',
    newMemory: newPrivateMemory,
    mailbox,
    start(node, configuration) {
      assert(nodes[node] === undefined, `expected node ${node} to be stopped, got it running, at start`);
      mailbox(node).clear();
      nodes[node] = createNode({ engine, configuration, mailbox: mailbox(node), buffers: buffers[node]! });
    },
    turn(node) {
      const running = nodes[node];
      if (running === undefined) assert.fail(`expected node ${node} to run, got it stopped, at turn`);
      return running.turn();
    },
    stop(node) {
      nodes[node] = undefined;
    },
    isRunning: (node) => nodes[node] !== undefined,
    close() {
      nodes.length = 0;
      return Promise.resolve();
    },
  };
}
