/**
 * Owns the loading of an engine build by its module URL: the module itself has the shape of an `EngineModule`. The guards go in first, so that
 * no engine gets hold of a clock before.
 */
import assert from 'node:assert/strict';
import type { EngineModule } from '../../engine/contract/module.js';
import { installGuards } from '../determinism/guards.js';

/** @throws if there is no such module, or it is no engine; a second call for one URL gives the same module. */
export async function loadEngine(engineUrl: string): Promise<EngineModule> {
  installGuards();
  const module = (await import(engineUrl)) as Partial<EngineModule>;
  const { vocabulary, create, handle } = module;
  const isEngine = typeof vocabulary === 'object' && typeof create === 'function' && typeof handle === 'function';
  assert(isEngine, `expected a module that exports vocabulary, create and handle, got another, at ${engineUrl}`);
  return { vocabulary, create, handle };
}
