/**
 * Owns the gaps: what a campaign could have shown and never did. The word lists come from the engine build under test; a list here names each
 * thing once, in a fixed order.
 */

import type { EngineVocabulary } from '../../engine/contract/module.js';
import { CRASH_POSITIONS, STEP_HITS } from '../../records/catalogue.js';
import { FAULT_KINDS } from '../../records/fault-classes.js';
import { CLAIMS } from '../oracles/claims/claims.js';
import { EVENT_ROLES, EVENT_STATUSES } from './create-coverage.js';
import { type Impossible, whyImpossible } from './impossible.js';
import type { RunCoverage } from '../world/run.js';

export interface Unseen {
  claims: string[];
  /** `state:event`. */
  stateEvents: string[];
  /** `step position`, crashes in recovery and outside of it taken together. */
  crashSteps: string[];
  /** `step pause`, `step device`, `step path`. */
  stepHits: string[];
  /** Durable steps that were never taken. */
  steps: string[];
  /** Kinds that never fired. */
  faults: string[];
  probes: string[];
  /** What no run can show, and why (`impossible.ts`). */
  impossible: Impossible[];
}

/** What happens to nodes and disks in any state. */
const HAPPENINGS = [
  'node.crash',
  'node.power',
  'node.shutdown',
  'node.start',
  'node.pause',
  'node.resume',
  'disk.online',
  'disk.offline',
  'disk.given-up',
] as const;
const FAULT_FAMILIES = ['device', 'path', 'media', 'network', 'clock'] as const;

export function unseen(
  coverage: RunCoverage,
  vocabulary: Pick<
    EngineVocabulary,
    'states' | 'commands' | 'applicationOperations' | 'applicationStatuses' | 'steps' | 'probes'
  >,
): Unseen {
  const events = [
    ...vocabulary.commands.map((command) => `command.${command}`),
    ...vocabulary.applicationOperations.map((operation) => `application.${operation}`),
    ...vocabulary.applicationStatuses.filter((status) => status !== 'ok').map((status) => `application.${status}`),
    ...EVENT_ROLES.flatMap((role) => EVENT_STATUSES.map((status) => `${role}.${status}`)),
    ...FAULT_FAMILIES.map((family) => `fault.${family}`),
    ...HAPPENINGS,
  ];
  const { steps, probes } = vocabulary;
  const crashed = new Set(coverage.crashSteps.map(({ step, position }) => `${step} ${position}`));
  const impossible: Impossible[] = [];
  const never = (cells: readonly string[], isSeen: (cell: string) => boolean): string[] =>
    cells.filter((cell) => {
      const reason = isSeen(cell) ? undefined : whyImpossible(cell);
      if (reason !== undefined) impossible.push({ cell, reason });
      return !isSeen(cell) && reason === undefined;
    });
  return {
    claims: CLAIMS.filter((claim) => (coverage.claims[claim] ?? 0) === 0),
    stateEvents: never(
      vocabulary.states.flatMap((state) => events.map((event) => `${state}:${event}`)),
      (cell) => coverage.stateEvents[cell] !== undefined,
    ),
    crashSteps: never(
      steps.flatMap((step) => CRASH_POSITIONS.map((position) => `${step} ${position}`)),
      (cell) => crashed.has(cell),
    ),
    stepHits: never(
      steps.flatMap((step) => STEP_HITS.map((what) => `${step} ${what}`)),
      (cell) => coverage.stepHits[cell] !== undefined,
    ),
    steps: steps.filter((step) => coverage.steps[step] === undefined),
    faults: never(
      FAULT_KINDS.map(({ name }) => name),
      (kind) => (coverage.faults[kind]?.fired ?? 0) > 0,
    ),
    probes: probes.filter((probe) => coverage.probes[probe] === undefined),
    impossible,
  };
}
