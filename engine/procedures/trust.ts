/**
 * Owns whether a dirty-region log is trusted: only if the source's label shows the generation that this node has on record. Whoever writes a
 * source without a log of its own raises the generation first, and remembers it.
 */

import { emptyLabel } from '../records/defaults.js';
import type { LocalRecord } from '../records/types.js';
import { isLogKept } from '../regions/dirty-log.js';
import { readLabel, writeLabel } from '../stages/records.js';
import { act, type Context, type Stage, type Verdict } from '../stages/stage.js';
import { applicationSectors } from '../state/ports.js';
import { type DiskState, type EngineState, isCluster } from '../state/state.js';

/** No generation that a label can have. */
const GENERATION_UNKNOWN = -1;

/** What a synchronisation begins with. */
export const LOG_NONE = 0;
export const LOG_TRUSTED = 1;
export const LOG_FRESH = 2;

export const keepsLog = (state: EngineState): boolean => state.configuration.dirtyLog === true && !isCluster(state);

const ifKept = (stage: Stage): Stage => ({
  ...stage,
  begin: (context) => (keepsLog(context.state) ? stage.begin(context) : 'next'),
});

/** Reads the source's label; an unreadable one shows nothing. */
export const readGeneration = (): readonly Stage[] => [
  act(({ disk, procedure }) => {
    procedure.argument = disk.local.source;
  }),
  readLabel(forgetGeneration),
];

export const isOwnGeneration = ({ label, local }: DiskState): boolean => label.generation === local.sourceGeneration;

/** The log is of the source as it is, in size and content. */
export const isLogTrusted = (state: EngineState, disk: DiskState): boolean =>
  isLogKept(disk) && isOwnGeneration(disk) && disk.local.logSectors === applicationSectors(state, disk.local.source);

/** Before a synchronisation: the log is trusted, or the source is claimed for a new one. `cursor` says which. */
export const trustOrClaim = (): readonly Stage[] => [
  act(({ procedure }) => {
    procedure.cursor = LOG_NONE;
  }),
  ...readGeneration().map(ifKept),
  ifKept(
    act(({ state, disk, procedure }) => {
      procedure.cursor = isLogTrusted(state, disk) ? LOG_TRUSTED : LOG_FRESH;
    }),
  ),
  ifFresh(claimSource('sync.label')),
  ifFresh(
    act(({ disk, procedure }) => {
      if (!isGenerationKnown(disk)) procedure.cursor = LOG_NONE;
    }),
  ),
  readUnlessKnown(),
];

const ifFresh = (stage: Stage): Stage => ({
  ...stage,
  begin: (context) => (context.procedure.cursor === LOG_FRESH ? stage.begin(context) : 'next'),
});

const isGenerationKnown = ({ label }: DiskState): boolean => label.generation !== GENERATION_UNKNOWN;

/** Raises the generation of a source, so that whoever has another on record sees that it was written. */
export function claimSource(step: 'sync.label' | 'recovery.label'): Stage {
  const stage = writeLabel(step, ({ disk }) => ({ generation: disk.label.generation + 1 }), forgetGeneration);
  return { ...stage, begin: (context) => (isGenerationKnown(context.disk) ? stage.begin(context) : 'next') };
}

/** A generation that could not be raised may have landed all the same: without a second look this node would take its own for somebody else's. */
export function readUnlessKnown(): Stage {
  const stage = readLabel(forgetGeneration);
  return { ...stage, begin: (context) => (isGenerationKnown(context.disk) ? 'next' : stage.begin(context)) };
}

function forgetGeneration({ disk }: Context): Verdict {
  disk.label = { ...emptyLabel(), generation: GENERATION_UNKNOWN };
  return 'next';
}

/** No log; the source has the generation that it shows. */
export const withoutLog = (disk: DiskState): Partial<LocalRecord> =>
  isGenerationKnown(disk) ? { logSectors: 0, sourceGeneration: disk.label.generation } : { logSectors: 0 };

/** Of a source that somebody else has written no map is true either: there is none on record, however often that is written. */
export const distrusted = (disk: DiskState): Partial<LocalRecord> => ({
  ...withoutLog(disk),
  mapCrc: 0,
  mapRegionsCount: 0,
});
