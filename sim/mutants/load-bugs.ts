/** Owns the collection of planted bugs: one module a bug, in a folder for each family. Loaded by scanning, so that a new file is all it takes. */

import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';

import type { FiledBug, PlantedBug } from './planted-bug.js';

/** All bugs below the folder, by id. Empty where there is no such folder: a package does not carry the bugs. Throws where two have one id. */
export async function loadBugs(folder: URL): Promise<readonly FiledBug[]> {
  if (!existsSync(folder)) return [];
  const bugs: FiledBug[] = [];
  for (const family of readdirSync(folder).sort()) {
    const familyFolder = new URL(`${family}/`, folder);
    for (const file of readdirSync(familyFolder).filter((name) => name.endsWith('.js'))) {
      const { default: bug } = (await import(new URL(file, familyFolder).href)) as { default: PlantedBug };
      if (bug.id !== basename(file, '.js'))
        throw new Error(`expected bug ${file} to be named for its id, got ${bug.id}`);
      bugs.push({ ...bug, family });
    }
  }
  bugs.sort((a, b) => (a.id < b.id ? -1 : 1));
  const twice = bugs.find((bug, index) => bug.id === bugs[index + 1]?.id);
  if (twice !== undefined) throw new Error(`expected one bug of each id, got two, at ${twice.id}`);
  return bugs;
}
