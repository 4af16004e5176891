/**
 * Owns coverage at a glance: one line per family, reached of possible, and the first names that were never reached.
 */

import type { Coverage } from '../../records/schema.js';
import type { Palette } from '../colour.js';
import { counted } from './words.js';

const WIDTH = 80;
const LABEL = 12;
/** Names of a family that are spelled out; a line is all it gets. */
const NAMES_MAX = 2;

/** `isNamed`: tables follow that name what was never reached, so there is no need to say how to see it. */
export function coverageLines(coverage: Coverage, palette: Palette, isNamed: boolean): string[] {
  const { unseen } = coverage;
  const fired = coverage.faults.filter((fault) => fault.fired > 0);
  const cells = new Set(coverage.crashSteps.map(({ step, position }) => `${step} ${position}`));
  const inRecovery = new Set(coverage.crashSteps.filter((hit) => hit.inRecovery).map(({ step }) => step));
  const changes = new Set(coverage.transitions.map(({ name }) => name.split(':')[0]));
  const reasons = new Set(coverage.refusals.map(({ name }) => name.slice(name.indexOf(':') + 1)));
  const claimsSeenCount = Object.values(coverage.claims).filter(({ hits }) => hits > 0).length;
  const firedCount = fired.reduce((sum, fault) => sum + fault.fired, 0);
  const { impossible: _, ...gaps } = unseen;
  const isComplete = Object.values(gaps).every((missing) => missing.length === 0);
  const line = (label: string, seen: number, missing: readonly string[], note = ''): string =>
    familyLine(label, seen, missing, note, palette);
  return [
    line('claims', claimsSeenCount, unseen.claims, 'with evidence'),
    line(
      'states',
      changes.size,
      unseen.transitions,
      `changes, ${coverage.stateEvents.length} state × event pairs${neverCount(unseen.stateEvents)}`,
    ),
    line('steps', coverage.steps.length, unseen.steps, 'durable steps taken'),
    line('crashes', cells.size, unseen.crashSteps, `step × before/during/after, ${inRecovery.size} steps in recovery`),
    line('step faults', coverage.stepHits.length, unseen.stepHits, 'step × pause/device/path fault'),
    line('faults', fired.length, unseen.faults, `kinds fired, ${counted(firedCount, 'time')} in all`),
    line('refusals', reasons.size, unseen.refusals, 'reasons given'),
    line('probes', coverage.probes.filter(({ hits }) => hits > 0).length, unseen.probes, 'rare paths taken'),
    ...(isNamed || isComplete ? [] : [palette.dim(`${' '.repeat(LABEL)}-v names what was never reached`)]),
  ];
}

/** No share of the possible: an event may be seen that the vocabulary does not promise. */
const neverCount = (missing: readonly unknown[]): string => (missing.length === 0 ? '' : ` (${missing.length} never)`);

function familyLine(label: string, seen: number, missing: readonly string[], note: string, palette: Palette): string {
  const share = `${seen}/${seen + missing.length}`;
  const head = `${label.padEnd(LABEL)}${share.padEnd(9)}${note}`;
  if (missing.length === 0) return head;
  const more = missing.length > NAMES_MAX ? ` +${missing.length - NAMES_MAX}` : '';
  const names = `; never: ${missing.slice(0, NAMES_MAX).join(', ')}${more}`;
  return head + palette.warn(head.length + names.length <= WIDTH ? names : `; ${missing.length} never`);
}
