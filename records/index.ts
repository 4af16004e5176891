// Owns the package's front door: what a program that reads Cutover's records needs, and nothing that runs a simulation.

export { CLAIM_IDS, CLAIMS, type ClaimId, CRASH_POSITIONS, ORACLES, STATE_CHANGES } from './catalogue.js';
export { readRecord, type RecordRead } from './read.js';
export * from './schema.js';
