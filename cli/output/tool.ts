/**
 * Owns what a record says of the code that made it: version, Node, and the digests of the engine build and of the harness.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Tool } from '../../records/schema.js';
import type { RunModules } from '../../sim/campaign/request.js';

export function packageVersion(): string {
  // This file runs as dist/cli/output/tool.js.
  const content = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(content) as { version: string }).version;
}

/** A change of one byte of compiled code changes the digest; source maps and declarations do not count. */
export const toolOf = ({ engineUrl, runSeedUrl, scenariosUrl }: RunModules): Tool => ({
  version: packageVersion(),
  engineDigest: digestOfFolders(new URL('.', engineUrl)),
  harnessDigest: digestOfFolders(new URL('..', runSeedUrl), new URL('.', scenariosUrl)),
  node: process.version,
});

/** sha-256 over the paths and bytes of the compiled modules below the folders, in the order of the paths. */
function digestOfFolders(...folders: readonly URL[]): string {
  const hash = createHash('sha256');
  for (const folder of folders.map((url) => fileURLToPath(url))) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.[cm]?js$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) {
      const bytes = readFileSync(file);
      hash.update(`${relative(folder, file).split(sep).join('/')}\0${bytes.length}\0`).update(bytes);
    }
  }
  return hash.digest('hex');
}
