/**
 * Owns what the tests of nodes share: a configuration, the vocabulary of the contract, and handlers that write down what they are told.
 */
import type { EngineConfiguration } from '../../../engine/contract/configuration.js';
import { PROBES } from '../../../engine/contract/effects.js';
import type { EngineVocabulary } from '../../../engine/contract/module.js';
import * as words from '../../../engine/contract/vocabulary.js';
import type { PlacementShape } from '../../../sim/nodes/placement/placement.js';
import type { EffectHandlers } from '../../../sim/nodes/words/effect-reader.js';

export const shape: PlacementShape = { nodesMax: 4, slotsCount: 8, slotSectors: 16 };

export function configurationOf(node: number): EngineConfiguration {
  return {
    node,
    nodesMax: shape.nodesMax,
    mode: 'cluster',
    naming: 'remap',
    portsCount: 2,
    localIdentity: 100 + node,
    acknowledgementIdentity: 90,
    disks: [
      { sharedIdentity: 80, provisionedIdentity: 10, regionSectors: 64 },
      { sharedIdentity: 81, provisionedIdentity: 11, regionSectors: 64 },
    ],
    slotsCount: shape.slotsCount,
    slotSectors: shape.slotSectors,
    limits: {
      requestTimeoutTicks: 1000,
      retriesMax: 1,
      detoursMax: 2,
      retryDelayTicks: 10,
      copiesMax: 1,
      settleAttemptsMax: 2,
      pollDelayTicks: 10,
      pollsMax: 3,
    },
  };
}

export const contractVocabulary: EngineVocabulary = {
  states: words.STATES,
  commands: words.COMMANDS,
  commandOutcomes: words.COMMAND_OUTCOMES,
  refusals: words.REFUSALS,
  causes: words.CAUSES,
  deviceOperations: words.DEVICE_OPERATIONS,
  deviceStatuses: words.DEVICE_STATUSES,
  applicationOperations: words.APPLICATION_OPERATIONS,
  applicationStatuses: words.APPLICATION_STATUSES,
  addresses: words.ADDRESSES,
  onlineOutcomes: words.ONLINE_OUTCOMES,
  messages: words.MESSAGES,
  steps: words.STEPS,
  probes: PROBES,
};

/** What a handler was told: its name, and its arguments as plain data. */
export type Told = [handler: keyof EffectHandlers, ...args: unknown[]];

/** Handlers that write down every call in `told`. */
export function recordEffects(told: Told[]): EffectHandlers {
  const record =
    (handler: keyof EffectHandlers) =>
    (...args: unknown[]): void => {
      told.push([handler, ...args.map(copyOf)]);
    };
  return {
    request: record('request'),
    cancel: record('cancel'),
    captured: record('captured'),
    delivered: record('delivered'),
    filled: record('filled'),
    applicationCompleted: record('applicationCompleted'),
    commandCompleted: record('commandCompleted'),
    progress: record('progress'),
    deviceName: record('deviceName'),
    diskOnline: record('diskOnline'),
    diskOffline: record('diskOffline'),
    ready: record('ready'),
    shutdownDone: record('shutdownDone'),
    message: record('message'),
    timer: record('timer'),
    stateChanged: record('stateChanged'),
    probe: record('probe'),
  };
}

/** Arguments are valid during the call only. */
const copyOf = (value: unknown): unknown =>
  value instanceof Uint32Array ? [...value] : typeof value === 'object' ? { ...value } : value;
