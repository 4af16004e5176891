/**
 * Owns the parts of a world and how they find each other. A world is built once per thread, engine build and placement, and reset for each run:
 * its queue, tables, devices and mailboxes are kept, so that 20,000 runs cost the memory of one. Leaves out the course of a run (`run-world.ts`).
 */

import type { EngineVocabulary } from '../../engine/contract/module.js';
import type { Step } from '../../engine/contract/vocabulary.js';
import type { Scenario } from '../../scenarios/scenario.js';
import { createDecisions, type Decisions, type Stream } from '../determinism/decisions.js';
import { Digest } from '../determinism/digest.js';
import { EventQueue } from '../determinism/event-queue.js';
import { placeInEngine } from '../nodes/failure-text.js';
import type { NodeFailure } from '../nodes/mailbox.js';
import type { Placement } from '../nodes/placement/placement.js';
import { WordList } from '../nodes/words/lexicon.js';
import type { OracleContext } from '../oracles/context.js';
import type { Observer } from '../oracles/observation.js';
import { FinalSweep } from './application/final-sweep.js';
import { IoDesk } from './application/io-desk.js';
import { StaleApplication } from './application/stale-application.js';
import { Workload } from './application/workload.js';
import { Cluster } from './cluster/cluster.js';
import { Network } from './cluster/network.js';
import { NODES_SHAPE } from './configuration.js';
import { DeviceService } from './devices/device-service.js';
import { DeviceTable } from './devices/device-table.js';
import { OperationLog } from './devices/operation-log.js';
import { Prefill } from './devices/prefill.js';
import { RequestTable } from './devices/request-table.js';
import { LieBook } from './media/lie-book.js';
import { FaultRules } from './faults/fault-rules.js';
import { Clocks } from './nodes/clocks.js';
import { Lifecycle } from './nodes/lifecycle.js';
import { NodeTable } from './nodes/node-table.js';
import { Paths } from './nodes/paths.js';
import { Ports } from './nodes/ports.js';
import { Turns } from './nodes/turns.js';
import { Operators } from './operator/operators.js';
import { drawPlan, type RunPlan } from './plan.js';
import { Story } from './record/story.js';
import { Verdict } from './record/verdict.js';
import { type Watch, watchWith } from './record/watch.js';

/** Events between two checkpoints of the digest. */
export const EVENTS_PER_CHECKPOINT = 4_096;
/** Events between two looks at the planes, which cost most of all: every block that was written since is hashed. */
export const EVENTS_PER_PLANES = 4 * EVENTS_PER_CHECKPOINT;

/** `safety`: faults happen. `liveness`: they have stopped, all must come to rest. `sweep`: the last reads. */
export type Phase = 'safety' | 'liveness' | 'sweep';

export class World {
  readonly queue = new EventQueue();
  readonly digest = new Digest(EVENTS_PER_CHECKPOINT);
  readonly requests = new RequestTable();
  readonly log = new OperationLog();
  readonly nodes = new NodeTable();
  readonly prefill = new Prefill();
  readonly verdict = new Verdict(
    () => this.tick,
    (violation) => this.lies.explains(violation),
  );
  readonly story = new Story(
    () => this.tick,
    () => this.eventNumber,
  );
  readonly service = new DeviceService(this);
  readonly ports = new Ports(this);
  readonly clocks = new Clocks(this);
  readonly paths = new Paths(this);
  readonly lifecycle = new Lifecycle(this);
  readonly network = new Network(this);
  readonly cluster = new Cluster(this);
  readonly desk = new IoDesk(this);
  readonly workload = new Workload(this);
  readonly staleApplication = new StaleApplication(this);
  readonly sweep = new FinalSweep(this);
  readonly operators = new Operators(this);
  readonly faults = new FaultRules(this);
  readonly lies = new LieBook(this);
  readonly devices: DeviceTable;
  readonly turns: Turns;
  readonly steps: WordList<Step>;

  decisions!: Decisions;
  plan!: RunPlan;
  watch!: Watch;
  phase: Phase = 'safety';
  /** The project's own record codec, for hosts that are no nodes. */
  codec!: OracleContext['codec'];
  /** A node did not return: what the run would have been is not known. */
  hungNode = -1;

  constructor(
    readonly placement: Placement,
    vocabulary: EngineVocabulary,
  ) {
    this.devices = new DeviceTable(placement.newMemory);
    this.turns = new Turns(this, vocabulary, NODES_SHAPE.slotsCount);
    this.steps = new WordList<Step>('step', vocabulary.steps as readonly Step[]);
  }

  get tick(): number {
    return this.queue.atTick;
  }

  /** Number of the event being handled, from 1. */
  get eventNumber(): number {
    return this.digest.eventsCount + 1;
  }

  /** Makes everything as it is before the first event of a run. */
  reset(scenario: Scenario, seed: number, isStoryKept: boolean, observers: readonly Observer[]): void {
    this.queue.clear();
    this.digest.reset();
    this.verdict.reset();
    this.story.reset(isStoryKept);
    this.watch = watchWith(observers);
    this.phase = 'safety';
    this.hungNode = -1;
    this.decisions = createDecisions(scenario.name, seed);
    this.plan = drawPlan(scenario, this.decisions);
    this.devices.reset(this.plan);
    this.prefill.fill(this.plan, this.devices, this.decisions.stream('prefill'));
    this.nodes.reset(this.plan.nodesCount);
    this.requests.reset();
    this.log.reset();
    this.service.reset();
    this.ports.reset();
    this.clocks.reset();
    this.paths.reset();
    this.lifecycle.reset();
    this.turns.reset();
    this.network.reset();
    this.cluster.reset();
    this.desk.reset();
    this.workload.reset();
    this.staleApplication.reset();
    this.sweep.reset();
    this.operators.reset();
    this.faults.reset();
    this.lies.reset();
  }

  /** @returns a node that runs and does not carry the disk, or -1. */
  drawStandby(disk: number, stream: Stream): number {
    const carrier = this.cluster.carrierOf(disk);
    const standbys: number[] = [];
    for (let node = 0; node < this.plan.nodesCount; node += 1) {
      if (node !== carrier && this.nodes.isUp[node] === true) standbys.push(node);
    }
    return standbys.length === 0 ? -1 : stream.pick(standbys);
  }

  /** A node's engine threw, reached for the host, or broke a rule of its mailbox. */
  nodeFailed(node: number, failure: NodeFailure): void {
    const place = placeInEngine(failure);
    const said = place === undefined ? failure.message : `${failure.message} (${place})`;
    this.story.tell(`node ${node}`, `its engine fails: ${said}`);
    this.verdict.report({
      oracle: 'invariant',
      sentence: `the engine of node ${node} failed: ${said}`,
      signature: failure.message.replace(/\d+/g, '#'),
    });
  }

  /** A node's engine did not return. */
  nodeHung(node: number): void {
    this.hungNode = node;
    this.verdict.report({
      oracle: 'hung',
      sentence: `the engine of node ${node} did not return from its turn at tick ${this.tick}`,
      signature: 'an engine did not return from its turn',
    });
  }
}
