/** Owns what holds where no record was ever written: no migration, and every disk on the device it was provisioned on. */

import type { AcknowledgementRecord, LabelRecord, LocalRecord, SharedRecord } from './types.js';

export function emptySharedRecord(): SharedRecord {
  return {
    sequence: 0,
    migration: 0,
    inProgress: false,
    rollForward: false,
    epoch: 0,
    owner: 0,
    source: 0,
    target: 0,
    retirements: [],
  };
}

export function defaultLocalRecord(provisionedIdentity: number): LocalRecord {
  return {
    sequence: 0,
    migration: 0,
    state: 'none',
    bound: provisionedIdentity,
    source: provisionedIdentity,
    target: 0,
    sourceAllowed: true,
    targetAllowed: false,
    errorFlag: false,
    sourceFault: false,
    targetFault: false,
    mapCrc: 0,
    mapRegionsCount: 0,
    mapSectors: 0,
    logSectors: 0,
    logSession: 0,
    sourceGeneration: 0,
  };
}

export const emptyAcknowledgement = (): AcknowledgementRecord => ({
  sequence: 0,
  migration: 0,
  target: 0,
  accessControl: false,
  targetConfigured: false,
  rolledForward: false,
});

export const emptyLabel = (): LabelRecord => ({ sequence: 0, generation: 0, tombstone: false });
