/**
 * Owns dropping a node around a named durable step. Fault model: `before` the request is served; `after` it is served and before it is
 * answered; `answered`: right after the engine has taken the answer in; `torn` (writes): only the first sector of it lands. With the
 * power of the site every node goes and every volatile plane with it; without, the one node goes and the devices keep what they hold.
 */

import type { Step } from '../../../engine/contract/vocabulary.js';
import type { Rig } from '../rig/rig.js';
import type { Pending } from '../rig/vocabulary.js';

export const PHASES = ['before', 'after', 'answered', 'torn'] as const;
export type Phase = (typeof PHASES)[number];
export const LOSSES = ['node', 'site'] as const;
export type Loss = (typeof LOSSES)[number];

export interface CrashPoint {
  readonly step: Step;
  readonly node: number;
  /** Which execution of the step by the node, from 0. */
  readonly occurrence: number;
  readonly phase: Phase;
  readonly loss: Loss;
}

export const nameOf = ({ step, node, occurrence, phase, loss }: CrashPoint): string =>
  `${step} #${occurrence} of node ${node}, ${phase}, ${loss}`;

/** Arms a crash. The answer says whether it has come. */
export function armCrash(rig: Rig, point: CrashPoint): () => boolean {
  let occurrence = -1;
  let crashed = false;
  rig.rule({ step: point.step, node: point.node }, (pending) => {
    occurrence += 1;
    if (crashed || occurrence !== point.occurrence) return 'pass';
    crashed = true;
    crashAround(rig, pending, point);
    return 'pass';
  });
  return () => crashed;
}

function crashAround(rig: Rig, pending: Pending, { phase, loss, node }: CrashPoint): void {
  if (phase === 'torn') tear(rig, pending);
  if (phase === 'after' || phase === 'answered') {
    const answer = rig.perform(pending);
    if (phase === 'answered') rig.answer(pending, ...answer);
  }
  rig.crash(node);
  if (loss === 'node') return;
  for (let other = 0; other < rig.nodesCount; other += 1) rig.crash(other);
  rig.loseVolatile();
}

function tear(rig: Rig, { node, request, device }: Pending): void {
  if (device === undefined) return;
  device.write(request.sector, rig.slotBytes(node, request).subarray(0, 512));
  device.persist(request.sector, 1);
}

/** Every crash around every step that the session's requests carried out. */
export function crashPoints(served: readonly Pending[]): CrashPoint[] {
  const counts = new Map<string, number>();
  return served.flatMap(({ node, request: { step, operation } }) => {
    if (step === undefined) return [];
    const occurrence = counts.get(`${step} ${node}`) ?? 0;
    counts.set(`${step} ${node}`, occurrence + 1);
    const phases = PHASES.filter((phase) => phase !== 'torn' || operation === 'write');
    return phases.flatMap((phase) => LOSSES.map((loss) => ({ step, node, occurrence, phase, loss })));
  });
}
