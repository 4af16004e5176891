/**
 * Owns the thread of one life of a node: load the engine, wait for the first turn, create the node, take turns until terminated. It never
 * goes back to its event loop, so what it is told comes through shared memory, and once, at its start, as a message that is fetched.
 *
 * Whatever goes wrong here must end in a word in shared memory: the scheduler's thread is blocked, and sees neither `error` nor `exit`.
 */
import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { loadEngine } from '../engine-loading.js';
import { describeFailure } from '../failure-text.js';
import { Mailbox } from '../mailbox.js';
import { createNode, type Node, type NodeParts } from '../node.js';
import { WorkerSide } from './hand-over.js';
import type { NodeWorkerData, NodeWorkerStart } from './worker-life.js';

const { engineUrl, handOver, port } = workerData as NodeWorkerData;
const side = new WorkerSide(handOver);

async function live(): Promise<void> {
  const engine = await loadEngine(engineUrl);
  side.ready();
  side.awaitTurn();
  const { configuration, buffers } = takeStart();
  const node = createNodeOrFail({ engine, configuration, mailbox: new Mailbox(buffers) });
  for (;;) {
    side.end(node.turn());
    side.awaitTurn();
  }
}

/** What the life is to be was sent before the first turn was granted. */
function takeStart(): NodeWorkerStart {
  const received = receiveMessageOnPort(port) as { message: NodeWorkerStart } | undefined;
  return received!.message;
}

/** A node that could not be created fails in its first turn. */
function createNodeOrFail(parts: NodeParts): Node {
  try {
    return createNode(parts);
  } catch (error) {
    parts.mailbox.writeFailure(describeFailure(error));
    return { turn: () => 'failed' };
  }
}

try {
  await live();
} catch (error) {
  port.postMessage(describeFailure(error));
  side.unloadable();
}
