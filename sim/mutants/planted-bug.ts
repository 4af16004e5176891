/** Owns the form of a planted bug: what a data file of `test/mutants/bugs` says. The engine itself carries no switches. */

export interface PlantedBug {
  /** Unique: a family's letter, then a number. */
  id: string;
  /** The bug in one clause. */
  title: string;
  /** What the bug breaks: the rule of the engine's design, shortened. */
  rule: string;
  edits: readonly Edit[];
  /** Where the engine's shape makes the bug as listed impossible: what was planted instead, and why. */
  note?: string;
}

/** Replaces text of a source file. `find` stands in the file exactly once. */
export interface Edit {
  /** Path from the project's root, e.g. `engine/procedures/commit.ts`. */
  file: string;
  find: string;
  replace: string;
}

/** A bug, and where it was found. */
export interface FiledBug extends PlantedBug {
  /** Folder: the part of the engine that it belongs to. */
  family: string;
}
