/**
 * Owns in which situation each named durable step comes about: what world it takes, and what has to happen beside a script that goes all the ways
 * there are. So whoever aims at a step that is rarely taken can bring it about, and every step is aimed at as often as its neighbours.
 */

import type { Step } from '../engine/contract/vocabulary.js';
import type { Choose, FaultPlan, WorldPlan } from './scenario.js';
import {
  CLEANUP_STEPS,
  COMMIT_STEPS,
  ERROR_STEPS,
  RESERVATION_STEPS,
  RESUME_STEPS,
  SETUP_STEPS,
  SHUTDOWN_STEPS,
  WAY_BACK_STEPS,
} from './steps.js';

export interface Situation {
  readonly steps: readonly Step[];
  /** Default: in any world. */
  readonly isIn?: (world: WorldPlan) => boolean;
  /** What has to happen beside the script; default: nothing. */
  readonly plot?: (choose: Choose) => readonly FaultPlan[];
}

const isCluster = ({ mode }: WorldPlan): boolean => mode === 'cluster';
const isStandalone = ({ mode }: WorldPlan): boolean => mode === 'standalone';
const keepsLog = ({ mode, dirtyLog }: WorldPlan): boolean => mode === 'standalone' && dirtyLog === true;

const CLONING = ['syncing', 'source-selected', 'target-selected'] as const;

const crashIn =
  (states: readonly (typeof CLONING)[number][]) =>
  (choose: Choose): readonly FaultPlan[] => [
    {
      kind: 'crash',
      node: 'host',
      at: { state: choose.pick(states), ticks: [0, 3_000] },
      restart: [500, 20_000],
      power: choose.chance(0.4),
    },
  ];

const crashAt =
  (steps: readonly Step[]) =>
  (choose: Choose): readonly FaultPlan[] => [
    {
      kind: 'crash',
      node: 'stepping',
      at: { step: choose.pick(steps) },
      restart: [500, 20_000],
      power: choose.chance(0.4),
    },
  ];

/** More than once: a way back that was cut short is gone again. */
const targetErrorIn =
  (states: readonly (typeof CLONING)[number][]) =>
  (choose: Choose): readonly FaultPlan[] =>
    [1, 2, 3].map((occurrence) => ({
      kind: 'device',
      device: 'target',
      operation: choose.pick(['write', 'flush'] as const),
      effect: 'error',
      share: 1,
      at: { state: choose.pick(states), ticks: [0, 2_000], occurrence },
      lasting: [2_000, 6_000],
    }));

/** A recovery whose target fails is done without it; so the target is reserved when the next synchronisation begins. */
const targetDeadInRecovery = (choose: Choose): readonly FaultPlan[] => [
  ...crashIn(CLONING)(choose),
  {
    kind: 'device',
    device: 'stepping',
    operation: 'any',
    effect: 'error',
    at: { step: 'recovery.target.preempt' },
    times: 3,
  },
];

/** Another host has written the source: what a clean stop, or a crash, has left behind is not trusted. */
const foreignWrite = (choose: Choose): readonly FaultPlan[] => {
  const state = choose.pick(CLONING);
  const written: FaultPlan = { kind: 'foreignWrite', at: { state, ticks: [0, 0] } };
  return choose.chance(0.5)
    ? [written]
    : [written, { kind: 'crash', node: 'host', at: { state, ticks: [100, 3_000] }, restart: [500, 5_000] }];
};

/** With the roll-forward flag durable. */
const crashInCommit = crashAt(['commit.access-control.write', 'commit.access-control.flush', 'commit.binding.write']);
const FORWARD_STEPS: readonly Step[] = [
  'recovery.access-control.write',
  'recovery.access-control.flush',
  'recovery.binding.write',
  'recovery.binding.flush',
  'recovery.error-flag.write',
  'recovery.error-flag.flush',
];

/** Those that a recovery comes from. */
export const RECOVERIES: readonly Situation[] = [
  { steps: RESERVATION_STEPS, isIn: isCluster, plot: crashIn(CLONING) },
  { steps: ['sync.target.preempt'], isIn: isCluster, plot: targetDeadInRecovery },
  {
    steps: ['recovery.epoch.write', 'recovery.epoch.flush', 'recovery.abort.write', 'recovery.abort.flush'],
    isIn: isCluster,
    plot: crashIn(CLONING),
  },
  { steps: FORWARD_STEPS, isIn: isCluster, plot: crashInCommit },
  {
    steps: ['recovery.roll-forward-flag.write', 'recovery.roll-forward-flag.flush', ...FORWARD_STEPS],
    isIn: isStandalone,
    plot: crashInCommit,
  },
  {
    steps: ['recovery.local-record.write', 'recovery.local-record.flush'],
    plot: crashAt(['cleanup.local-record.write']),
  },
  {
    steps: [
      'recovery.fault-record.write',
      'recovery.fault-record.flush',
      'recovery.error-transition.write',
      'recovery.error-transition.flush',
    ],
    isIn: isStandalone,
    plot: crashIn(CLONING),
  },
  { steps: RESUME_STEPS, isIn: isStandalone },
  {
    steps: ['recovery.label.write', 'recovery.label.flush', 'recovery.dirty-log.write', 'recovery.dirty-log.flush'],
    isIn: keepsLog,
    plot: foreignWrite,
  },
  {
    steps: [
      'standby.access-control.write',
      'standby.access-control.flush',
      'standby.binding.write',
      'standby.binding.flush',
      'standby.acknowledge.write',
      'standby.acknowledge.flush',
    ],
    isIn: isCluster,
    plot: crashIn(CLONING),
  },
];

/** Every named step is in one of these. */
export const SITUATIONS: readonly Situation[] = [
  ...RECOVERIES,
  { steps: SETUP_STEPS },
  { steps: ['setup.target.preempt'], isIn: isCluster },
  {
    steps: ['sync.label.write', 'sync.label.flush', 'dirty-log.intent.write', 'dirty-log.clear.write'],
    isIn: keepsLog,
  },
  { steps: COMMIT_STEPS },
  { steps: WAY_BACK_STEPS },
  { steps: WAY_BACK_STEPS.filter((step) => step.endsWith('source.flush')) },
  { steps: WAY_BACK_STEPS.filter((step) => step.startsWith('abort.setup')) },
  { steps: ['error.setup.write', 'error.setup.flush'], plot: targetErrorIn(['syncing', 'source-selected']) },
  // Only a source that was not read is flushed on the way back.
  { steps: ERROR_STEPS, plot: targetErrorIn(['target-selected']) },
  { steps: SHUTDOWN_STEPS },
  // What comes last, and is not come to where something before it failed.
  { steps: SHUTDOWN_STEPS.slice(-4) },
  { steps: CLEANUP_STEPS },
];

/** @returns so many of the situations that there are in the world, in drawn order. */
export function drawSituations(
  choose: Choose,
  world: WorldPlan,
  among: readonly Situation[],
  count: number,
): readonly Situation[] {
  const possible = among.filter(({ isIn }) => isIn?.(world) ?? true);
  return choose.shuffle([...possible]).slice(0, count);
}
