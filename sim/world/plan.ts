/**
 * Owns one run's plan: a scenario with every part drawn and every default filled in. Each part is drawn from a stream of its own, so that a
 * scenario whose faults become a function of the seed keeps its workload. Leaves out what the parts mean to those who carry them out.
 */

import type {
  Choose,
  Drawn,
  FaultPlan,
  OperatorStep,
  Scenario,
  WorkloadPlan,
  WorldPlan,
} from '../../scenarios/scenario.js';
import type { Decisions, Stream } from '../determinism/decisions.js';

/** Sectors of a block of 4 KiB. */
export const BLOCK_SECTORS = 8;
/** Largest application request, in sectors: eight blocks, one DMA slot. */
export const APPLICATION_SECTORS_MAX = 64;
const NODES_MAX = 8;
const PATHS_MAX = 4;

export type FilledWorkload = Required<Omit<WorkloadPlan, 'weights'>> & { readonly weights: readonly number[] };

export interface RunPlan {
  readonly scenario: Scenario;
  readonly mode: 'cluster' | 'standalone';
  readonly naming: 'remap' | 'change';
  readonly nodesCount: number;
  readonly disksCount: number;
  /** Application's range of each disk. */
  readonly diskSectors: number;
  /** What the sources may grow to. */
  readonly diskSectorsMax: number;
  readonly regionSectors: number;
  readonly targetExtraSectors: number;
  /** Disk whose target is a block too small; -1: none. */
  readonly smallTarget: number;
  readonly allocatedShare: number;
  readonly targetUsed: boolean;
  readonly targetMappedLater: readonly [node: number, atTick: number] | undefined;
  readonly sourceMappedLater: readonly [node: number, atTick: number] | undefined;
  readonly pathsCount: number;
  readonly metadataTears: boolean;
  readonly dirtyLog: boolean;
  readonly workload: FilledWorkload;
  readonly operator: readonly OperatorStep[];
  readonly faults: readonly FaultPlan[];
}

/** Operations in the order of `FilledWorkload.weights`. */
export const WORKLOAD_OPERATIONS = ['read', 'write', 'flush', 'discard', 'writeZeroes'] as const;
const WEIGHT_UNIT = 1_000;

/** Draws and checks a scenario; a plan that cannot be carried out throws, with what was expected. */
export function drawPlan(scenario: Scenario, decisions: Decisions): RunPlan {
  const world = typeof scenario.world === 'function' ? scenario.world(decisions.stream('plan.world')) : scenario.world;
  checkWorld(world, scenario.name);
  const diskSectors = world.blocks * BLOCK_SECTORS - (world.sectorsShort ?? 0);
  const faults = draw(scenario.faults, decisions.stream('plan.faults'), world);
  return {
    scenario,
    mode: world.mode,
    naming: world.naming ?? 'remap',
    nodesCount: world.nodes,
    disksCount: world.disks ?? 1,
    diskSectors,
    diskSectorsMax: diskSectors + growthSectors(faults),
    regionSectors: world.regionBlocks * BLOCK_SECTORS,
    smallTarget: world.smallTarget ?? -1,
    targetExtraSectors: (world.targetExtraBlocks ?? 0) * BLOCK_SECTORS,
    allocatedShare: world.allocatedShare ?? 1,
    targetUsed: world.targetUsed ?? false,
    targetMappedLater: world.targetMappedLater,
    sourceMappedLater: world.sourceMappedLater,
    pathsCount: world.paths ?? 1,
    metadataTears: world.metadataTears ?? false,
    dirtyLog: world.dirtyLog ?? false,
    workload: fillWorkload(draw(scenario.workload, decisions.stream('plan.workload'), world), scenario.name),
    operator: draw(scenario.operator, decisions.stream('plan.operator'), world),
    faults,
  };
}

/** What the sources may grow by, all of their growth together. */
const growthSectors = (faults: readonly FaultPlan[]): number =>
  faults.reduce((sectors, fault) => sectors + (fault.kind === 'grow' ? fault.blocks * BLOCK_SECTORS : 0), 0);

function draw<T>(part: Drawn<T>, stream: Stream, world: WorldPlan): T {
  return typeof part === 'function' ? (part as (choose: Choose, world: WorldPlan) => T)(stream, world) : part;
}

function fillWorkload(plan: WorkloadPlan, scenario: string): FilledWorkload {
  const weights = WORKLOAD_OPERATIONS.map((operation) => Math.round((plan.weights[operation] ?? 0) * WEIGHT_UNIT));
  const blocksMax = plan.blocksMax ?? 2;
  expect(blocksMax >= 1 && blocksMax <= 8, '1 to 8 blocks a request', blocksMax, `${scenario}: workload.blocksMax`);
  const isSilent = weights.every((weight) => weight === 0);
  return {
    depth: isSilent ? 0 : plan.depth,
    thinkTicks: plan.thinkTicks,
    weights,
    blocksMax,
    unalignedShare: plan.unalignedShare ?? 0.2,
    fuaShare: plan.fuaShare ?? 0,
    bufferChangedShare: plan.bufferChangedShare ?? 0,
    nativeShare: plan.nativeShare ?? 0,
    hotShare: plan.hotShare ?? 0.3,
  };
}

function checkWorld(world: WorldPlan, scenario: string): void {
  expect(
    world.nodes >= 1 && world.nodes <= NODES_MAX,
    `1 to ${NODES_MAX} nodes`,
    world.nodes,
    `${scenario}: world.nodes`,
  );
  if (world.mode === 'standalone')
    expect(world.nodes === 1, '1 node in standalone mode', world.nodes, `${scenario}: world.nodes`);
  expect(world.blocks >= 1, 'at least 1 block', world.blocks, `${scenario}: world.blocks`);
  expect(world.regionBlocks >= 1, 'at least 1 block a region', world.regionBlocks, `${scenario}: world.regionBlocks`);
  const paths = world.paths ?? 1;
  expect(paths >= 1 && paths <= PATHS_MAX, `1 to ${PATHS_MAX} paths`, paths, `${scenario}: world.paths`);
  const short = world.sectorsShort ?? 0;
  expect(short >= 0 && short < BLOCK_SECTORS, '0 to 7 sectors short', short, `${scenario}: world.sectorsShort`);
}

function expect(holds: boolean, expected: string, got: number, at: string): void {
  if (!holds) throw new Error(`expected ${expected}, got ${got}, at ${at}`);
}
