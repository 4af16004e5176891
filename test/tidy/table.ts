// Owns the rules of the house as data: which room may import which, what is banned where, and the limits. How a rule
// is checked stands in `rules.ts` and `imports.ts`. To change a rule, change it here, and say why.

export type Room = 'engine' | 'records' | 'scenarios' | 'sim' | 'reports' | 'cli' | 'bench' | 'test';

interface RoomImports {
  /** Rooms whose code it may run. */
  readonly values: readonly Room[];
  /** Rooms it may name in `import type` only: what runs is injected. */
  readonly types: readonly Room[];
}

const everythingBelowCli = ['engine', 'records', 'scenarios', 'sim', 'reports'] as const;

export const roomImports: Readonly<Record<Room, RoomImports>> = {
  engine: { values: ['engine'], types: [] },
  records: { values: ['records'], types: [] },
  scenarios: { values: ['scenarios'], types: ['engine'] },
  sim: { values: ['sim', 'records'], types: ['scenarios', 'engine'] },
  reports: { values: ['reports', 'records'], types: [] },
  cli: { values: [...everythingBelowCli, 'cli'], types: [] },
  bench: { values: [...everythingBelowCli, 'bench'], types: [] },
  test: { values: [...everythingBelowCli, 'cli', 'bench', 'test'], types: [] },
};

/** Each of these has one importer, so that one file knows its traps. Tests and benchmarks do not count. */
export const oneImporterLibraries = ['seedrandom', 'piscina', 'chalk', 'cli-table3'] as const;

export interface Ban {
  readonly pattern: RegExp;
  readonly sentence: string;
}

/** The engine is a pure step on plain data: no clock, no chance, no waiting, no host, nothing that outlives a call. */
export const engineBans: readonly Ban[] = [
  { pattern: /\bDate\b/g, sentence: 'expected time to come in with the event, got `Date`' },
  { pattern: /\bMath\s*\.\s*random\b/g, sentence: 'expected no chance in the engine, got `Math.random`' },
  {
    pattern: /\b(?:setTimeout|setInterval|setImmediate|queueMicrotask)\b/g,
    sentence: 'expected a timer to be an effect, got a host timer',
  },
  { pattern: /\b(?:async|await|Promise)\b/g, sentence: 'expected a synchronous engine, got a promise' },
  {
    pattern: /\b(?:performance|process|crypto|globalThis)\s*\./g,
    sentence: 'expected the engine to know no host, got a global of it',
  },
  { pattern: /\bnew\s+(?:Weak)?(?:Map|Set)\b/g, sentence: 'expected plain data, got a `Map` or `Set`' },
  { pattern: /(?<![.\w])class\s+[\w{]/g, sentence: 'expected plain data and functions, got a `class`' },
  // An inline restart keeps module state and a worker does not: the two placements would disagree.
  { pattern: /^(?:export\s+)?(?:let|var)\b/gm, sentence: 'expected no module state, got a `let` outside a function' },
];

/** A run depends on its seed alone. Host time is for the campaign around it, and only where the next table says so. */
export const simBans: readonly Ban[] = [
  { pattern: /\bMath\s*\.\s*random\b/g, sentence: 'expected a keyed decision stream, got `Math.random`' },
  {
    pattern: /\bDate\s*\.\s*now\b|\bnew\s+Date\b|\bperformance\s*\.|\bhrtime\b/g,
    sentence: 'expected virtual time, got host time',
  },
];

/** Files and folders of `sim/` that may read the host's clock, each with the reason. A folder ends with a slash. */
export const hostTimeAllowed: Readonly<Record<string, string>> = {
  'sim/campaign/': 'measures how long a campaign took and when it must end; no run sees it',
  'sim/determinism/guarded-apis.ts': 'names what the guards take away from a run',
};

/** Folders whose files need no opening comment, each with the reason. */
export const openingsNotNeeded: Readonly<Record<string, string>> = {
  'test/mutants/bugs/': 'a planted bug is data that says itself what it is: its title and the rule it breaks',
};

/** Names that say nothing about what a file holds. A plural is the same name. */
export const emptyNames = ['util', 'common', 'helper', 'misc', 'manager'] as const;

export const limits = {
  /** Source files directly in one folder: more want sub-folders named for what they hold. */
  folderFilesMax: 14,
  /** Most files are 50 to 200 lines; one of more than this has a second reason to exist. */
  fileLinesMax: 400,
  /** The opening comment is a sentence, not a label. */
  openingWordsMin: 5,
} as const;
