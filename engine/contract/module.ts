/**
 * Owns the shape of an engine build: what a simulator, or a real adapter, loads and drives. A build under test is
 * exchanged for another by loading another module of this shape.
 */

import type { EngineConfiguration } from './configuration.js';
import type { Effects } from './effects.js';
import type { EngineEvent } from './events.js';

export interface EngineVocabulary {
  readonly states: readonly string[];
  readonly commands: readonly string[];
  readonly commandOutcomes: readonly string[];
  readonly refusals: readonly string[];
  readonly causes: readonly string[];
  readonly deviceOperations: readonly string[];
  readonly deviceStatuses: readonly string[];
  readonly applicationOperations: readonly string[];
  readonly applicationStatuses: readonly string[];
  readonly addresses: readonly string[];
  readonly onlineOutcomes: readonly string[];
  readonly messages: readonly string[];
  readonly steps: readonly string[];
  readonly probes: readonly string[];
}

/** `State` is plain data (typed arrays included): it may be cloned, serialised, hashed and printed. */
export interface EngineModule<State = unknown> {
  readonly vocabulary: EngineVocabulary;
  create(configuration: EngineConfiguration): State;
  handle(state: State, event: EngineEvent, out: Effects): void;
}
