/**
 * Owns building engines with bugs in them, by the project's own compiler and its settings: a copy of the engine's sources for each bug, and one
 * run of the compiler for many. A bug that does not compile is broken, never killed; so is one whose code is that of the engine as it is.
 */

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { plant, type Sources } from './plant.js';
import type { PlantedBug } from './planted-bug.js';

/** Engines that one run of the compiler builds: enough to make its start vanish, few enough for little memory. */
const ENGINES_PER_COMPILE_MAX = 16;
const OUTPUT_BYTES_MAX = 1 << 24;
/** The engine as it is, built in the same way: what a bug's code is compared with. */
const CONTROL = { id: 'control', edits: [] };

export interface Workshop {
  /** Module URL of the engine as it is, built in the same way. */
  readonly controlUrl: string;
  /** Module URLs by id. Throws an error that names every broken bug. */
  build(bugs: readonly Pick<PlantedBug, 'id' | 'edits'>[]): Promise<ReadonlyMap<string, string>>;
  /** Removes everything built. */
  close(): void;
}

/** `root`: the project's folder, which has `engine/` and `tsconfig.json`. */
export async function openWorkshop(root: URL): Promise<Workshop> {
  const rootPath = fileURLToPath(root);
  const sources = readSources(rootPath);
  const folder = mkdtempSync(join(tmpdir(), 'cutover-mutants-'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  // The types the settings name are looked up from here.
  symlinkSync(join(rootPath, 'node_modules'), join(folder, 'node_modules'));
  const workshop = new CompilingWorkshop(rootPath, folder, sources);
  try {
    await workshop.buildControl();
  } catch (error) {
    workshop.close();
    throw error;
  }
  return workshop;
}

class CompilingWorkshop implements Workshop {
  readonly controlUrl: string;

  private readonly rootPath: string;
  private readonly folder: string;
  private readonly sources: Sources;
  private readonly builtPath: string;
  private compilesCount = 0;

  constructor(rootPath: string, folder: string, sources: Sources) {
    this.rootPath = rootPath;
    this.folder = folder;
    this.sources = sources;
    this.builtPath = join(folder, 'built');
    this.controlUrl = pathToFileURL(join(this.builtPath, CONTROL.id, 'engine', 'index.js')).href;
  }

  async buildControl(): Promise<void> {
    const [broken] = await this.compile([CONTROL]);
    if (broken !== undefined) throw new Error(broken);
  }

  async build(bugs: readonly Pick<PlantedBug, 'id' | 'edits'>[]): Promise<ReadonlyMap<string, string>> {
    const broken: string[] = [];
    for (let from = 0; from < bugs.length; from += ENGINES_PER_COMPILE_MAX) {
      broken.push(...(await this.compile(bugs.slice(from, from + ENGINES_PER_COMPILE_MAX))));
    }
    if (broken.length > 0) throw new Error(broken.join('\n'));
    return new Map(bugs.map(({ id }) => [id, pathToFileURL(join(this.builtPath, id, 'engine', 'index.js')).href]));
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A sentence for each bug that is broken. */
  private async compile(bugs: readonly Pick<PlantedBug, 'id' | 'edits'>[]): Promise<string[]> {
    this.compilesCount += 1;
    const from = join(this.folder, `sources-${this.compilesCount}`);
    const edited = new Map<string, Sources>();
    const broken: string[] = [];
    for (const bug of bugs) {
      const planted = plant(this.sources, bug);
      if (planted.kind === 'planted') edited.set(bug.id, planted.sources);
      else broken.push(planted.sentence);
    }
    if (edited.size === 0) return broken;
    for (const [id, texts] of edited) {
      for (const [file, text] of this.sources) writeWithFolder(join(from, id, file), texts.get(file) ?? text);
    }
    const settings = {
      extends: join(this.rootPath, 'tsconfig.json'),
      // Without comments, so that a bug that changes nothing else is found out.
      compilerOptions: {
        rootDir: from,
        outDir: this.builtPath,
        removeComments: true,
        sourceMap: false,
        declaration: false,
      },
      include: [from],
    };
    writeFileSync(join(this.folder, 'tsconfig.json'), JSON.stringify(settings));
    const complaints = await compilerOutput(this.rootPath, this.folder);
    rmSync(from, { recursive: true });
    const miscompiled = [...edited].flatMap(([id, texts]) => {
      const complaint = complaints.find((line) => line.includes(`/${id}/engine/`));
      if (complaint !== undefined) return [`expected bug ${id} to compile, got ${complaint.trim()}`];
      if (id === CONTROL.id || [...texts.keys()].some((file) => this.isChanged(id, file))) return [];
      return [`expected bug ${id} to change the engine's code, got the same code`];
    });
    return [...broken, ...miscompiled];
  }

  private isChanged(id: string, file: string): boolean {
    const compiled = file.replace(/\.ts$/, '.js');
    const textOf = (build: string): string => readFileSync(join(this.builtPath, build, compiled), 'utf8');
    return textOf(id) !== textOf(CONTROL.id);
  }
}

/** Lines of complaint; empty when all is well. */
async function compilerOutput(rootPath: string, project: string): Promise<string[]> {
  const compiler = join(dirname(createRequire(join(rootPath, 'x')).resolve('typescript/package.json')), 'bin', 'tsc');
  try {
    await promisify(execFile)(process.execPath, [compiler, '-p', project, '--pretty', 'false'], {
      cwd: project,
      maxBuffer: OUTPUT_BYTES_MAX,
    });
    return [];
  } catch (error) {
    const output = (error as { stdout?: string }).stdout ?? '';
    if (output === '') throw error;
    const lines = output.split('\n').filter((line) => line.includes('error TS'));
    const elsewhere = lines.find((line) => !line.includes('/engine/'));
    if (elsewhere !== undefined) throw new Error(`expected the compiler to run, got ${elsewhere}`);
    return lines;
  }
}

function readSources(rootPath: string): Sources {
  const files = readdirSync(join(rootPath, 'engine'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(files.map((file) => [relative(rootPath, file).split(sep).join('/'), readFileSync(file, 'utf8')]));
}

function writeWithFolder(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
