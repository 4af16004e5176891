/**
 * Owns what the application may read back: per sector the last acknowledged value, or one that was attempted and not acknowledged
 * since. A value is a byte that fills the sector; 0 stands for zeros.
 */

export interface Attempt {
  readonly sector: number;
  readonly count: number;
  readonly value: number;
}

export class Content {
  private readonly allowed = new Map<number, Set<number>>();

  copy(): Content {
    const copy = new Content();
    for (const [sector, values] of this.allowed) copy.allowed.set(sector, new Set(values));
    return copy;
  }

  private valuesAt(sector: number): Set<number> {
    const values = this.allowed.get(sector) ?? new Set([0]);
    this.allowed.set(sector, values);
    return values;
  }

  attempt({ sector, count, value }: Attempt): void {
    for (let at = sector; at < sector + count; at += 1) this.valuesAt(at).add(value);
  }

  acknowledge({ sector, count, value }: Attempt): void {
    for (let at = sector; at < sector + count; at += 1) this.allowed.set(at, new Set([value]));
  }

  /** What was read is settled: it must not change any more. Sentences about what must not have been read. */
  judge(sector: number, values: readonly number[]): string[] {
    return values.flatMap((value, index) => {
      const allowed = this.valuesAt(sector + index);
      if (!allowed.has(value)) return [`sector ${sector + index}: read ${value}, allowed ${[...allowed].join(' or ')}`];
      this.allowed.set(sector + index, new Set([value]));
      return [];
    });
  }
}
