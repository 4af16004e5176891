/**
 * Owns how the turn passes between the scheduler's thread and the one worker of a node's life: a state word that both sides wait on.
 *
 *     STARTING ──worker──▶ READY ──scheduler──▶ RUN ──worker──▶ DONE ──scheduler──▶ RUN …
 *         └──▶ UNLOADABLE                        └──▶ FAILED
 *
 * Whoever must act next is alone in writing the word, and, until it does, alone in looking at the mailbox: the atomic store and load order the
 * plain accesses around them.
 *
 * Each side spins briefly before it sleeps, because a turn is far shorter than waking a thread. A side says in a word of its own that it
 * sleeps, so that the other makes no system call for nothing. No wake-up is lost: the sleeper sets its word, *then* `Atomics.wait` compares the
 * state; the other stores the state, *then* loads the word. Whichever store came first, the other side sees it.
 *
 * The words belong to one life and are never used again: a worker that is being terminated cannot answer for its successor. Only the node
 * that has the baton, a word of the whole placement, spins.
 */
import type { TurnVerdict } from './placement.js';

const WORD_STATE = 0;
const WORD_WORKER_SLEEPS = 1;
const WORD_SCHEDULER_SLEEPS = 2;
const WORDS_COUNT = 16;

const STATE_STARTING = 0;
const STATE_READY = 1;
const STATE_UNLOADABLE = 2;
const STATE_RUN = 3;
const STATE_DONE = 4;
const STATE_FAILED = 5;

/** A microsecond or two of looking at a word. More is faster on an idle machine, and several times slower where worlds share the cores. */
const SPINS_MAX = 300;
const WORKER_SLEEP_MILLISECONDS = 1000;
const SCHEDULER_SLEEPS_MAX = 20;

export interface HandOverBuffers {
  readonly words: SharedArrayBuffer;
  readonly baton: SharedArrayBuffer;
  /** Number of this life in its placement. */
  readonly life: number;
}

export const createBaton = (): SharedArrayBuffer => new SharedArrayBuffer(4);

export function createHandOverBuffers(baton: SharedArrayBuffer, life: number): HandOverBuffers {
  return { words: new SharedArrayBuffer(WORDS_COUNT * 4), baton, life };
}

/** The scheduler's side of one life. */
export class SchedulerSide {
  readonly #words: Int32Array;
  readonly #baton: Int32Array;
  readonly #life: number;

  constructor({ words, baton, life }: HandOverBuffers) {
    this.#words = new Int32Array(words);
    this.#baton = new Int32Array(baton);
    this.#life = life;
  }

  /** Waits until the worker has loaded its engine. @returns `hung` if it has not within `milliseconds` */
  awaitReady(milliseconds: number): 'ready' | 'unloadable' | 'hung' {
    const state = this.#awaitChange(STATE_STARTING, milliseconds);
    if (state === STATE_STARTING) return 'hung';
    return state === STATE_UNLOADABLE ? 'unloadable' : 'ready';
  }

  /** Lets the worker take a turn, and waits for its end; `hung` if that has not come within `milliseconds`. */
  grant(milliseconds: number): TurnVerdict {
    const words = this.#words;
    Atomics.store(this.#baton, 0, this.#life);
    Atomics.store(words, WORD_STATE, STATE_RUN);
    if (Atomics.load(words, WORD_WORKER_SLEEPS) === 1) Atomics.notify(words, WORD_STATE);
    for (let spins = 0; spins < SPINS_MAX; spins += 1) {
      if (Atomics.load(words, WORD_STATE) === STATE_DONE) return 'done';
    }
    const state = this.#awaitChange(STATE_RUN, milliseconds);
    if (state === STATE_RUN) return 'hung';
    return state === STATE_FAILED ? 'failed' : 'done';
  }

  /** Sleeps while the state is `from`, for `milliseconds` in all; time is counted in sleeps, so that no clock is needed. */
  #awaitChange(from: number, milliseconds: number): number {
    const words = this.#words;
    Atomics.store(words, WORD_SCHEDULER_SLEEPS, 1);
    let sleepsCount = 0;
    while (sleepsCount < SCHEDULER_SLEEPS_MAX && Atomics.load(words, WORD_STATE) === from) {
      const woken = Atomics.wait(words, WORD_STATE, from, milliseconds / SCHEDULER_SLEEPS_MAX);
      if (woken === 'timed-out') sleepsCount += 1;
    }
    Atomics.store(words, WORD_SCHEDULER_SLEEPS, 0);
    return Atomics.load(words, WORD_STATE);
  }
}

/** The worker's side of its life. */
export class WorkerSide {
  readonly #words: Int32Array;
  readonly #baton: Int32Array;
  readonly #life: number;

  constructor({ words, baton, life }: HandOverBuffers) {
    this.#words = new Int32Array(words);
    this.#baton = new Int32Array(baton);
    this.#life = life;
  }

  /** The worker can take turns. */
  ready(): void {
    this.#answer(STATE_READY);
  }

  /** The worker has no engine, and will never take a turn. */
  unloadable(): void {
    this.#answer(STATE_UNLOADABLE);
  }

  /** The turn is over. */
  end(verdict: 'done' | 'failed'): void {
    this.#answer(verdict === 'done' ? STATE_DONE : STATE_FAILED);
  }

  /** Waits, for ever if need be, until a turn is granted. */
  awaitTurn(): void {
    const words = this.#words;
    for (let spins = 0; spins < SPINS_MAX && Atomics.load(this.#baton, 0) === this.#life; spins += 1) {
      if (Atomics.load(words, WORD_STATE) === STATE_RUN) return;
    }
    Atomics.store(words, WORD_WORKER_SLEEPS, 1);
    let state = Atomics.load(words, WORD_STATE);
    while (state !== STATE_RUN) {
      Atomics.wait(words, WORD_STATE, state, WORKER_SLEEP_MILLISECONDS);
      state = Atomics.load(words, WORD_STATE);
    }
    Atomics.store(words, WORD_WORKER_SLEEPS, 0);
  }

  #answer(state: number): void {
    Atomics.store(this.#words, WORD_STATE, state);
    if (Atomics.load(this.#words, WORD_SCHEDULER_SLEEPS) === 1) Atomics.notify(this.#words, WORD_STATE);
  }
}
