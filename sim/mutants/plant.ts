/**
 * Owns the text of an engine with a bug in it. What an edit looks for must be there exactly once, so that a bug that no longer applies
 * fails loudly instead of testing nothing.
 */

import type { PlantedBug } from './planted-bug.js';

/** Source files of the engine by path from the project's root. */
export type Sources = ReadonlyMap<string, string>;

/** `planted`: the files that differ, with their new text. `broken`: a sentence that names the bug. */
export type Planted = { kind: 'planted'; sources: Sources } | { kind: 'broken'; sentence: string };

export function plant(sources: Sources, { id, edits }: Pick<PlantedBug, 'id' | 'edits'>): Planted {
  const edited = new Map<string, string>();
  for (const { file, find, replace } of edits) {
    const text = edited.get(file) ?? sources.get(file);
    if (text === undefined) return broken(`expected a source file of the engine, got none, at ${file} (bug ${id})`);
    const placesCount = text.split(find).length - 1;
    if (placesCount !== 1) {
      return broken(`expected one place to plant bug ${id}, got ${placesCount}, at ${file}: ${firstLine(find)}`);
    }
    edited.set(
      file,
      text.replace(find, () => replace),
    );
  }
  return { kind: 'planted', sources: edited };
}

const broken = (sentence: string): Planted => ({ kind: 'broken', sentence });

const firstLine = (text: string): string => `'${text.trim().split('\n')[0] ?? ''}'`;
