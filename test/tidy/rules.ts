// Owns the rules that look at one file or at the list of paths: bans, openings, names, sizes. Each is a pure function
// from text to findings, so that each can be shown to fail. The rules on imports stand in `imports.ts`.

import { posix } from 'node:path';

import { type Finding, lineAt, type Source } from './findings.js';
import { importFindings, roomOf } from './imports.js';
import { type Ban, emptyNames, engineBans, hostTimeAllowed, limits, openingsNotNeeded, simBans } from './table.js';
import { viewsOf } from './views.js';

const applyBans = (source: Source, view: string, bans: readonly Ban[]): Finding[] =>
  bans.flatMap(({ pattern, sentence }) =>
    [...view.matchAll(pattern)].map(({ index }) => ({ path: source.path, line: lineAt(view, index), sentence })),
  );

/** Rule: the engine is a pure step on plain data. */
export const engineFindings = (source: Source): Finding[] =>
  roomOf(source.path) === 'engine' ? applyBans(source, viewsOf(source.text).code, engineBans) : [];

const mayReadHostTime = (path: string): boolean =>
  Object.keys(hostTimeAllowed).some((allowed) => (allowed.endsWith('/') ? path.startsWith(allowed) : path === allowed));

/** Rule: the simulator reads neither the host's clock nor its chance. */
export const simFindings = (source: Source): Finding[] =>
  roomOf(source.path) === 'sim' && !mayReadHostTime(source.path)
    ? applyBans(source, viewsOf(source.text).code, simBans)
    : [];

/** Rule: a test runs; none is skipped, singled out or only announced. */
export const skippedTestFindings = (source: Source): Finding[] =>
  roomOf(source.path) === 'test'
    ? applyBans(source, viewsOf(source.text).code, [
        {
          pattern: /\.(?:only|skip)\s*\(|\btest(?:\.\w+)*\.todo\s*\(/g,
          sentence: 'expected every test to run, got one that does not or that silences others',
        },
      ])
    : [];

/** Rule: what is left for later says why, as `TODO (reason)` or `TODO: reason`. */
export const todoFindings = (source: Source): Finding[] =>
  applyBans(source, viewsOf(source.text).comments, [
    {
      pattern: /\b(?:TODO|FIXME)\b(?!\s*\([^)\n]*\w)(?!\s*:\s*\w)/g,
      sentence: 'expected a TODO with its reason, as `TODO (reason)`, got none',
    },
  ]);

/** Rule: a file opens with what it owns: a comment of a sentence at least, after a `#!` line if there is one. */
export function openingFindings(source: Source): Finding[] {
  if (Object.keys(openingsNotNeeded).some((folder) => source.path.startsWith(folder))) return [];
  const text = source.text.replace(/^#![^\n]*/, '');
  const opening = /^\s*(?:(?:\/\/[^\n]*\n?[ \t]*)+|\/\*[\s\S]*?\*\/)/.exec(text)?.[0] ?? '';
  const wordsCount = opening.match(/[A-Za-z]{2,}/g)?.length ?? 0;
  if (wordsCount >= limits.openingWordsMin) return [];
  return [{ path: source.path, line: 1, sentence: 'expected a comment that says what the file owns, got none' }];
}

/** Rule: a file has one reason to exist, and so few lines. */
export function lengthFindings(source: Source): Finding[] {
  const linesCount = source.text.replace(/\n$/, '').split('\n').length;
  if (linesCount <= limits.fileLinesMax) return [];
  const sentence = `expected at most ${limits.fileLinesMax} lines, got ${linesCount}: split it by reason to exist`;
  return [{ path: source.path, line: limits.fileLinesMax + 1, sentence }];
}

/** Rule: no file or folder has a name that says nothing. */
export function nameFindings(path: string): Finding[] {
  const words = path.toLowerCase().split(/[^a-z0-9]+/);
  return emptyNames
    .filter((name) => words.includes(name) || words.includes(`${name}s`))
    .map((name) => ({ path, line: 1, sentence: `expected a name that says what it holds, got '${name}'` }));
}

/** Rule: a folder does not overflow. The finding stands at the folder. */
export function folderFindings(paths: readonly string[]): Finding[] {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(posix.dirname(path), (counts.get(posix.dirname(path)) ?? 0) + 1);
  return [...counts].flatMap(([folder, count]) => {
    if (count <= limits.folderFilesMax) return [];
    const sentence = `expected at most ${limits.folderFilesMax} files in a folder, got ${count}: make sub-folders`;
    return [{ path: `${folder}/`, line: 1, sentence }];
  });
}

/** Rule: nothing compiled outlives its source, or a test that was removed goes on running. Paths as under `dist/`. */
export function staleFindings(compiled: readonly string[], sources: readonly string[]): Finding[] {
  const expected = new Set(sources.map((path) => path.replace(/\.ts$/, '.js')));
  return compiled
    .filter((path) => path.endsWith('.js') && !expected.has(path))
    .map((path) => ({ path: `dist/${path}`, line: 1, sentence: 'expected a source, got none: run `npm run clean`' }));
}

/** The rules that look at one file, by title. */
export const fileRules: Readonly<Record<string, (source: Source) => Finding[]>> = {
  'a room imports only what its row in the table names': importFindings,
  'the engine has no clock, chance, promise, host or module state': engineFindings,
  'the simulator reads neither host time nor chance': simFindings,
  'every test runs': skippedTestFindings,
  'a TODO gives its reason': todoFindings,
  'a file opens with what it owns': openingFindings,
  'a file is short': lengthFindings,
  'a name says what it holds': (source) => nameFindings(source.path),
};
