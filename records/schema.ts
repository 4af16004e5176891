/**
 * Owns the shape of everything a command leaves behind: the documents on stdout and the record of a failure on disk. The schema is the
 * type: each type is inferred from it. A version changes when a field is removed or changes its meaning; a field may be added without.
 */

import { z } from 'zod';

import { CLAIM_IDS, CRASH_POSITIONS } from './catalogue.js';
import { FAULT_CLASSES } from './fault-classes.js';

const count = z.int().min(0);
const text = z.string().min(1);
/** A decimal integer from 0 to 2^53 − 1. */
const seed = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const placement = z.enum(['inline', 'threads']);
/** Empty where a run did not return, and so has none. */
const digest = z.string().regex(/^[0-9a-f]*$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const toolSchema = z.object({
  version: text,
  /** sha-256 over the compiled files of the engine under test. */
  engineDigest: sha256,
  /** sha-256 over the compiled simulator and scenarios. */
  harnessDigest: sha256,
  /** Node version, e.g. `v20.20.2`. */
  node: text,
});

/** The effective configuration of a run, nothing left to defaults. */
export const configurationSchema = z.object({
  scenarios: z.array(text),
  seeds: z.object({ from: seed, to: seed }),
  placement,
  workers: z.int().min(1),
  /** Stop after so many failures; null: never. */
  bail: z.int().min(1).nullable(),
  /** Seeds of each scenario that are run in the other placement too. */
  crossChecksPerScenario: count,
  /** A run that makes the worker silent for so long counts as hung. */
  watchdogSeconds: z.number().positive(),
  outputDirectory: text,
});

const violation = { oracle: text, sentence: text, signature: z.string(), tick: count };
export const outcomeSchema = z.discriminatedUnion('kind', [
  /** `found`: lies of media that were found out, in sentences. */
  z.object({ kind: z.literal('passed'), states: z.array(z.string()), found: z.array(text).optional() }),
  z.object({ kind: z.literal('failed'), ...violation }),
  z.object({ kind: z.literal('hung'), ...violation }),
]);

const hits = z.array(z.object({ name: text, hits: count }));
const names = z.array(text);
const crashStep = z.object({ step: text, position: z.enum(CRASH_POSITIONS), inRecovery: z.boolean(), hits: count });

export const coverageSchema = z.object({
  /** Evidence per claim. */
  claims: z.record(z.enum(CLAIM_IDS), z.object({ hits: count })),
  /** `from>to:cause`. */
  transitions: hits,
  /** `state:event`. */
  stateEvents: hits,
  /** `command:reason`. */
  refusals: hits,
  /** In runs: where the fault was possible, and where it was injected. */
  faults: z.array(z.object({ name: text, armed: count, fired: count })),
  crashSteps: z.array(crashStep),
  /** Durable steps taken. */
  steps: hits,
  /** `step pause`: its node stalled at it; `step device`: its device failed it; `step path`: its path was lost, and the node told. */
  stepHits: hits,
  probes: hits,
  /** Lies of media: `target-media-lost told`, `target-media-lost found by O1`. */
  lies: hits,
  /** What the vocabulary names and no run reached. */
  unseen: z.object({
    claims: names,
    /** `from>to`. */
    transitions: names,
    stateEvents: names,
    /** Reasons, whatever the command. */
    refusals: names,
    faults: names,
    /** `step position`. */
    crashSteps: names,
    stepHits: names,
    steps: names,
    probes: names,
    /** Cells that no run can show, and why. */
    impossible: z.array(z.object({ cell: text, reason: text })),
  }),
});

export const totalsSchema = z.object({
  /** runs = passed + failed + hung. */
  runs: count,
  passed: count,
  failed: count,
  hung: count,
  events: count,
  simulatedSeconds: z.number().min(0),
  wallSeconds: z.number().min(0),
  eventsPerSecond: z.number().min(0),
  runsPerSecond: z.number().min(0),
  crossChecked: count,
  /** Over the digests of the scenarios. */
  digest,
});

export const failureSchema = z.object({
  scenario: text,
  seed,
  kind: z.enum(['failed', 'hung']),
  /** `O1` … `O11`, `invariant`, `scenario`, `hung`. */
  oracle: text,
  /** In storage terms, with block, operation and cause. */
  sentence: text,
  /** The same for the same kind of failure, whatever the seed. */
  signature: z.string(),
  digest,
  /** True: ran twice and gave one digest. False: it did not. Null: it never returned, so there is nothing to compare. */
  repeats: z.boolean().nullable(),
  /** The command line to copy. */
  replay: text,
  /** Path of the record, or null: records are kept of the first failures only. */
  record: z.string().nullable(),
});

/** Two runs of one seed that should agree, and do not. */
export const harnessFaultSchema = z.object({
  scenario: text,
  seed,
  kind: z.enum(['repeat', 'placement']),
  sentence: text,
});

export const scenarioSummarySchema = z.object({
  scenario: text,
  runs: count,
  passed: count,
  failed: count,
  hung: count,
  /** End states of disk 0's migration in the runs that passed, most frequent first. */
  ends: z.array(z.object({ state: z.string(), runs: count })),
  /** Over the digests of its runs, in the order of seeds: the same on every machine, in either placement. */
  digest,
});

export const runSchema = z.object({
  schema: z.literal('cutover.run/1'),
  tool: toolSchema,
  config: configurationSchema,
  /** Why the campaign ended: all was run, `--bail`, a signal, or too many runs that never returned. */
  ended: z.enum(['completed', 'bail', 'interrupted', 'hung-limit']),
  totals: totalsSchema,
  /** Failures of the suite as a whole. */
  gates: z.array(z.object({ gate: text, sentence: text })),
  harnessFaults: z.array(harnessFaultSchema),
  failures: z.array(failureSchema),
  scenarios: z.array(scenarioSummarySchema),
  coverage: coverageSchema,
});

export const replaySchema = z.object({
  schema: z.literal('cutover.replay/1'),
  scenario: text,
  seed,
  placement,
  digest,
  events: count,
  outcome: outcomeSchema,
});

/** One failure on disk: what it takes to run it again, and to know whether it is still the same. */
export const recordSchema = z.object({
  schema: z.literal('cutover.record/1'),
  scenario: text,
  seed,
  placement,
  digest,
  events: count,
  /** [events so far, digest so far]. */
  checkpoints: z.array(z.tuple([count, digest])),
  outcome: outcomeSchema,
  tool: toolSchema,
  configuration: configurationSchema,
});

/** A run that failed, and who said so: `O1` … `O11`, `scenario`, `hung`. */
const kill = z.object({ oracle: text, scenario: text, seed, sentence: text });

/** The score against planted bugs. */
export const mutantsSchema = z.object({
  schema: z.literal('cutover.mutants/1'),
  tool: toolSchema,
  /** `seedsMax`: what a bug may survive before it counts as a survivor. */
  config: z.object({ scenarios: names, seedsMax: z.int().min(1), workers: z.int().min(1) }),
  ended: z.enum(['completed', 'interrupted']),
  planted: count,
  /** By an oracle, or by a run that did not end. */
  killed: count,
  /** Ids of the bugs that nothing saw. */
  survived: names,
  /** Ids of those that the engine's own assertions alone saw: no achievement of the oracles, and so not killed. */
  brokenOnly: names,
  /** Of the killed ones. */
  seedsToKill: z.object({ median: count.nullable(), worst: count.nullable() }),
  /** The engine as it is, built in the same way, on so many first seeds of every scenario; failure null: it survived. */
  control: z.object({ seeds: count, failure: kill.nullable() }),
  mutants: z.array(
    z.object({
      id: text,
      family: text,
      title: text,
      /** What the bug breaks. */
      rule: text,
      /** Where another form than the usual one was planted: which, and why. */
      note: z.string().nullable(),
      killedBy: kill.nullable(),
      /** The smallest k such that some scenario fails within its first k seeds. */
      seedsToKill: count.nullable(),
      /** Runs before that one which broke an assertion of the engine, or made it throw. */
      invariantKills: count,
    }),
  ),
  wallSeconds: z.number().min(0),
});

const nameAndTitle = z.array(z.object({ name: text, title: z.string() }));
export const listSchema = z.object({
  schema: z.literal('cutover.list/1'),
  scenarios: nameAndTitle,
  claims: nameAndTitle,
  oracles: nameAndTitle,
  /** `class`: what is asked of an engine that it happens to. */
  faults: z.array(z.object({ name: text, class: z.enum(FAULT_CLASSES) })),
  steps: names,
  probes: names,
  /** Planted bugs, by id; none where this is not a checkout. */
  mutants: nameAndTitle,
});

export const schemas = {
  'cutover.run/1': runSchema,
  'cutover.replay/1': replaySchema,
  'cutover.record/1': recordSchema,
  'cutover.mutants/1': mutantsSchema,
  'cutover.list/1': listSchema,
} as const;
export type SchemaName = keyof typeof schemas;

/** The JSON Schema (draft 2020-12) of a document, for readers that are not written in TypeScript. Unknown fields are allowed. */
export const jsonSchemaOf = (name: SchemaName) => z.toJSONSchema(schemas[name], { io: 'input' });

export type Tool = z.infer<typeof toolSchema>;
export type Configuration = z.infer<typeof configurationSchema>;
export type Coverage = z.infer<typeof coverageSchema>;
export type Totals = z.infer<typeof totalsSchema>;
export type Failure = z.infer<typeof failureSchema>;
export type HarnessFault = z.infer<typeof harnessFaultSchema>;
export type ScenarioSummary = z.infer<typeof scenarioSummarySchema>;
export type RunRecord = z.infer<typeof runSchema>;
export type ReplayRecord = z.infer<typeof replaySchema>;
export type FailureRecord = z.infer<typeof recordSchema>;
export type MutantsRecord = z.infer<typeof mutantsSchema>;
export type ListRecord = z.infer<typeof listSchema>;
export type RecordOutcome = z.infer<typeof outcomeSchema>;
