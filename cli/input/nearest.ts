/**
 * Owns the suggestion after a misspelt name: the known name that takes the fewest edits, if they are few.
 */

/** Undefined when nothing known is near: a wrong suggestion is worse than none. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  const byDistance = known
    .map((candidate) => ({ candidate, edits: editDistance(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const [nearest] = byDistance;
  if (nearest !== undefined && nearest.edits <= Math.max(2, Math.floor(wanted.length / 3))) return nearest.candidate;
  return wanted.length < 3 ? undefined : known.find((candidate) => candidate.toLowerCase().includes(wanted));
}

/** Levenshtein's, row by row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
