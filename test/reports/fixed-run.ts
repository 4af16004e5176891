// Owns one run's record with something of everything, and the record of one of its failures: what reports and schemas are shown on.

import { CLAIM_IDS } from '../../records/catalogue.js';
import type { Coverage, Failure, FailureRecord, RunRecord } from '../../records/schema.js';

const tool = { version: '0.1.0', engineDigest: 'a'.repeat(64), harnessDigest: 'b'.repeat(64), node: 'v20.20.2' };

const config = {
  scenarios: ['commit-crash', 'failover-before-commit', 'torn-metadata'],
  seeds: { from: 1, to: 500 },
  placement: 'inline' as const,
  workers: 2,
  bail: null,
  crossChecksPerScenario: 1,
  watchdogSeconds: 15,
  outputDirectory: 'cutover-results',
};

const lostWrite: Failure = {
  scenario: 'commit-crash',
  seed: 7,
  kind: 'failed',
  oracle: 'O1',
  sentence:
    'expected block 812 of disk 0 to hold write 57 of node 1, got write 41: acknowledged at 8.2 ms and lost, because flush 9 of the target never completed before the commit',
  signature: 'O1: acknowledged write lost',
  digest: '0123456789abcdef',
  repeats: true,
  replay: 'cutover replay commit-crash:7',
  record: 'cutover-results/commit-crash-7.json',
};

const failures: Failure[] = [
  lostWrite,
  { ...lostWrite, seed: 9, digest: 'fedcba9876543210', replay: 'cutover replay commit-crash:9', record: null },
  {
    ...lostWrite,
    scenario: 'torn-metadata',
    seed: 3,
    kind: 'hung',
    oracle: 'hung',
    sentence: 'expected torn-metadata:3 to end, got none after 15 s of wall time in placement inline',
    signature: 'hung: never returned',
    digest: '',
    repeats: null,
    replay: 'cutover replay torn-metadata:3',
    record: 'cutover-results/torn-metadata-3.json',
  },
];

const coverage: Coverage = {
  claims: Object.fromEntries(
    CLAIM_IDS.map((id, index) => [id, { hits: id === 'B9' ? 0 : 1_000 + index }]),
  ) as Coverage['claims'],
  transitions: [
    { name: 'none>setup:command', hits: 1_500 },
    { name: 'setup>syncing:command', hits: 1_490 },
  ],
  stateEvents: [{ name: 'none:command', hits: 1_500 }],
  refusals: [{ name: 'commit:busy', hits: 12 }],
  faults: [
    { name: 'crash', armed: 1_500, fired: 1_203 },
    { name: 'pause', armed: 40, fired: 0 },
  ],
  crashSteps: [
    { step: 'commit.binding.write', position: 'before', inRecovery: false, hits: 40 },
    { step: 'commit.binding.write', position: 'before', inRecovery: true, hits: 2 },
    { step: 'commit.binding.write', position: 'after', inRecovery: false, hits: 39 },
  ],
  steps: [{ name: 'commit.binding.write', hits: 400 }],
  stepHits: [{ name: 'commit.binding.write pause', hits: 3 }],
  probes: [{ name: 'write.waited-for-lock', hits: 77 }],
  lies: [],
  unseen: {
    claims: ['B9'],
    transitions: ['committed>none'],
    stateEvents: [],
    refusals: [],
    faults: ['pause'],
    crashSteps: ['commit.binding.write during'],
    stepHits: ['commit.binding.write device'],
    steps: [],
    probes: ['commit.forced'],
    impossible: [{ cell: 'commit.binding.write device', reason: 'of this example' }],
  },
};

export const fixedRun: RunRecord = {
  schema: 'cutover.run/1',
  tool,
  config,
  ended: 'completed',
  totals: {
    runs: 1_500,
    passed: 1_497,
    failed: 2,
    hung: 1,
    events: 12_345_678,
    simulatedSeconds: 4_321.5,
    wallSeconds: 31.25,
    eventsPerSecond: 395_061.7,
    runsPerSecond: 48,
    crossChecked: 3,
    digest: '5d1f0c2b9a7e4836',
  },
  gates: [
    { gate: 'claims', sentence: 'expected evidence for claim B9 (one error flag per migration), got none, at any run' },
  ],
  harnessFaults: [],
  failures,
  scenarios: [
    {
      scenario: 'commit-crash',
      runs: 500,
      passed: 498,
      failed: 2,
      hung: 0,
      digest: '0123456789abcdef',
      ends: [
        { state: 'committed', runs: 301 },
        { state: 'setup', runs: 180 },
        { state: 'none', runs: 17 },
      ],
    },
    {
      scenario: 'failover-before-commit',
      runs: 500,
      passed: 500,
      failed: 0,
      hung: 0,
      digest: '0123456789abcdef',
      ends: [{ state: 'setup', runs: 500 }],
    },
    {
      scenario: 'torn-metadata',
      runs: 500,
      passed: 499,
      failed: 0,
      hung: 1,
      digest: '0123456789abcdef',
      ends: [{ state: 'committed', runs: 499 }],
    },
  ],
  coverage,
};

export const fixedFailureRecord: FailureRecord = {
  schema: 'cutover.record/1',
  scenario: 'commit-crash',
  seed: 7,
  placement: 'inline',
  digest: '0123456789abcdef',
  events: 300,
  checkpoints: [
    [128, '00'],
    [256, '01'],
  ],
  outcome: {
    kind: 'failed',
    oracle: 'O1',
    sentence: lostWrite.sentence,
    signature: lostWrite.signature,
    tick: 8_200,
  },
  tool,
  configuration: config,
};
