/** Owns trouble at one named durable step: its node crashes or falls asleep there, its device fails, its path is lost; and devices that lose power. */

import type { Step } from '../engine/contract/vocabulary.js';
import type { CrashPlan, DeviceFaultPlan, DevicePowerPlan, PathFaultPlan, PausePlan } from './fault.js';
import type { Choose, DeviceRole, FaultPlan, Trigger } from './scenario.js';

const POSITIONS = ['before', 'during', 'after'] as const;

export const crashAt = (choose: Choose, step: Step, occurrence: number): CrashPlan => ({
  kind: 'crash',
  node: 'stepping',
  at: { step, occurrence, position: choose.pick(POSITIONS) },
  restart: choose.pick([
    [500, 3_000],
    [500, 40_000],
  ] as const),
  power: choose.chance(0.4),
});

const pauseAt = (choose: Choose, step: Step, occurrence: number): PausePlan => ({
  kind: 'pause',
  node: 'stepping',
  at: { step, occurrence, position: choose.pick(['before', 'after'] as const) },
  ticks: choose.pick([
    [500, 5_000],
    [500, 5_000],
    [5_000, 100_000],
  ] as const),
});

export const deviceFaultAt = (choose: Choose, step: Step, occurrence: number): DeviceFaultPlan => ({
  kind: 'device',
  device: 'stepping',
  operation: 'any',
  effect: choose.pick(['error', 'error', 'slow', 'stuck', 'lost'] as const),
  at: { step, occurrence },
  times: choose.pick([1, 1, 1, 2, 4, 40]),
  lasting: [100_000, 300_000],
});

export const pathLossAt = (choose: Choose, step: Step, occurrence: number): PathFaultPlan => ({
  kind: 'path',
  node: 'stepping',
  effect: choose.pick(['loss', 'zombie'] as const),
  at: { step, occurrence },
  lasting: choose.pick([
    [300, 3_000],
    [3_000, 20_000],
  ] as const),
  silent: choose.chance(0.2),
});

/** A crash is seldom, since what would have come after it does not come about. */
const TROUBLES = [
  crashAt,
  crashAt,
  pauseAt,
  pauseAt,
  pauseAt,
  deviceFaultAt,
  deviceFaultAt,
  deviceFaultAt,
  pathLossAt,
  pathLossAt,
  pathLossAt,
] as const;

/** At each of the steps, mostly when it comes about for the first time. */
export const troubleAtEach = (choose: Choose, steps: readonly Step[]): FaultPlan[] =>
  steps.map((step) => choose.pick(TROUBLES)(choose, step, choose.pick([1, 1, 2])));

/** Devices of disk 0 lose power together. */
export const powerLoss = (devices: readonly DeviceRole[], at: Trigger): DevicePowerPlan => ({
  kind: 'devicePower',
  devices,
  at,
});
