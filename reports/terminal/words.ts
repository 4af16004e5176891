/**
 * Owns how numbers, spans and long sentences are written in a terminal, the same in every locale.
 */

/** 1234567 → `1,234,567`. */
export const grouped = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** 1234567 → `1.23 M`; for rates, where the last digits say nothing. */
export function rounded(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(2)} G`;
  if (count >= 1e6) return `${(count / 1e6).toFixed(2)} M`;
  if (count >= 1e4) return `${(count / 1e3).toFixed(1)} k`;
  return count >= 100 || Number.isInteger(count) ? grouped(count) : count.toFixed(1);
}

/** Below a tenth of a second in milliseconds: a single run takes some. */
export function span(seconds: number): string {
  if (seconds >= 86_400) return `${(seconds / 86_400).toFixed(1)} days`;
  if (seconds >= 3_600) return `${(seconds / 3_600).toFixed(1)} h`;
  if (seconds >= 60) return `${(seconds / 60).toFixed(1)} min`;
  return seconds > 0 && seconds < 0.1 ? `${Math.ceil(seconds * 1_000)} ms` : `${seconds.toFixed(1)} s`;
}

/** What a migration ended in. The state `none`, read alone, would say that nothing came out. */
export const endWord = (state: string): string => (state === 'none' ? 'no migration' : state);

/** Ticks of 1 µs → milliseconds with three decimals. */
export const milliseconds = (ticks: number): string => (ticks / 1_000).toFixed(3);

/** `1 run`, `2 runs`. */
export const counted = (count: number, noun: string): string => `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;

/** Breaks a text at spaces and line ends into lines of at most `width` characters, all but the first indented. A longer word stays whole. */
export function wrapped(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ |\s*\n\s*/)) {
    const lead = lines.length === 0 ? '' : indent;
    if (line !== '' && lead.length + line.length + 1 + word.length > width) {
      lines.push(lead + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, (lines.length === 0 ? '' : indent) + line];
}
