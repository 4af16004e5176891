/**
 * Owns what an effect is in the outbox: the number of each kind, and how many words it takes. `effect-writer.ts` writes them,
 * `effect-reader.ts` reads them, in the order the engine asked. A flag is 0 or 1; a word is its index in the lexicon.
 *
 *     | kind | fields, in the order of the contract … |
 *     capture, deliver      | kind | io | slot | stamp of the slot's first sector |        done already, in the node
 *     fill                  | kind | slot | bytes | hash of what was filled in |           done already, in the node
 *     applicationCompleted  | kind | io | status | stamps count | stamp | stamp | … |      one stamp per sector of a good read
 *
 * A probe whose condition does not hold leaves nothing.
 */

export const enum Kind {
  REQUEST = 1,
  CANCEL = 2,
  CAPTURE = 3,
  DELIVER = 4,
  FILL = 5,
  APPLICATION_COMPLETED = 6,
  COMMAND_COMPLETED = 7,
  PROGRESS = 8,
  DEVICE_NAME = 9,
  DISK_ONLINE = 10,
  DISK_OFFLINE = 11,
  READY = 12,
  SHUTDOWN_DONE = 13,
  MESSAGE = 14,
  TIMER = 15,
  STATE_CHANGED = 16,
  PROBE = 17,
}

/** Words of an effect by kind, the kind itself included, the stamps of a completion not; index 0 is no kind. */
export const EFFECT_WORDS: readonly number[] = [0, 10, 3, 4, 4, 4, 4, 4, 10, 4, 3, 3, 1, 1, 7, 3, 5, 2];

/** The step of a request that is no durable step. */
export const STEP_NONE = -1;
