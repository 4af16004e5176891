/**
 * Owns what an event is in the inbox: the number of each kind and the place of each field. `event-writer.ts` writes them,
 * `event-reader.ts` reads them. A flag is 0 or 1; a word is its index in the lexicon.
 *
 *     | kind | fields, in the order of the contract … |
 */
import type { ApplicationEvent, EngineEvent } from '../../../engine/contract/events.js';
import type { Address, ApplicationOperation } from '../../../engine/contract/vocabulary.js';

export const enum Kind {
  BOOT = 1,
  CLUSTER_ONLINE = 2,
  CLUSTER_OFFLINE = 3,
  SHUTDOWN = 4,
  MEMBERSHIP = 5,
  MESSAGE = 6,
  COMMAND = 7,
  APPLICATION_IO = 8,
  DEVICE_COMPLETED = 9,
  DEVICE_MAPPED = 10,
  TIMER = 11,
}

/** Words of an event by kind, the kind itself included; index 0 is no kind. */
export const EVENT_WORDS: readonly number[] = [0, 1, 2, 2, 1, 3, 7, 6, 10, 8, 2, 2];

/**
 * The node's application is to issue an I/O: what the engine is then told depends on the device name that the node's application knows.
 * `disk` counts for address `name`, `identity` for `native`.
 */
export interface ApplicationIoEvent {
  readonly kind: 'applicationIo';
  readonly io: number;
  readonly operation: ApplicationOperation;
  readonly address: Address;
  readonly disk: number;
  readonly identity: number;
  readonly sector: number;
  readonly count: number;
  readonly fua: boolean;
  /** A write: the application changes its buffer while the write is in flight. */
  readonly bufferChange: boolean;
}

/** What can happen to a node: as to its engine, but for the application's I/O, which comes in through the application. */
export type NodeEvent = Exclude<EngineEvent, ApplicationEvent> | ApplicationIoEvent;
