/** Owns which palette each standard stream of this process gets. */

import { type Palette, paletteFor } from '../../reports/colour.js';

export const paletteOf = (stream: NodeJS.WriteStream, flag: boolean | undefined): Palette =>
  paletteFor({ flag, environment: process.env, isTerminal: stream.isTTY });
