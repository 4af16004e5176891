/**
 * Owns what goes into one run and what comes out of it: plain data, so that it may cross a thread and be kept.
 */

import type { Violation } from '../oracles/observation.js';

export interface RunRequest {
  scenario: string;
  seed: number;
  placement: 'inline' | 'threads';
  /** Module URL of the engine build under test. */
  engineUrl: string;
  /** Module URL of the project's own record codec (`engine/records/codec.js` of the built-in engine). */
  codecUrl: string;
  /** Module URL of the scenario registry (`scenarios/registry.js`). */
  scenariosUrl: string;
  /** Keep the timeline of events for `replay`. */
  story?: boolean;
}

export interface StoryLine {
  event: number;
  tick: number;
  /** `node 1`, `cluster`, `operator`, `target of disk 0`, … */
  who: string;
  what: string;
}

export interface CrashStepHit {
  step: string;
  position: 'before' | 'during' | 'after';
  inRecovery: boolean;
  hits: number;
}

/** What one run exercised; sums of these make a campaign's coverage. In no order: a record sorts its own. */
export interface RunCoverage {
  /** Evidence per claim id. */
  claims: Record<string, number>;
  /** `from>to:cause`, and `state:event` for state × event. */
  transitions: Record<string, number>;
  stateEvents: Record<string, number>;
  refusals: Record<string, number>;
  faults: Record<string, { armed: number; fired: number }>;
  crashSteps: CrashStepHit[];
  steps: Record<string, number>;
  /** `step pause`: its node stalled at it; `step device`: its device failed it; `step path`: its path was lost, and the node told. */
  stepHits: Record<string, number>;
  probes: Record<string, number>;
  /** Lies of media: `kind told`, and `kind found by O1`. */
  lies: Record<string, number>;
}

/** `found`: lies of media that were found out, in sentences. */
export type Outcome =
  | { kind: 'passed'; states: string[]; found?: string[] }
  | ({ kind: 'failed' | 'hung' } & Violation);

export interface RunResult {
  scenario: string;
  seed: number;
  placement: 'inline' | 'threads';
  digest: string;
  /** [events so far, digest so far] every so many events. */
  checkpoints: [number, string][];
  events: number;
  /** Virtual time at the end. */
  ticks: number;
  outcome: Outcome;
  coverage: RunCoverage;
  story: StoryLine[];
}
