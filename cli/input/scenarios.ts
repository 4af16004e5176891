/**
 * Owns the choice of scenarios: the registry of the build, the names on the command line, the pattern of `--grep`.
 */

import type { Scenario } from '../../scenarios/scenario.js';
import { HarnessError } from '../../sim/campaign/request.js';
import { nearestName } from './nearest.js';
import { expectedGotAt, quoted, UsageError } from './usage.js';

/** The scenarios of a registry module, in its order. */
export async function loadScenarios(scenariosUrl: string): Promise<readonly Scenario[]> {
  const { scenarios } = (await import(scenariosUrl)) as { scenarios?: readonly Scenario[] };
  if (scenarios === undefined) throw new HarnessError(`expected an export 'scenarios', got none, at ${scenariosUrl}`);
  return scenarios;
}

/** Names in the registry's order. Without names and pattern: all. */
export function chooseScenarios(
  known: readonly string[],
  names: readonly string[],
  grep: string | undefined,
): readonly string[] {
  for (const name of names) requireScenario(known, name);
  const pattern = grep === undefined ? undefined : patternFrom(grep);
  const chosen = known.filter(
    (name) => (names.length === 0 || names.includes(name)) && (pattern === undefined || pattern.test(name)),
  );
  if (chosen.length === 0) throw expectedGotAt('a pattern that matches a scenario', quoted(grep ?? ''), '--grep');
  return chosen;
}

export function requireScenario(known: readonly string[], name: string): void {
  if (known.includes(name)) return;
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? "see 'cutover list'" : `did you mean ${nearest}?`;
  throw new UsageError(`expected the name of a scenario, got ${quoted(name)}, at the arguments: ${hint}`);
}

function patternFrom(grep: string): RegExp {
  try {
    return new RegExp(grep, 'i');
  } catch {
    throw expectedGotAt('a regular expression', quoted(grep), '--grep');
  }
}
