// Owns the walk over the repository: the sources of every room, and what has been compiled. It reads, and judges nothing.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Source } from './findings.js';
import { roomImports } from './table.js';

// This file runs as dist/test/tidy/tree.js.
const root = fileURLToPath(new URL('../../../', import.meta.url));

function filesUnder(folder: string, below: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(below, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Every TypeScript file of the house, in the order of the rooms. */
export const readSources = (): Source[] =>
  Object.keys(roomImports)
    .flatMap((room) => filesUnder(join(root, room), root))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

/** Paths below `dist/`. */
export const listCompiled = (): string[] => filesUnder(join(root, 'dist'), join(root, 'dist'));
