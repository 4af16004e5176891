#!/usr/bin/env node
// Owns one thing: starting the compiled command line, and saying so plainly when nothing has been compiled yet.
// It is committed, not emitted, because `npx` links the bin before a first build and a fresh `dist/` is not executable.
import { existsSync } from 'node:fs';

const main = new URL('../dist/cli/main.js', import.meta.url);

if (existsSync(main)) {
  process.setSourceMapsEnabled(true);
  await import(main.href);
} else {
  process.stderr.write('expected a build at dist/cli/main.js, got none: run `npm run build` (or `npm start`) first.\n');
  process.exitCode = 2;
}
