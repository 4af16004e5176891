/**
 * Owns every decision of a run: one seed gives one value for each question, however many other questions are asked.
 *
 * Each stream is an `alea` generator of its own, keyed by sha-256 of `v1|scenario|seed|stream`. The hash is not for secrecy: seedrandom's
 * string seeding repeats short keys (`'1'`, `'11'` and `'111'` give one stream), so that a raw seed must never reach it. This file is the only
 * importer of seedrandom.
 *
 * One rule keeps old seeds as they were: *a decision that has one possible outcome draws nothing*. A fault whose rate is 0, a latency whose
 * least and greatest are equal, a choice among one candidate leave their stream where it was, and no stream ever moves another.
 *
 * It leaves out which streams exist; they are named by those who draw from them, and one never asked for is never made.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import seedrandom from 'seedrandom';

/** A generator has 32 bits a draw, so that a wider bound would leave values out. */
const BOUND_MAX = 2 ** 32;

/** The decisions of one run. */
export class Decisions {
  private readonly streams = new Map<string, Stream>();

  constructor(
    readonly scenario: string,
    readonly seed: number,
  ) {
    assert(
      !scenario.includes('|'),
      `expected a scenario name without '|', got '${scenario}': the name is part of a stream's key`,
    );
    assert(Number.isSafeInteger(seed) && seed >= 0, `expected a seed from 0 to 2^53 - 1, got ${seed}`);
  }

  /** The stream of that name, always the same object; hot code asks once and keeps it. */
  stream(name: string): Stream {
    let stream = this.streams.get(name);
    if (stream === undefined) {
      assert(
        name !== '' && !name.includes('|'),
        `expected a stream name that is not empty and has no '|', got '${name}'`,
      );
      stream = new Stream(name, () => streamKey(this.scenario, this.seed, name));
      this.streams.set(name, stream);
    }
    return stream;
  }

  /** One of `options`, or an integer from 0 to `bound` - 1, drawn from the stream of that name. */
  choose(name: string, bound: number): number;
  choose<T>(name: string, options: readonly T[]): T;
  choose<T>(name: string, options: number | readonly T[]): number | T {
    const stream = this.stream(name);
    return typeof options === 'number' ? stream.integer(options) : stream.pick(options);
  }

  /** How often each stream was drawn from, by name; two runs of one seed agree on it. */
  drawsByStream(): readonly (readonly [name: string, drawsCount: number])[] {
    const streams = [...this.streams.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return streams.map((stream) => [stream.name, stream.drawsCount]);
  }
}

/** The decisions of one run of `scenario` under `seed` (an integer from 0 to 2^53 - 1). */
export function createDecisions(scenario: string, seed: number): Decisions {
  return new Decisions(scenario, seed);
}

/** The key of one stream, 64 hex digits; `Decisions` checks its parts. A change here changes every run, hence the version at the front. */
export function streamKey(scenario: string, seed: number, name: string): string {
  return createHash('sha256').update(`v1|${scenario}|${seed}|${name}`).digest('hex');
}

/** One named sequence of draws. */
export class Stream {
  /** Draws made so far: what a decision of one outcome must leave alone. */
  drawsCount = 0;
  /** Made by the first draw: of the streams that a run asks for, most never draw, and to hash a key takes longer than a hundred draws. */
  private generator: (() => number) | undefined = undefined;

  constructor(
    readonly name: string,
    private readonly keyOf: () => string,
  ) {}

  /** An integer from 0 to `bound` - 1; `bound` is from 1 to 2^32. */
  integer(bound: number): number {
    if (!(bound >= 1 && bound <= BOUND_MAX && Math.floor(bound) === bound))
      throw this.refused('an integer bound from 1 to 2^32', bound);
    return bound === 1 ? 0 : Math.floor(this.draw() * bound);
  }

  /** An integer from `min` to `max`, both included. */
  between(min: number, max: number): number {
    if (!(Number.isSafeInteger(min) && max >= min))
      throw this.refused('an integer range whose end is not below its start', `${min} to ${max}`);
    return min + this.integer(max - min + 1);
  }

  /** True in `numerator` of `denominator` cases, or with probability `numerator` where no denominator is given. */
  chance(numerator: number, denominator = 1): boolean {
    if (!(numerator >= 0 && numerator <= denominator && denominator > 0))
      throw this.refused('a chance from 0 to 1', `${numerator}/${denominator}`);
    if (numerator === 0) return false;
    if (numerator === denominator) return true;
    return this.draw() * denominator < numerator;
  }

  /** One of `options`, each as likely as the others. */
  pick<T>(options: readonly T[]): T {
    return options[this.integer(options.length)] as T;
  }

  /** An index into `weights` (integers from 0), as likely as its weight; one of weight 0 never comes up. */
  weighted(weights: readonly number[]): number {
    let sum = 0;
    let last = -1;
    let possibleCount = 0;
    for (let index = 0; index < weights.length; index += 1) {
      const weight = weights[index]!;
      if (!(weight >= 0 && Math.floor(weight) === weight)) throw this.refused('integer weights from 0', weight);
      if (weight === 0) continue;
      sum += weight;
      last = index;
      possibleCount += 1;
    }
    if (possibleCount === 0) throw this.refused('a weight above 0', `[${weights.join(', ')}]`);
    if (possibleCount === 1) return last;
    let left = this.integer(sum);
    let index = 0;
    while (left >= weights[index]!) {
      left -= weights[index]!;
      index += 1;
    }
    return index;
  }

  /** Reorders `items` in place, every order as likely (Fisher and Yates), and returns them. */
  shuffle<T>(items: T[]): T[] {
    for (let last = items.length - 1; last > 0; last -= 1) {
      const other = this.integer(last + 1);
      const item = items[last] as T;
      items[last] = items[other] as T;
      items[other] = item;
    }
    return items;
  }

  private draw(): number {
    this.drawsCount += 1;
    this.generator ??= seedrandom.alea(this.keyOf());
    return this.generator();
  }

  private refused(expected: string, got: number | string): Error {
    return new assert.AssertionError({
      message: `expected ${expected}, got ${got}, at stream '${this.name}' after ${this.drawsCount} draws`,
    });
  }
}
