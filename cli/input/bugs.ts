/**
 * Owns the choice of planted bugs: those of the checkout, by id or family.
 */

import { existsSync } from 'node:fs';

import { loadBugs } from '../../sim/mutants/load-bugs.js';
import type { FiledBug } from '../../sim/mutants/planted-bug.js';
import type { ProgramModules } from '../modules.js';
import { nearestName } from './nearest.js';
import { expectedGotAt, quoted, UsageError } from './usage.js';

/** All of them, or those that `only` names (ids and families, separated by commas). */
export async function chooseBugs({ bugsUrl, rootUrl }: ProgramModules, only: string | undefined): Promise<FiledBug[]> {
  const bugs = await loadBugs(new URL(bugsUrl));
  // A package has neither: bugs are planted in sources.
  if (bugs.length === 0 || !existsSync(new URL('engine/index.ts', rootUrl))) {
    throw expectedGotAt("a checkout with the engine's sources and the planted bugs", 'none', rootUrl);
  }
  if (only === undefined) return [...bugs];
  const names = only.split(',');
  const known = [...new Set(bugs.flatMap(({ id, family }) => [id, family]))];
  for (const name of names) {
    if (known.includes(name)) continue;
    const nearest = nearestName(name, known);
    const hint = nearest === undefined ? "see 'cutover list'" : `did you mean ${nearest}?`;
    throw new UsageError(`expected the id or family of a planted bug, got ${quoted(name)}, at --only: ${hint}`);
  }
  return bugs.filter(({ id, family }) => names.includes(id) || names.includes(family));
}
