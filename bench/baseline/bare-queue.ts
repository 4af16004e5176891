/**
 * Owns the yardstick for events per second: a bare event loop on a binary heap of objects, with nothing behind it. An event is one pop; each
 * pop pushes one event again, so that the number pending stays.
 *
 * Two heaps, since how one is written makes it twice as fast or not: `swaps` exchanges parent and child on the way, as textbooks do (Cormen et
 * al., "Introduction to Algorithms", HEAPIFY); `moves` carries a hole instead and writes each place once.
 */

interface PendingEvent {
  readonly atTick: number;
  readonly sequence: number;
  readonly kind: number;
}

interface Heap {
  push(event: PendingEvent): void;
  pop(): PendingEvent;
}

const isBefore = (a: PendingEvent, b: PendingEvent): boolean =>
  a.atTick < b.atTick || (a.atTick === b.atTick && a.sequence < b.sequence);

/** Pops `eventsCount` events while `pendingCount` are pending. */
export function runBareQueue(kind: 'swaps' | 'moves', eventsCount: number, pendingCount: number): void {
  const heap: Heap = kind === 'swaps' ? new SwappingHeap() : new MovingHeap();
  let sequence = 0;
  let spread = 1;
  const nextDelay = (): number => {
    spread = (Math.imul(spread, 1_103_515_245) + 12_345) >>> 0;
    return 1 + (spread >>> 22);
  };
  for (; sequence < pendingCount; sequence += 1) heap.push({ atTick: nextDelay(), sequence, kind: sequence & 7 });
  for (let events = 0; events < eventsCount; events += 1) {
    const event = heap.pop();
    heap.push({ atTick: event.atTick + nextDelay(), sequence, kind: event.kind });
    sequence += 1;
  }
}

class SwappingHeap implements Heap {
  readonly #events: PendingEvent[] = [];

  push(event: PendingEvent): void {
    const events = this.#events;
    let index = events.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(events[index]!, events[parent]!)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  pop(): PendingEvent {
    const events = this.#events;
    const first = events[0]!;
    const last = events.pop()!;
    if (events.length === 0) return first;
    events[0] = last;
    for (let index = 0; ; ) {
      const left = 2 * index + 1;
      const right = left + 1;
      let least = index;
      if (left < events.length && isBefore(events[left]!, events[least]!)) least = left;
      if (right < events.length && isBefore(events[right]!, events[least]!)) least = right;
      if (least === index) return first;
      this.#swap(index, least);
      index = least;
    }
  }

  #swap(one: number, other: number): void {
    const events = this.#events;
    const event = events[one]!;
    events[one] = events[other]!;
    events[other] = event;
  }
}

class MovingHeap implements Heap {
  readonly #events: PendingEvent[] = [];

  push(event: PendingEvent): void {
    const events = this.#events;
    let index = events.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (isBefore(events[parent]!, event)) break;
      events[index] = events[parent]!;
      index = parent;
    }
    events[index] = event;
  }

  pop(): PendingEvent {
    const events = this.#events;
    const first = events[0]!;
    const last = events.pop()!;
    const { length } = events;
    if (length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= length) break;
      if (child + 1 < length && isBefore(events[child + 1]!, events[child]!)) child += 1;
      if (isBefore(last, events[child]!)) break;
      events[index] = events[child]!;
      index = child;
    }
    events[index] = last;
    return first;
  }
}
