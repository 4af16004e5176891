/**
 * Owns the border between the world and the place where its nodes run. Both placements run the same node code on the same mailboxes, so
 * that a run has the same effects, word for word, in both; only what may survive a crash, and what can be killed, differs.
 */
import type { EngineConfiguration } from '../../../engine/contract/configuration.js';
import type { NewMemory } from '../../devices/memory.js';
import type { Mailbox, MailboxShape } from '../mailbox.js';

/**
 * `failed`: the node's engine threw, reached for the host, or broke a rule of its mailbox; the outbox holds the effects before that, and
 * `Mailbox.readFailure` says why. `hung`: it did not return in time (threads only); this depends on the host, so it is for no digest, and
 * the outbox is not to be read. After either the node takes no more turns: stop it.
 */
export type TurnVerdict = 'done' | 'failed' | 'hung';

export interface Placement {
  readonly kind: 'inline' | 'threads';
  /** For what a node's side may have to see. */
  readonly newMemory: NewMemory;
  /**
   * The memory between node and scheduler, pooled over restarts and runs. A node that hung leaves its mailbox behind, so ask again after each `start`.
   */
  mailbox(node: number): Mailbox;
  /** A node comes to life: fresh heap, zeroed DMA slots. Its engine is created within its first turn. */
  start(node: number, configuration: EngineConfiguration): void;
  /** Grants the node one turn on the event in its inbox. Blocks until it is over. */
  turn(node: number): TurnVerdict;
  /** A crash, or the end of a run: the node and its heap are gone. Its mailbox stays as it is until the next `start`. */
  stop(node: number): void;
  isRunning(node: number): boolean;
  /** Stops what runs, and waits until every thread is gone. */
  close(): Promise<void>;
}

/** How many nodes there can be, and the DMA memory of each; a configuration may ask for less. */
export interface PlacementShape extends MailboxShape {
  readonly nodesMax: number;
}
