// Owns the rules on imports: who may import whom, and which library has one importer. It reads the import statements
// of one file (static, dynamic, re-exports, `new URL` of a module); it resolves relative paths and nothing else.

import { posix } from 'node:path';

import { type Finding, lineAt, type Source } from './findings.js';
import { oneImporterLibraries, type Room, roomImports } from './table.js';
import { viewsOf } from './views.js';

export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** Written `import type`: the compiler erases it. */
  readonly typeOnly: boolean;
}

// On the code view, where the inside of a string is blank: the specifier is read from the text at the same offset.
const importForms = [
  /\b(?<keyword>import|export)\s+(?<type>type\s+(?!from\b))?[^'"`;=()]*?\bfrom\s*(?<quote>['"])(?<inside>\s*)\k<quote>/dg,
  /\bimport\s*(?<quote>['"])(?<inside>\s*)\k<quote>/dg,
  /(?<type>\btypeof\s+)?\bimport\s*\(\s*(?<quote>['"`])(?<inside>\s*)\k<quote>/dg,
  /\bnew\s+URL\s*\(\s*(?<quote>['"`])(?<inside>\s*)\k<quote>\s*,\s*import\.meta\.url/dg,
];

/** The imports of a file, in the order of the forms above. A `new URL` counts when it names a module by a relative path. */
export function importsOf(source: Source): Import[] {
  const { code } = viewsOf(source.text);
  return importForms.flatMap((form) =>
    [...code.matchAll(form)].flatMap((match) => {
      const [start, end] = match.indices?.groups?.['inside'] ?? [0, 0];
      const specifier = source.text.slice(start, end);
      if (match[0].startsWith('new') && !/^\..*\.[cm]?js$/.test(specifier)) return [];
      const typeOnly = match.groups?.['type'] !== undefined;
      return [{ specifier, line: lineAt(source.text, match.index), typeOnly }];
    }),
  );
}

/** `engine/record/codec.ts` → `engine`; undefined outside every room. */
export function roomOf(path: string): Room | undefined {
  const first = path.split('/')[0] ?? '';
  return Object.hasOwn(roomImports, first) ? (first as Room) : undefined;
}

/** Rule: a room imports only the rooms its row in the table names; the engine imports no library and no `node:`. */
export function importFindings(source: Source): Finding[] {
  const room = roomOf(source.path);
  if (room === undefined) return [];
  return importsOf(source).flatMap(({ specifier, line, typeOnly }) => {
    const sentence = specifier.startsWith('.')
      ? judgeRelative(source.path, room, specifier, typeOnly)
      : judgeLibrary(room, specifier);
    return sentence === undefined ? [] : [{ path: source.path, line, sentence }];
  });
}

function judgeRelative(path: string, room: Room, specifier: string, typeOnly: boolean): string | undefined {
  const target = roomOf(posix.join(posix.dirname(path), specifier));
  const { values, types } = roomImports[room];
  if (target === undefined) return `expected ${room} to import a room of the house, got '${specifier}'`;
  if (values.includes(target)) return undefined;
  if (!types.includes(target)) return `expected ${room} not to import ${target}, got '${specifier}'`;
  return typeOnly ? undefined : `expected ${room} to name ${target} in \`import type\` only, got '${specifier}'`;
}

const judgeLibrary = (room: Room, specifier: string): string | undefined =>
  room === 'engine' ? `expected the engine to import nothing outside itself, got '${specifier}'` : undefined;

/** Rule: a library of the table has one importing file. The finding stands at the second and each later one. */
export function libraryFindings(sources: readonly Source[]): Finding[] {
  const product = sources.filter(({ path }) => !['test', 'bench'].includes(roomOf(path) ?? ''));
  return oneImporterLibraries.flatMap((library) => {
    const importers = product.flatMap((source) => {
      const first = importsOf(source).find(({ specifier }) => `${specifier}/`.startsWith(`${library}/`));
      return first === undefined ? [] : [{ path: source.path, line: first.line }];
    });
    return importers.slice(1).map(({ path, line }) => ({
      path,
      line,
      sentence: `expected one importer of ${library} (${importers[0]?.path}), got another`,
    }));
  });
}
