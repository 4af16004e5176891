/**
 * Owns the folder that results go to. Whether it can be written is found out before a run begins; each file is written whole under
 * another name, then renamed, so that a reader never sees half of one.
 */

import { existsSync, mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { HarnessError } from '../../sim/campaign/request.js';
import { expectedGotAt, systemReason } from '../input/usage.js';

export interface ResultsFolder {
  readonly path: string;
  /** Returns the path of the file. */
  write(name: string, document: unknown): string;
}

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
  return { path, write: (name, document) => writeWhole(join(path, name), document) };
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
