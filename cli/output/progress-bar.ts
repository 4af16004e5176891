/**
 * Owns when and where the progress line is drawn: on standard error, for a terminal only, a few times a second.
 */

import type { Palette } from '../../reports/colour.js';
import { type ProgressFigures, progressLine } from '../../reports/terminal/progress.js';

const PERIOD_MS = 100;
const CLEAR_LINE = '\r\u001b[2K';

export interface ProgressBar {
  show(progress: Omit<ProgressFigures, 'wallSeconds'>): void;
  clear(): void;
}

export function openProgressBar(palette: Palette, isQuiet: boolean): ProgressBar {
  if (isQuiet || !process.stderr.isTTY) return { show: () => undefined, clear: () => undefined };
  const begun = performance.now();
  let shown = -Infinity;
  return {
    show(progress) {
      const now = performance.now();
      if (now - shown < PERIOD_MS) return;
      shown = now;
      process.stderr.write(CLEAR_LINE + progressLine({ ...progress, wallSeconds: (now - begun) / 1_000 }, palette));
    },
    clear: () => void process.stderr.write(CLEAR_LINE),
  };
}
