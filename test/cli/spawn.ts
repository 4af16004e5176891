// Owns starting the command line as a user does: a process of its own, in an empty folder, with a clean environment.

import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { ExecutionContext } from 'ava';

const fakeMain = fileURLToPath(new URL('./fake/main.js', import.meta.url));
/** The command line over the real engine and simulator. */
export const realMain = fileURLToPath(new URL('../../cli/main.js', import.meta.url));

export interface Ended {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** What is in the working folder afterwards. */
  files: string[];
  folder: string;
}

interface SpawnOptions {
  environment?: Record<string, string>;
  main?: string;
  /** Called once the process runs. */
  meet?: (child: ReturnType<typeof spawn>, folder: string) => void;
  folder?: string;
}

export function emptyFolder(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'cutover-cli-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs `cutover …words`. Neither stream is a terminal. */
export async function cutover(
  t: ExecutionContext,
  words: readonly string[],
  options: SpawnOptions = {},
): Promise<Ended> {
  const folder = options.folder ?? emptyFolder(t);
  const environment = { PATH: process.env['PATH'] ?? '', ...options.environment };
  const child = spawn(process.execPath, [options.main ?? fakeMain, ...words], { cwd: folder, env: environment });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  options.meet?.(child, folder);
  const [exitCode, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on('error', reject).on('close', (code, name) => resolve([code, name]));
  });
  return { exitCode, signal, ...output, files: readdirSync(folder, { recursive: true }).map(String).sort(), folder };
}
