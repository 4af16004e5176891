/**
 * Owns what the world knows of each node: up or off, its generation, asleep or awake, and the events that wait for it to wake up. A
 * generation counts the starts of a node; what was meant for an earlier one is dropped.
 */

const OPERANDS_COUNT = 6;

/** Events of a sleeping node, flat: kind and six operands each. */
const EVENT_NUMBERS = 1 + OPERANDS_COUNT;

/** An event as the queue holds it in its public fields. */
export interface QueuedEvent {
  kind: number;
  a: number;
  b: number;
  c: number;
  d: number;
  e: number;
  f: number;
}

export class NodeTable {
  readonly isUp: boolean[] = [];
  readonly isPaused: boolean[] = [];
  readonly generation: number[] = [];
  private readonly waiting: number[][] = [];

  reset(nodesCount: number): void {
    for (let node = 0; node < nodesCount; node += 1) {
      this.isUp[node] = false;
      this.isPaused[node] = false;
      this.generation[node] = 0;
      this.waiting[node] = [];
    }
  }

  /** @returns whether that start of the node is the one that runs. */
  lives(node: number, generation: number): boolean {
    return this.isUp[node] === true && this.generation[node] === generation;
  }

  /** Keeps an event until the node wakes up. */
  hold(node: number, event: QueuedEvent): void {
    this.waiting[node]!.push(event.kind, event.a, event.b, event.c, event.d, event.e, event.f);
  }

  /** Hands out, in order, what waited for the node. */
  release(
    node: number,
    push: (kind: number, a: number, b: number, c: number, d: number, e: number, f: number) => void,
  ): void {
    const numbers = this.waiting[node]!;
    this.waiting[node] = [];
    for (let at = 0; at < numbers.length; at += EVENT_NUMBERS) {
      push(
        numbers[at]!,
        numbers[at + 1]!,
        numbers[at + 2]!,
        numbers[at + 3]!,
        numbers[at + 4]!,
        numbers[at + 5]!,
        numbers[at + 6]!,
      );
    }
  }

  /** What waited for the node is lost with it. */
  forget(node: number): void {
    this.waiting[node] = [];
  }
}
