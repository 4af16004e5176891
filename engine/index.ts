/**
 * Owns the engine's public face, an `EngineModule`: what a simulator, or an adapter to real devices, loads and drives. Host-based online
 * migration of a disk under a live application (US 8,775,861 and US 8,977,896), sans-I/O.
 */

import type { EngineVocabulary } from './contract/module.js';
import {
  ADDRESSES,
  APPLICATION_OPERATIONS,
  APPLICATION_STATUSES,
  CAUSES,
  COMMAND_OUTCOMES,
  COMMANDS,
  DEVICE_OPERATIONS,
  DEVICE_STATUSES,
  MESSAGES,
  ONLINE_OUTCOMES,
  REFUSALS,
  STATES,
  STEPS,
} from './contract/vocabulary.js';
import { PROBES } from './contract/effects.js';

export const vocabulary: EngineVocabulary = {
  states: STATES,
  commands: COMMANDS,
  commandOutcomes: COMMAND_OUTCOMES,
  refusals: REFUSALS,
  causes: CAUSES,
  deviceOperations: DEVICE_OPERATIONS,
  deviceStatuses: DEVICE_STATUSES,
  applicationOperations: APPLICATION_OPERATIONS,
  applicationStatuses: APPLICATION_STATUSES,
  addresses: ADDRESSES,
  onlineOutcomes: ONLINE_OUTCOMES,
  messages: MESSAGES,
  steps: STEPS,
  probes: PROBES,
};

export { createState as create } from './state/state.js';
export { handle } from './control/handle.js';
