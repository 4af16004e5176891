/** Owns what faults are called, in coverage and in sentences. */

import type { FaultPlan } from '../../../scenarios/scenario.js';

/** Short and closed, for coverage: `crash`, `power`, `pause`, `target-write-error`. */
export function kindOf(plan: FaultPlan): string {
  switch (plan.kind) {
    case 'crash':
      return plan.power === true ? 'power' : 'crash';
    case 'pause':
      return 'pause';
    case 'device':
      return `${plan.device}-${plan.operation}-${plan.effect}`;
  }
}

/** Whom a fault is meant for, in words. */
export function aimOf(plan: FaultPlan): string {
  switch (plan.kind) {
    case 'crash': {
      const whom = plan.power === true ? 'the whole site' : NODES_IN_WORDS[plan.node];
      return 'step' in plan.at ? `${whom} at ${plan.at.step}` : whom;
    }
    case 'pause':
      return NODES_IN_WORDS[plan.node];
    case 'device': {
      const isPerDisk = plan.device === 'source' || plan.device === 'target' || plan.device === 'shared';
      return isPerDisk ? `${plan.device} of disk ${plan.disk ?? 0}` : `${plan.device} devices`;
    }
  }
}

const NODES_IN_WORDS = {
  host: 'the host of disk 0',
  standby: 'a standby',
  stepping: 'the node that takes the step',
} as const;
