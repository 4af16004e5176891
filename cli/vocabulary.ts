/**
 * Owns the words of the engine under test that a campaign is measured against.
 */

import type { EngineVocabulary } from '../engine/contract/module.js';
import { loadEngine } from '../sim/nodes/engine-loading.js';

export const loadVocabulary = async (engineUrl: string): Promise<EngineVocabulary> =>
  (await loadEngine(engineUrl)).vocabulary;
