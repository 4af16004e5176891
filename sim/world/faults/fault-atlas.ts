/**
 * Owns the fairness of a run: which faults an engine can be asked to survive. The atlas says, for each wish of a scenario, what of it is
 * granted.
 *
 *   never      a fault that outlives the safety phase: what failed can be read again once faults have stopped, so that
 *              no last good copy of a sector is lost, only late
 *   never      a sector of a metadata device whose write fails for good: nobody could ever record anything
 *   bounded    crashes of one run, crashes during recovery included: an engine that is never left alone cannot finish
 *   bounded    a stuck request is held until it is cancelled, or faults stop
 *
 * A device's own cache survives a crash of its node; it is lost with the power of the site, or of the node it sits in.
 */

import type { FaultPlan } from '../../../scenarios/scenario.js';

/** Stops of nodes by faults in one run, a power failure of the site counted once. */
const CRASHES_MAX = 16;

export class FaultAtlas {
  private crashesCount = 0;

  reset(): void {
    this.crashesCount = 0;
  }

  /** @returns the fault as it is granted. */
  grant(plan: FaultPlan): FaultPlan {
    if (plan.kind !== 'device' || plan.persistent !== true) return plan;
    const isMetadata = plan.device !== 'source' && plan.device !== 'target';
    return isMetadata && plan.operation !== 'read' ? { ...plan, persistent: false } : plan;
  }

  /** @returns whether one more crash is fair; counts it. */
  admitCrash(): boolean {
    if (this.crashesCount >= CRASHES_MAX) return false;
    this.crashesCount += 1;
    return true;
  }
}
