/**
 * Owns the command `list`: what there is to run, to inject, to check and to reach.
 */

import { CLAIMS, ORACLES } from '../records/catalogue.js';
import { FAULT_KINDS } from '../records/fault-classes.js';
import type { ListRecord } from '../records/schema.js';
import { listingText } from '../reports/terminal/listing.js';
import { loadBugs } from '../sim/mutants/load-bugs.js';
import { EXIT_HELD } from './exit-code.js';
import type { CommonFlags } from './flags.js';
import { loadScenarios } from './input/scenarios.js';
import type { ProgramModules } from './modules.js';
import { paletteOf } from './output/palettes.js';
import { print, printJson } from './output/streams.js';
import { loadVocabulary } from './vocabulary.js';

/** Resolves to the exit code. */
export async function list(flags: CommonFlags, modules: ProgramModules): Promise<number> {
  const scenarios = await loadScenarios(modules.scenariosUrl);
  const { steps, probes } = await loadVocabulary(modules.engineUrl);
  const bugs = await loadBugs(new URL(modules.bugsUrl));
  const titled = (entries: Readonly<Record<string, string>>) =>
    Object.entries(entries).map(([name, title]) => ({ name, title }));
  const document: ListRecord = {
    schema: 'cutover.list/1',
    scenarios: scenarios.map(({ name, title }) => ({ name, title })),
    claims: titled(CLAIMS),
    oracles: titled(ORACLES),
    faults: FAULT_KINDS.map(({ name, class: each }) => ({ name, class: each })),
    steps: [...steps],
    probes: [...probes],
    mutants: bugs.map(({ id, title, rule }) => ({ name: id, title: `${title}; breaks the rule: ${rule}` })),
  };
  if (flags.json === true) printJson(document);
  else print(listingText(document, paletteOf(process.stdout, flags.color)));
  return EXIT_HELD;
}
