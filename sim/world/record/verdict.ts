/**
 * Owns what a run is found guilty of: the first violation that anybody reports, and when. Where a medium's lie explains it, the engine is not
 * to blame: the lie is found out, and with that the run is over and good.
 */

import type { Report, Violation } from '../../oracles/observation.js';

export class Verdict {
  violation: Violation | undefined = undefined;
  /** A report was explained by a lie; what follows would only confuse. */
  isExplained = false;

  constructor(
    private readonly tickNow: () => number,
    private readonly isLie: (violation: Omit<Violation, 'tick'>) => boolean,
  ) {}

  get isOver(): boolean {
    return this.isExplained || this.violation !== undefined;
  }

  reset(): void {
    this.violation = undefined;
    this.isExplained = false;
  }

  /** Keeps the first violation; what follows from it would only confuse. */
  readonly report: Report = (violation) => {
    if (this.isOver) return;
    if (this.isLie(violation)) this.isExplained = true;
    else this.violation = { ...violation, tick: this.tickNow() };
  };
}
