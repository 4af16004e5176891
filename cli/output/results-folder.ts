/**
 * Owns the folder that results go to. Whether it can be written is found out before a run begins; each file is written whole under
 * another name, then renamed, so that a reader never sees half of one. What an earlier run left there goes when the next one begins: the records
 * of failures that its `run.json` lists, and nothing else.
 */

import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { type RunRecord, runSchema } from '../../records/schema.js';
import { HarnessError } from '../../sim/campaign/request.js';
import { expectedGotAt, systemReason } from '../input/usage.js';

const RUN_RECORD = 'run.json';

export interface ResultsFolder {
  readonly path: string;
  /** Records of failures of an earlier run are not those of the next. */
  removeEarlierRecords(): void;
  writeRun(record: RunRecord): void;
  /** Returns the path of the file. */
  writeFailure(failure: RunIdentity, document: unknown): string;
}

interface RunIdentity {
  readonly scenario: string;
  readonly seed: number;
}

const failureName = ({ scenario, seed }: RunIdentity): string => `${scenario}-${seed}.json`;

/** Makes the folder where there is none. Throws a `UsageError`, and leaves nothing behind, when it cannot be made or written. */
export function openResultsFolder(path: string): ResultsFolder {
  const made: string[] = [];
  try {
    for (const folder of missingFolders(path)) {
      mkdirSync(folder);
      made.push(folder);
    }
    const probe = join(path, `.probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    for (const folder of made.reverse()) rmdirSync(folder);
    throw expectedGotAt('an output folder that can be written', systemReason(error), path);
  }
  return {
    path,
    removeEarlierRecords: () => removeEarlierRecords(path),
    writeRun: (record) => void writeWhole(join(path, RUN_RECORD), record),
    writeFailure: (failure, document) => writeWhole(join(path, failureName(failure)), document),
  };
}

/** By name in this folder, wherever the folder was when the record was written; what is no file of a run's naming stays. */
function removeEarlierRecords(path: string): void {
  for (const failure of earlierRun(path)?.failures ?? []) {
    const name = failureName(failure);
    if (failure.record === null || basename(failure.record) !== name) continue;
    const file = join(path, name);
    try {
      rmSync(file, { force: true });
    } catch (error) {
      throw expectedGotAt('to remove the record of an earlier failure', systemReason(error), file);
    }
  }
}

/** Undefined where none was left, or something that is none. */
function earlierRun(path: string): RunRecord | undefined {
  try {
    return runSchema.safeParse(JSON.parse(readFileSync(join(path, RUN_RECORD), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** The outermost first. */
function missingFolders(path: string): string[] {
  const missing: string[] = [];
  for (let folder = resolve(path); !existsSync(folder); folder = dirname(folder)) missing.unshift(folder);
  return missing;
}

function writeWhole(path: string, document: unknown): string {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(unfinished, `${JSON.stringify(document, undefined, 2)}\n`);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new HarnessError(`expected to write a record, got ${systemReason(error)}, at ${path}`);
  }
  return path;
}
