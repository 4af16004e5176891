/**
 * Owns what is yet to happen: a heap of events ordered by tick, ties by the order of their push.
 *
 * Nothing is allocated by a push or a pop. A heap entry is a key and a slot; the payload lies in a pool of slots and never moves:
 *
 *     heapTicks      [ t0 | t1 | t2 | … ]      4-ary heap: the children of i are 4i+1 … 4i+4
 *     heapSequences  [ s0 | s1 | s2 | … ]
 *     heapSlots      [ p0 | p1 | p2 | … ]   →  kinds[p], operands[6p … 6p+5]
 *     slotsFree      a stack of the slots not in use
 *
 * No entry is ever removed before its time. An event carries its owner's generation in an operand, and whoever pops it drops it when that
 * generation is past: a crash costs nothing here, and the order of the rest cannot depend on it.
 *
 * Ticks are numbers of any size; operands are of 32 bits, since they are looked at as numbers of rows, nodes and ids, and a wider number would be
 * turned into one at every look. It leaves out what a kind or an operand means.
 */
import assert from 'node:assert/strict';

const ARITY = 4;
const OPERANDS_COUNT = 6;
const CAPACITY_START = 1_024;
/** Far above what a sound world keeps pending; a world that gets here schedules faster than it serves. */
const PENDING_MAX_DEFAULT = 1 << 20;

/** A pending event, as `pending()` lists it for a report. */
export interface PendingEvent {
  readonly atTick: number;
  readonly sequence: number;
  readonly kind: number;
  readonly operands: readonly number[];
}

/** The queue of one world; `clear` makes it as good as new for the next. */
export class EventQueue {
  /** The event popped last: valid until the next `pop`. */
  atTick = 0;
  sequence = 0;
  kind = 0;
  a = 0;
  b = 0;
  c = 0;
  d = 0;
  e = 0;
  f = 0;

  /** How many events are pending. */
  size = 0;

  private readonly pendingMax: number;
  private sequenceNext = 0;
  private capacity = 0;
  private heapTicks = new Float64Array(0);
  private heapSequences = new Float64Array(0);
  private heapSlots = new Int32Array(0);
  private slotsFree = new Int32Array(0);
  private kinds = new Uint8Array(0);
  private operands = new Int32Array(0);

  /** `pendingMax` bounds how many events may be pending at once; to pass it is a fault of the world and throws. */
  constructor(pendingMax: number = PENDING_MAX_DEFAULT) {
    assert(
      Number.isSafeInteger(pendingMax) && pendingMax >= 1,
      `expected a bound of at least 1 pending event, got ${pendingMax}`,
    );
    this.pendingMax = pendingMax;
    this.grow(Math.min(CAPACITY_START, pendingMax));
  }

  /**
   * Queues an event for `atTick` (an integer, not before the tick popped last), with operands from -2^31 to 2^31 - 1; returns its sequence, which
   * counts up from 0.
   */
  push(atTick: number, kind: number, a: number, b: number, c: number, d: number, e: number, f: number): number {
    if (!(atTick >= this.atTick && Math.floor(atTick) === atTick)) throw this.refusedTick(atTick);
    if ((kind & 0xff) !== kind) throw this.refusedKind(kind);
    if ((a | 0) !== a || (b | 0) !== b || (c | 0) !== c) throw this.refusedOperands([a, b, c]);
    if ((d | 0) !== d || (e | 0) !== e || (f | 0) !== f) throw this.refusedOperands([d, e, f]);
    if (this.size === this.capacity) this.grow(this.capacity * 2);
    const slot = this.slotsFree[this.size]!;
    const sequence = this.sequenceNext;
    this.sequenceNext = sequence + 1;

    this.kinds[slot] = kind;
    const operands = this.operands;
    const base = slot * OPERANDS_COUNT;
    operands[base] = a;
    operands[base + 1] = b;
    operands[base + 2] = c;
    operands[base + 3] = d;
    operands[base + 4] = e;
    operands[base + 5] = f;

    this.siftUp(this.size, atTick, sequence, slot);
    this.size += 1;
    return sequence;
  }

  /** Takes the earliest event into the public fields; false, and nothing changed, when none is pending. */
  pop(): boolean {
    if (this.size === 0) return false;
    const slot = this.heapSlots[0]!;
    this.atTick = this.heapTicks[0]!;
    this.sequence = this.heapSequences[0]!;
    this.kind = this.kinds[slot]!;
    const operands = this.operands;
    const base = slot * OPERANDS_COUNT;
    this.a = operands[base]!;
    this.b = operands[base + 1]!;
    this.c = operands[base + 2]!;
    this.d = operands[base + 3]!;
    this.e = operands[base + 4]!;
    this.f = operands[base + 5]!;

    const last = this.size - 1;
    this.size = last;
    this.slotsFree[last] = slot;
    if (last > 0) this.siftDown(this.heapTicks[last]!, this.heapSequences[last]!, this.heapSlots[last]!);
    return true;
  }

