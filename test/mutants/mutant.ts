/**
 * Owns a planted bug: the engine's compiled text, copied to a folder of its own and changed in one place. What is looked for must be there
 * exactly once, so that a bug that no longer applies fails loudly instead of testing nothing.
 */

import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export interface Mutant {
  title: string;
  /** In `engine/`, without extension. */
  file: string;
  find: string;
  replace: string;
  /** Scenarios that must see it. */
  scenarios: readonly string[];
}

/** Module URL of an engine with the bug in it. */
export function plant({ title, file, find, replace }: Mutant): string {
  const folder = mkdtempSync(join(tmpdir(), 'cutover-mutant-'));
  cpSync(fileURLToPath(new URL('../../engine', import.meta.url)), join(folder, 'engine'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const path = join(folder, 'engine', `${file}.js`);
  const text = readFileSync(path, 'utf8');
  const places = text.split(find).length - 1;
  if (places !== 1) throw new Error(`expected one place to plant "${title}", got ${places}, at ${file}`);
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
  return pathToFileURL(join(folder, 'engine', 'index.js')).href;
}
