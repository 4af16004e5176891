/** Owns what a run is found guilty of: the first violation that anybody reports, and when. */

import type { Report, Violation } from '../../oracles/observation.js';

export class Verdict {
  violation: Violation | undefined = undefined;

  constructor(private readonly tickNow: () => number) {}

  reset(): void {
    this.violation = undefined;
  }

  /** Keeps the first violation; what follows from it would only confuse. */
  readonly report: Report = ({ oracle, sentence, signature }) => {
    this.violation ??= { oracle, sentence, signature, tick: this.tickNow() };
  };
}
