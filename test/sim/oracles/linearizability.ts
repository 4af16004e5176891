/** Owns the referee of the register model: whether any order of a handful of operations on one register explains what was read. */

export interface Operation {
  kind: 'write' | 'read';
  value: number;
  /** It took effect between these moments. */
  from: number;
  to: number;
  /** Whether it took effect at all: a write that failed may have, or not. */
  isSure: boolean;
}

/** Searches all orders that respect real time; states already seen are not searched again. */
export function isLinearizable(initial: number, operations: readonly Operation[]): boolean {
  const seen = new Set<string>();
  const search = (done: number, value: number): boolean => {
    const key = `${done} ${value}`;
    if (seen.has(key)) return false;
    seen.add(key);
    const left = operations.map((_, index) => index).filter((index) => (done & (1 << index)) === 0);
    if (left.every((index) => !operations[index]!.isSure)) return true;
    // Next may be whatever began before everything left that is sure has ended.
    const limit = Math.min(...left.filter((index) => operations[index]!.isSure).map((index) => operations[index]!.to));
    return left.some((index) => {
      const { kind, value: its, from, to, isSure } = operations[index]!;
      if (from > limit) return false;
      if (!isSure && search(done | (1 << index), value)) return true; // it never took effect
      // Having failed, it must have taken effect before its end: nothing that began after it may come first.
      const isLate =
        !isSure && operations.some((other, at) => (done & (1 << at)) !== 0 && other.isSure && other.from > to);
      if (isLate) return false;
      if (kind === 'read') return its === value && search(done | (1 << index), value);
      return search(done | (1 << index), its);
    });
  };
  return search(0, initial);
}
