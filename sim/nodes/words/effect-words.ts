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

export const EFFECT_REQUEST = 1;
export const EFFECT_CANCEL = 2;
export const EFFECT_CAPTURE = 3;
export const EFFECT_DELIVER = 4;
export const EFFECT_FILL = 5;
export const EFFECT_APPLICATION_COMPLETED = 6;
export const EFFECT_COMMAND_COMPLETED = 7;
export const EFFECT_PROGRESS = 8;
export const EFFECT_DEVICE_NAME = 9;
export const EFFECT_DISK_ONLINE = 10;
export const EFFECT_DISK_OFFLINE = 11;
export const EFFECT_READY = 12;
export const EFFECT_SHUTDOWN_DONE = 13;
export const EFFECT_MESSAGE = 14;
export const EFFECT_TIMER = 15;
export const EFFECT_STATE_CHANGED = 16;
export const EFFECT_PROBE = 17;

/** Words of an effect by kind, the kind itself included, the stamps of a completion not; index 0 is no kind. */
export const EFFECT_WORDS: readonly number[] = [0, 10, 3, 4, 4, 4, 4, 4, 10, 4, 3, 3, 1, 1, 7, 3, 5, 2];

/** The step of a request that is no durable step. */
export const STEP_NONE = -1;
