/**
 * Owns the engine's public face: one module that a simulator, or an adapter to real devices, loads and drives. Host-based online
 * migration of a disk under a live application (US 8,775,861 and US 8,977,896), sans-I/O.
 */

import type { EngineModule } from './contract/module.js';
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
import { handle } from './control/handle.js';
import { createState, type EngineState } from './state/state.js';

export const engine: EngineModule<EngineState> = {
  vocabulary: {
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
  },
  create: createState,
  handle,
};
