/**
 * Owns the words of the engine under test that a campaign is measured against.
 */

import type { EngineModule, EngineVocabulary } from '../engine/contract/module.js';
import { HarnessError } from '../sim/campaign/request.js';

export async function loadVocabulary(engineUrl: string): Promise<EngineVocabulary> {
  const { engine } = (await import(engineUrl)) as { engine?: EngineModule };
  if (engine === undefined) throw new HarnessError(`expected an export 'engine', got none, at ${engineUrl}`);
  return engine.vocabulary;
}
