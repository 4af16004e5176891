// Owns what a rule reports: a place and a sentence. A finding prints as `path:line: sentence`, which editors open.

/** One source file, its path relative to the root and with forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

export interface Finding {
  readonly path: string;
  /** 1 is the first line. */
  readonly line: number;
  readonly sentence: string;
}

export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

export const print = (finding: Finding): string => `${finding.path}:${finding.line}: ${finding.sentence}`;
