/**
 * Owns the course of a run, from an empty world to its verdict.
 *
 *   safety ──scripts done, or time is up──► liveness ──all at rest──► sweep ──all read──► judged
 *                                              └──bound passed: hung
 *
 * An event is one pop of the queue. The first violation ends the run. In the liveness phase nothing fails any more, and what has to come to rest must
 * do so within a bound counted in work. Where a device is gone forever it may stand still instead, if no application waits for an answer.
 */

import type { Scenario } from '../../scenarios/scenario.js';
import type { Observer } from '../oracles/observation.js';
import { dispatch } from './dispatch.js';
import { Kind } from './event-kinds.js';
import { sourceOf, targetOf } from './layout.js';
import { isAtRest, LIVENESS_TICKS_MAX, livenessEventsMax, whoWaits } from './liveness.js';
import { foldPlanes } from './record/plane-words.js';
import { ViewOfWorld } from './record/view.js';
import type { Outcome, RunCoverage, RunRequest, RunResult } from './run.js';
import { EVENTS_PER_PLANES, type World } from './world.js';

/**
 * With a device gone forever, or after a lie about a record: work after which what has not come to rest is taken to stand still. Where a world does
 * come to rest, it takes a few hundred events.
 */
const STANDSTILL_EVENTS = 6_000;
/** More than any run has: a world that gets here schedules without end. */
const EVENTS_MAX = 20_000_000;

/** Whoever watches a run: made for it once the world reports somewhere. */
export interface RunObservers {
  readonly observers: readonly Observer[];
  coverage(): RunCoverage;
}

/** Runs one seed of a scenario in `world`, which may have run others before. */
export function runWorld(world: World, scenario: Scenario, request: RunRequest, watching: RunObservers): RunResult {
  world.reset(scenario, request.seed, request.story === true, watching.observers);
  try {
    begin(world);
    runPhases(world);
    end(world);
  } finally {
    for (let node = 0; node < world.plan.nodesCount; node += 1) world.placement.stop(node);
  }
  const outcome = outcomeOf(world);
  world.story.tell('verdict', outcome.kind === 'passed' ? `passed, in ${outcome.states.join(', ')}` : outcome.sentence);
  return {
    scenario: request.scenario,
    seed: request.seed,
    placement: world.placement.kind,
    digest: world.digest.hex(),
    checkpoints: world.digest.checkpoints().map(([events, hex]): [number, string] => [events, hex]),
    events: world.digest.eventsCount,
    ticks: world.tick,
    outcome,
    coverage: watching.coverage(),
    story: world.story.finish(),
  };
}

function begin(world: World): void {
  const { plan, queue, watch } = world;
  watch.begin(new ViewOfWorld(world));
  queue.push(plan.scenario.safetyTicksMax, Kind.SAFETY_OVER, 0, 0, 0, 0, 0, 0);
  for (const [device, later] of [
    [sourceOf(0), plan.sourceMappedLater],
    [targetOf(0), plan.targetMappedLater],
  ] as const) {
    if (later !== undefined) queue.push(later[1], Kind.MAP_DEVICE, later[0], device, 0, 0, 0, 0);
  }
  world.cluster.begin();
  world.operators.begin();
  world.faults.begin();
}

function runPhases(world: World): void {
  const { queue, verdict, digest } = world;
  const eventsMax = livenessEventsMax(world);
  let livenessEvents = 0;
  let livenessTick = 0;
  while (!verdict.isOver) {
    if (!queue.pop()) return reportHung(world, 'nothing is pending any more');
    dispatch(world);
    if (digest.eventsCount % EVENTS_PER_PLANES === 0) foldPlanes(world);
    if (world.phase === 'safety') {
      if (!world.operators.areDone && world.tick < world.plan.scenario.safetyTicksMax) continue;
      beginLiveness(world);
      livenessEvents = digest.eventsCount;
      livenessTick = world.tick;
      continue;
    }
    if (world.phase === 'liveness' && isAtRest(world)) beginSweep(world);
    // The last reads may be how a node notices that it has lost the disk.
    else if (world.phase === 'sweep' && world.sweep.isOver() && isAtRest(world)) return;
    const eventsCount = digest.eventsCount - livenessEvents;
    const isLong = eventsCount > STANDSTILL_EVENTS;
    if (isLong && world.faults.isLossForever && world.desk.inFlight.length === 0) return;
    // Not while the sweep reads: how long that takes is a matter of the disk's size.
    const isHeldUp = isLong && world.phase === 'liveness' && world.lies.mayHoldUp();
    const isLate = eventsCount > eventsMax || world.tick - livenessTick > LIVENESS_TICKS_MAX;
    if (isHeldUp || isLate || digest.eventsCount > EVENTS_MAX) {
      return reportHung(world, `${eventsCount} events after all faults had stopped`);
    }
  }
}

/** All faults stop; who sleeps wakes, who is off starts, what is stuck goes on. */
function beginLiveness(world: World): void {
  const { nodes, lifecycle, plan, story } = world;
  story.tell('world', 'all faults stop');
  world.phase = 'liveness';
  world.faults.stop();
  world.watch.livenessBegun();
  world.service.releaseStuck();
  for (let node = 0; node < plan.nodesCount; node += 1) {
    if (nodes.isUp[node] !== true) lifecycle.bootAt(node, world.tick);
    else lifecycle.resume(node, nodes.generation[node]!);
  }
  world.workload.stop();
  world.operators.finish(plan.scenario.drivesTo);
}

function beginSweep(world: World): void {
  world.story.tell('world', 'all is quiet; the application reads everything');
  world.phase = 'sweep';
  world.sweep.begin();
}

function reportHung(world: World, since: string): void {
  const { sentence, signature } = whoWaits(world, since);
  world.story.tell('world', sentence);
  world.verdict.report({ oracle: 'hung', sentence, signature });
}

/** Looks at the planes, asks observers for what they saw, and holds the end against the scenario. */
function end(world: World): void {
  const { verdict, watch, operators, plan } = world;
  if (world.hungNode < 0) foldPlanes(world);
  world.digest.closeEvent();
  if (verdict.isOver) return;
  watch.end();
  const { state = 'none', isCompleted } = operators.list[0]!;
  const { ends } = plan.scenario;
  if (ends.includes(state) || (isCompleted && ends.includes('committed'))) return;
  verdict.report({
    oracle: 'scenario',
    sentence: `the migration of disk 0 ended in state ${state}, the scenario allows ${ends.join(', ')}`,
    signature: `ended in state ${state}`,
  });
}

function outcomeOf({ verdict, operators, lies }: World): Outcome {
  const { violation } = verdict;
  if (violation === undefined) {
    const states = operators.list.map(({ state }) => state ?? 'none');
    return { kind: 'passed', states, ...(lies.found.length === 0 ? {} : { found: [...lies.found] }) };
  }
  return { kind: violation.oracle === 'hung' ? 'hung' : 'failed', ...violation };
}
