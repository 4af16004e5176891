/**
 * Owns the sparse numbering of a disk's sectors: sectors that were ever looked at get consecutive slots, by the page, so that tables
 * indexed by slot cost what was touched. Keeps what each sector held before the run.
 */

/** Sectors of a page; a power of 2. */
const PAGE_SECTORS = 64;

export class SectorPages {
  /** Slots handed out; multiples of a page. Slot 0 is not used: the first page starts at `PAGE_SECTORS`. */
  slotsEnd = PAGE_SECTORS;
  /** Per slot: stamp before the run (0 or 1). */
  initial = new Uint8Array(8 * PAGE_SECTORS);
  readonly #byNumber = new Map<number, number>();
  readonly #sectorsCount: number;
  readonly #initialStampOf: (sector: number) => number;
  #lastNumber = -1;
  #lastSlot = 0;

  constructor(sectorsCount: number, initialStampOf: (sector: number) => number) {
    this.#sectorsCount = sectorsCount;
    this.#initialStampOf = initialStampOf;
  }

  slot(sector: number): number {
    const number = Math.floor(sector / PAGE_SECTORS);
    const first = number === this.#lastNumber ? this.#lastSlot : this.#page(number);
    return first + (sector % PAGE_SECTORS);
  }

  /** Calls `visit` for every sector that has a slot, ascending by page of first touch. */
  each(visit: (sector: number, slot: number) => void): void {
    for (const [number, first] of this.#byNumber) {
      const end = Math.min(PAGE_SECTORS, this.#sectorsCount - number * PAGE_SECTORS);
      for (let index = 0; index < end; index += 1) visit(number * PAGE_SECTORS + index, first + index);
    }
  }

  #page(number: number): number {
    let first = this.#byNumber.get(number);
    if (first === undefined) {
      first = this.slotsEnd;
      this.slotsEnd += PAGE_SECTORS;
      this.#byNumber.set(number, first);
      if (this.slotsEnd > this.initial.length) {
        const initial = new Uint8Array(this.initial.length * 2);
        initial.set(this.initial);
        this.initial = initial;
      }
      const end = Math.min(PAGE_SECTORS, this.#sectorsCount - number * PAGE_SECTORS);
      for (let index = 0; index < end; index += 1) {
        this.initial[first + index] = this.#initialStampOf(number * PAGE_SECTORS + index);
      }
    }
    this.#lastNumber = number;
    this.#lastSlot = first;
    return first;
  }
}
