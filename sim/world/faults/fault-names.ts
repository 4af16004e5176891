/** Owns what faults are called, in coverage and in sentences. */

import type { DeviceFaultPlan, DeviceRole } from '../../../scenarios/fault.js';
import type { FaultPlan } from '../../../scenarios/scenario.js';

/** Short and closed, for coverage: `crash`, `power`, `pause`, `target-write-error`, `source-gone`, `step-slow`, `path-loss`, `network-loss`, `clock-jump`. */
export function kindOf(plan: FaultPlan): string {
  switch (plan.kind) {
    case 'crash':
      return plan.power === true ? 'power' : 'crash';
    case 'pause':
      return 'pause';
    case 'grow':
      return 'source-grow';
    case 'foreignWrite':
      return 'foreign-write';
    case 'devicePower':
      return plan.devices.length === 1 ? `${plan.devices[0]!}-power` : 'domain-power';
    case 'device':
      return deviceKindOf(plan);
    case 'media':
      return `${plan.device}-media-${plan.effect}`;
    case 'path':
    case 'network':
    case 'clock':
      return `${plan.kind}-${plan.effect}`;
    case 'reservation':
      return `${plan.device}-reservation-lost`;
  }
}

function deviceKindOf({ device, operation, effect, persistent, forever, path }: DeviceFaultPlan): string {
  if (device === 'stepping') return `step-${effect}`;
  if (path !== undefined) return `path-${effect}`;
  if (effect === 'gone') return forever === true ? `${device}-gone-forever` : `${device}-gone`;
  if (forever === true && operation === 'any') return `${device}-dead`;
  const isMetadata = device !== 'source' && device !== 'target';
  const isForGood = isMetadata && persistent === true && effect === 'error' && operation !== 'read';
  return isForGood ? `${device}-write-persistent` : `${device}-${operation}-${effect}`;
}

/** Whom a fault is meant for, in words. */
export function aimOf(plan: FaultPlan): string {
  switch (plan.kind) {
    case 'crash': {
      const whom = plan.power === true ? 'the whole site' : NODES_IN_WORDS[plan.node];
      return 'step' in plan.at ? `${whom} at ${plan.at.step}` : whom;
    }
    case 'pause':
    case 'clock':
      return NODES_IN_WORDS[plan.node];
    case 'network':
      return `messages ${WAYS_IN_WORDS[plan.way ?? 'both']} ${NODES_IN_WORDS[plan.node]}`;
    case 'reservation':
      return `${plan.device} of disk 0`;
    case 'grow':
    case 'foreignWrite':
      return `source of disk ${plan.disk ?? 0}`;
    case 'devicePower':
      return `${plan.devices.join(', ')} of disk ${plan.disk ?? 0}`;
    case 'media':
      return devicesInWords(plan.device, plan.disk);
    case 'device':
      if (plan.device === 'stepping') return stepOf(plan);
      return `${devicesInWords(plan.device, plan.disk)}${plan.path === undefined ? '' : ` by path ${plan.path}`}`;
    case 'path': {
      if (plan.node === 'stepping') return `the path of ${stepOf(plan)}`;
      const from = NODES_IN_WORDS[plan.node ?? 'any'];
      return `a path from ${from} to ${plan.device === undefined ? 'every device' : `the ${plan.device}`}`;
    }
  }
}

const stepOf = ({ at }: FaultPlan): string => (at !== undefined && 'step' in at ? at.step : 'no step');

function devicesInWords(device: DeviceRole, disk = 0): string {
  const isPerDisk = device === 'source' || device === 'target' || device === 'shared';
  return isPerDisk ? `${device} of disk ${disk}` : `${device} devices`;
}

const NODES_IN_WORDS = {
  host: 'the host of disk 0',
  standby: 'a standby',
  stepping: 'the node that takes the step',
  any: 'any node',
} as const;

const WAYS_IN_WORDS = { from: 'from', to: 'to', both: 'from and to' } as const;
