/**
 * Owns the placement for isolation: each life of a node is a worker thread with a heap and modules of its own. A crash terminates it for real; a
 * node that never returns is killed after a while. It keeps a small stock of workers that are started, and have never been used.
 *
 * Turns are granted one at a time by a thread that blocks meanwhile. A caller should come back to its event loop between runs: only
 * there are terminated threads joined and their memory returned.
 */
import assert from 'node:assert/strict';
import { newSharedMemory } from '../../devices/memory.js';
import { createMailbox, type Mailbox } from '../mailbox.js';
import { createBaton } from './hand-over.js';
import type { Placement, PlacementShape } from './placement.js';
import { WorkerLife } from './worker-life.js';

export interface ThreadsParts extends PlacementShape {
  /** Each worker loads the engine from here. */
  readonly engineUrl: string;
  /** Workers started ahead of need. Default 1: to start one takes 90 ms of processor time, which those that are never used take in vain. */
  readonly stockCount?: number;
  /** Wall time after which a turn counts as hung. Default 5000; `Infinity` under a debugger. */
  readonly watchdogMilliseconds?: number;
}

export function createThreadsPlacement(parts: ThreadsParts): Placement {
  const { engineUrl, nodesMax, stockCount = 1, watchdogMilliseconds = 5000, ...shape } = parts;
  const baton = createBaton();
  const mailboxes: (Mailbox | undefined)[] = [];
  const lives: (WorkerLife | undefined)[] = [];
  const stock: WorkerLife[] = [];
  const terminating = new Set<Promise<unknown>>();
  let livesCount = 0;

  const fillStock = (count: number): void => {
    while (stock.length < count) {
      livesCount += 1;
      stock.push(new WorkerLife(engineUrl, baton, livesCount));
    }
  };
  const terminate = (life: WorkerLife): void => {
    const gone = life.terminate().finally(() => terminating.delete(gone));
    terminating.add(gone);
  };
  const mailbox = (node: number): Mailbox => {
    const kept = mailboxes[node];
    if (kept !== undefined) return kept;
    assert(node >= 0 && node < nodesMax, `expected one of ${nodesMax} nodes, got node ${node}`);
    const created = createMailbox(shape, newSharedMemory);
    mailboxes[node] = created;
    return created;
  };

  fillStock(stockCount);
  return {
    kind: 'threads',
    newMemory: newSharedMemory,
    mailbox,
    start(node, configuration) {
      assert(lives[node] === undefined, `expected node ${node} to be stopped, got it running, at start`);
      mailbox(node).clear();
      fillStock(stockCount + 1); // the next one loads while this one lives
      const life = stock.shift()!;
      lives[node] = life;
      life.begin({ configuration, buffers: mailbox(node).buffers });
    },
    turn(node) {
      const life = lives[node];
      if (life === undefined) assert.fail(`expected node ${node} to run, got it stopped, at turn`);
      const verdict = life.grant(watchdogMilliseconds);
      if (verdict === 'hung') {
        terminate(life);
        mailboxes[node] = undefined; // the thread may write to it until it is gone
      }
      return verdict;
    },
    stop(node) {
      const life = lives[node];
      lives[node] = undefined;
      if (life !== undefined) terminate(life);
    },
    isRunning: (node) => lives[node] !== undefined,
    async close() {
      for (const life of [...lives, ...stock]) if (life !== undefined) terminate(life);
      lives.length = 0;
      stock.length = 0;
      await Promise.all(terminating);
    },
  };
}
