/**
 * Owns the gaps: what a campaign could have shown and never did. The word lists come from the engine build under test; a list here names each
 * thing once, in a fixed order.
 */

import type { EngineVocabulary } from '../../engine/contract/module.js';
import { CLAIMS } from '../oracles/claims/claims.js';
import type { RunCoverage } from '../world/run.js';

export interface Unseen {
  claims: string[];
  /** `state:event`. */
  stateEvents: string[];
  /** `step position`, crashes in recovery and outside of it taken together. */
  crashSteps: string[];
  /** Durable steps that were never taken. */
  steps: string[];
  probes: string[];
}

const POSITIONS = ['before', 'during', 'after'] as const;
/** What happens to nodes and disks in any state. */
const HAPPENINGS = ['node.crash', 'node.power', 'node.shutdown', 'node.start', 'disk.online', 'disk.offline'] as const;
const DATA_ROLES = ['source', 'target'] as const;

export function unseen(
  coverage: RunCoverage,
  vocabulary: Pick<EngineVocabulary, 'states' | 'commands' | 'applicationOperations' | 'steps' | 'probes'>,
): Unseen {
  const events = [
    ...vocabulary.commands.map((command) => `command.${command}`),
    ...vocabulary.applicationOperations.map((operation) => `application.${operation}`),
    ...DATA_ROLES.flatMap((role) => [`${role}.ok`, `${role}.error`]),
    ...HAPPENINGS,
  ];
  const crashed = new Set(coverage.crashSteps.map(({ step, position }) => `${step} ${position}`));
  return {
    claims: CLAIMS.filter((claim) => (coverage.claims[claim] ?? 0) === 0),
    stateEvents: vocabulary.states
      .flatMap((state) => events.map((event) => `${state}:${event}`))
      .filter((key) => coverage.stateEvents[key] === undefined),
    crashSteps: vocabulary.steps
      .flatMap((step) => POSITIONS.map((position) => `${step} ${position}`))
      .filter((key) => !crashed.has(key)),
    steps: vocabulary.steps.filter((step) => coverage.steps[step] === undefined),
    probes: vocabulary.probes.filter((probe) => coverage.probes[probe] === undefined),
  };
}
