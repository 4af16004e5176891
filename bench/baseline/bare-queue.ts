/**
 * Owns the yardstick for events per second: a bare event loop on a binary heap of objects, with nothing behind it. An event is one pop; each
 * pop pushes one event again, so that the number pending stays.
 */

interface PendingEvent {
  atTick: number;
  sequence: number;
  kind: number;
}

const byTimeThenSequence = (a: PendingEvent, b: PendingEvent): number => a.atTick - b.atTick || a.sequence - b.sequence;

/** Events per second of wall time. */
export function bareQueueEventsPerSecond(eventsCount: number, pendingCount: number): number {
  const heap: PendingEvent[] = [];
  let sequence = 0;
  let spread = 1;
  const nextDelay = (): number => {
    spread = (Math.imul(spread, 1_103_515_245) + 12_345) >>> 0;
    return 1 + (spread >>> 22);
  };
  for (; sequence < pendingCount; sequence += 1) push(heap, { atTick: nextDelay(), sequence, kind: sequence & 7 });
  const began = process.hrtime.bigint();
  for (let events = 0; events < eventsCount; events += 1) {
    const event = pop(heap);
    push(heap, { atTick: event.atTick + nextDelay(), sequence, kind: event.kind });
    sequence += 1;
  }
  return (eventsCount * 1e9) / Number(process.hrtime.bigint() - began);
}

function push(heap: PendingEvent[], event: PendingEvent): void {
  let index = heap.length;
  heap.push(event);
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const parent = heap[parentIndex]!;
    if (byTimeThenSequence(parent, event) <= 0) break;
    heap[index] = parent;
    index = parentIndex;
  }
  heap[index] = event;
}

function pop(heap: PendingEvent[]): PendingEvent {
  const first = heap[0]!;
  const last = heap.pop()!;
  const { length } = heap;
  if (length === 0) return first;
  let index = 0;
  for (;;) {
    let childIndex = 2 * index + 1;
    if (childIndex >= length) break;
    if (childIndex + 1 < length && byTimeThenSequence(heap[childIndex + 1]!, heap[childIndex]!) < 0) childIndex += 1;
    if (byTimeThenSequence(last, heap[childIndex]!) <= 0) break;
    heap[index] = heap[childIndex]!;
    index = childIndex;
  }
  heap[index] = last;
  return first;
}
