/**
 * Owns the fairness of a run: which faults an engine can be asked to survive. The atlas says, for each wish of a scenario, what of it is
 * granted.
 *
 *   by class   a scenario says how weak its faults may be (`must survive`, `must be safe`, `must detect`); what is weaker is left out. So in a
 *              run that must survive no medium lies, no device is gone forever: the last good copy of a sector is never destroyed, only late;
 *              and no sector of a metadata device fails its writes for good: nobody could ever record anything
 *   never      a fault that outlives the safety phase, but for those that say so, none of which must be survived
 *   bounded    crashes of one run, crashes during recovery included: an engine that is never left alone cannot finish
 *   bounded    a stuck or lost request is held until it is aborted; a stuck one until faults stop
 *   bounded    the loss of a node's last path to a device: what is on its way there is not certain, and nobody can wait for ever
 *
 * A device's own cache survives a crash of its node; it is lost with the power of the site, or of the node it sits in.
 */

import { FAULT_CLASSES, type FaultClass, faultClassOf } from '../../../records/fault-classes.js';
import type { FaultPlan } from '../../../scenarios/scenario.js';
import { kindOf } from './fault-names.js';

/** Stops of nodes by faults in one run, a power failure of the site counted once. */
const CRASHES_MAX = 16;
const LAST_PATH_TICKS_MAX = 20_000;

export class FaultAtlas {
  private crashesCount = 0;
  private weakest: FaultClass = 'must survive';

  reset(weakest: FaultClass): void {
    this.crashesCount = 0;
    this.weakest = weakest;
  }

  /** @returns the faults that are granted, each with its number in the scenario. */
  grantAll(plans: readonly FaultPlan[]): [index: number, granted: FaultPlan][] {
    return plans.flatMap((plan, index): [number, FaultPlan][] => (this.admits(plan) ? [[index, plan]] : []));
  }

  /** @returns how long a path is lost that is a node's last to a device. */
  lastPathTicks(ticks: number): number {
    return Math.min(ticks, LAST_PATH_TICKS_MAX);
  }

  /** @returns whether one more crash is fair; counts it. */
  admitCrash(): boolean {
    if (this.crashesCount >= CRASHES_MAX) return false;
    this.crashesCount += 1;
    return true;
  }

  private admits(plan: FaultPlan): boolean {
    return FAULT_CLASSES.indexOf(faultClassOf(kindOf(plan))) <= FAULT_CLASSES.indexOf(this.weakest);
  }
}