  /** The tick of the earliest event; `Infinity` when none is pending. */
  peekTick(): number {
    return this.size === 0 ? Infinity : this.heapTicks[0]!;
  }

  /** Forgets every event, and starts ticks and sequences anew; the memory is kept. */
  clear(): void {
    this.size = 0;
    this.sequenceNext = 0;
    this.atTick = this.sequence = this.kind = 0;
    this.a = this.b = this.c = this.d = this.e = this.f = 0;
    for (let slot = 0; slot < this.capacity; slot += 1) this.slotsFree[slot] = slot;
  }

  /** All pending events in the order they would pop; allocates, for reports of who waits for whom. */
  pending(): PendingEvent[] {
    const events: PendingEvent[] = [];
    for (let at = 0; at < this.size; at += 1) {
      const slot = this.heapSlots[at]!;
      const operands = [...this.operands.subarray(slot * OPERANDS_COUNT, (slot + 1) * OPERANDS_COUNT)];
      events.push({
        atTick: this.heapTicks[at]!,
        sequence: this.heapSequences[at]!,
        kind: this.kinds[slot]!,
        operands,
      });
    }
    return events.sort((x, y) => x.atTick - y.atTick || x.sequence - y.sequence);
  }

  /** Finds the place of a new entry from the end of the heap upwards. Its sequence is the greatest, so that a tie never rises. */
  private siftUp(from: number, atTick: number, sequence: number, slot: number): void {
    const ticks = this.heapTicks;
    const sequences = this.heapSequences;
    const slots = this.heapSlots;
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const parentTick = ticks[parent]!;
      if (parentTick < atTick || (parentTick === atTick && sequences[parent]! < sequence)) break;
      ticks[hole] = parentTick;
      sequences[hole] = sequences[parent]!;
      slots[hole] = slots[parent]!;
      hole = parent;
    }
    ticks[hole] = atTick;
    sequences[hole] = sequence;
    slots[hole] = slot;
  }

  /** Finds the place of the entry taken from the end of the heap, from the root downwards. */
  private siftDown(atTick: number, sequence: number, slot: number): void {
    const ticks = this.heapTicks;
    const sequences = this.heapSequences;
    const slots = this.heapSlots;
    const size = this.size;
    let hole = 0;
    for (;;) {
      const first = hole * ARITY + 1;
      if (first >= size) break;
      const end = Math.min(first + ARITY, size);
      let least = first;
      let leastTick = ticks[first]!;
      for (let child = first + 1; child < end; child += 1) {
        const tick = ticks[child]!;
        if (tick < leastTick || (tick === leastTick && sequences[child]! < sequences[least]!)) {
          least = child;
          leastTick = tick;
        }
      }
      if (leastTick > atTick || (leastTick === atTick && sequences[least]! > sequence)) break;
      ticks[hole] = leastTick;
      sequences[hole] = sequences[least]!;
      slots[hole] = slots[least]!;
      hole = least;
    }
    ticks[hole] = atTick;
    sequences[hole] = sequence;
    slots[hole] = slot;
  }

  private grow(capacityWanted: number): void {
    const capacity = Math.min(capacityWanted, this.pendingMax);
    assert(
      capacity > this.capacity,
      `expected at most ${this.pendingMax} pending events (pendingMax), got one more at tick ${this.atTick}; see pending() for who fills the queue`,
    );
    const enlarge = <T extends Float64Array | Int32Array | Uint8Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.heapTicks = enlarge(this.heapTicks, new Float64Array(capacity));
    this.heapSequences = enlarge(this.heapSequences, new Float64Array(capacity));
    this.heapSlots = enlarge(this.heapSlots, new Int32Array(capacity));
    this.slotsFree = enlarge(this.slotsFree, new Int32Array(capacity));
    this.kinds = enlarge(this.kinds, new Uint8Array(capacity));
    this.operands = enlarge(this.operands, new Int32Array(capacity * OPERANDS_COUNT));
    for (let slot = this.capacity; slot < capacity; slot += 1) this.slotsFree[slot] = slot;
    this.capacity = capacity;
  }

  private refusedTick(atTick: number): Error {
    return new assert.AssertionError({
      message: `expected an integer tick from ${this.atTick}, the one popped last, got ${atTick}`,
    });
  }

  private refusedKind(kind: number): Error {
    return new assert.AssertionError({ message: `expected an event kind from 0 to 255, got ${kind}` });
  }

  private refusedOperands(operands: readonly number[]): Error {
    return new assert.AssertionError({ message: `expected operands of 32 bits, got ${operands.join(', ')}` });
  }
}
