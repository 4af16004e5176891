/**
 * Owns a session of the toy engine for tests: a few nodes, a few hundred turns of any kind, crashes and restarts, from a seed. What comes back is
 * every word in and out, with the verdicts; two placements must agree on it. It never returns to the event loop. Also a task for a Piscina pool.
 */
import { createHash } from 'node:crypto';
import { createThreadsPlacement } from '../../../sim/nodes/placement/threads-placement.js';
import type { Placement, TurnVerdict } from '../../../sim/nodes/placement/placement.js';
import type { IssuedIo } from '../../../sim/nodes/words/event-writer.js';
import { DrivenNode } from './driven-node.js';
import { shape } from './fixtures.js';
import * as toy from './toy-engine.js';

export interface ToySession {
  seed: number;
  nodesCount: number;
  turnsCount: number;
}

export const TOY_ENGINE_URL = new URL('./toy-engine.js', import.meta.url).href;

const OPERATIONS = ['read', 'write', 'write', 'flush', 'discard'] as const;
const TRICKS = [toy.TRICK_FILL, toy.TRICK_RENAME, toy.TRICK_CAPTURE_LATE, toy.TRICK_THROW, toy.TRICK_CLOCK] as const;

/** Plays a session on a placement, and stops its nodes at the end. @returns the words of each node, a line per turn, and its device's hash */
export function playSession(placement: Placement, { seed, nodesCount, turnsCount }: ToySession): string[][] {
  const nodes = Array.from({ length: nodesCount }, (_, node) => new DrivenNode(placement, node, toy.vocabulary));
  const choose = createChooser(seed);
  for (const node of nodes) node.boot();
  for (let turn = 0; turn < turnsCount; turn += 1) {
    const node = nodes[choose(nodesCount)]!;
    const verdict = choose(20) === 0 ? 'crash' : takeTurn(node, turn, choose);
    if (verdict === 'done') continue;
    node.lines.push(`${verdict} ${node.mailbox.readFailure().message}`);
    node.crash();
    node.boot();
  }
  for (const node of nodes) node.crash();
  return nodes.map(({ lines, device }) => [...lines, createHash('sha256').update(device).digest('hex')]);
}

function takeTurn(node: DrivenNode, turn: number, choose: (bound: number) => number): TurnVerdict {
  const kind = choose(20);
  if (kind === 1) return node.trick(TRICKS[choose(TRICKS.length)]!);
  if (kind === 2) return node.turn((writer, mailbox) => writer.command(mailbox, turn, 'query', 0, 0, 0));
  if (kind === 3) return node.turn((writer, mailbox) => writer.message(mailbox, 0, 'configure', 0, turn, 10, 11));
  if (kind === 4) return node.turn((writer, mailbox) => writer.deviceMapped(mailbox, 1));
  if (kind < 13 && node.requests.length > 0) return node.answer(choose(node.requests.length));
  const operation: IssuedIo['operation'] = OPERATIONS[choose(OPERATIONS.length)]!;
  return node.issue(turn + 2, operation, choose(100), 1 + choose(shape.slotSectors), choose(4) === 0);
}

/** Integers below a bound, the same for one seed (the mulberry32 generator). */
function createChooser(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** A task for a pool: the session in worker threads of the pool's thread. */
export default async function playInThreads(session: ToySession): Promise<string[][]> {
  const placement = createThreadsPlacement({ engineUrl: TOY_ENGINE_URL, ...shape });
  try {
    return playSession(placement, session);
  } finally {
    await placement.close();
  }
}
