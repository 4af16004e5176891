/** Owns devices that do everything but lie: requests fail, dawdle, hang and get lost, sectors go bad, space runs out, devices are unplugged. */

import type { DeviceFaultPlan, DeviceRole } from '../fault.js';
import type { Choose, FaultPlan, OperatorStep, Scenario, WorldPlan } from '../scenario.js';
import { mixed, mostlyReads } from '../workloads.js';
import { clusterOrStandalone } from '../worlds.js';

type Kind = Pick<DeviceFaultPlan, 'device' | 'operation' | 'effect'>;

const DATA = ['source', 'target'] as const;
const METADATA = ['shared', 'local', 'acknowledgement'] as const;
const EFFECTS = ['error', 'slow', 'stuck', 'lost'] as const;
const STATES = ['setup', 'syncing', 'source-selected', 'target-selected', 'committed'] as const;

const withEffects = (device: DeviceRole, operation: Kind['operation']): Kind[] =>
  EFFECTS.map((effect) => ({ device, operation, effect }));

/** Every kind there is, each drawn as often as any other. */
const KINDS: readonly Kind[] = [
  ...[...DATA, ...METADATA].flatMap((device): Kind[] => [
    ...(['read', 'write', 'flush'] as const).flatMap((operation): Kind[] => [
      ...withEffects(device, operation),
      { device, operation, effect: 'late' },
    ]),
    { device, operation: 'read', effect: 'latent' },
    { device, operation: 'any', effect: 'gone' },
  ]),
  ...DATA.flatMap((device) => withEffects(device, 'extent')),
  ...DATA.map((device): Kind => ({ device, operation: 'write', effect: 'full' })),
];
const RESERVATIONS = (['source', 'target', 'shared'] as const).flatMap((device) => withEffects(device, 'reserve'));
/** Where several nodes share devices, what there is only there is drawn twice as often: half of all worlds have none of it. */
const KINDS_OF_CLUSTERS = [
  ...KINDS,
  ...KINDS.filter(({ device }) => device === 'acknowledgement'),
  ...RESERVATIONS,
  ...RESERVATIONS,
];

/** What is asked for only now and then, when a node starts or a procedure begins, is at fault for longer. */
const isRare = ({ device, operation }: Kind): boolean =>
  (device !== 'source' && device !== 'target') || operation === 'extent' || operation === 'reserve';

function deviceFault(choose: Choose, world: WorldPlan): FaultPlan[] {
  const isCluster = world.mode === 'cluster';
  const kinds = isCluster ? KINDS_OF_CLUSTERS : KINDS.filter(({ device }) => device !== 'acknowledgement');
  const kind = choose.pick(kinds);
  const state = choose.pick(STATES);
  const at: DeviceFaultPlan['at'] =
    choose.chance(0.4) && !isRare(kind) ? { ticks: [0, 40_000] } : { state, ticks: [0, isRare(kind) ? 0 : 3_000] };
  const faults: FaultPlan[] = [];
  // Metadata is read by who starts, and what a standby owes it writes then; who serves a disk reserves its devices first.
  if (isRare(kind) && choose.chance(0.8)) {
    const isOfStandby = kind.device === 'acknowledgement' || (kind.operation !== 'reserve' && choose.chance(0.4));
    const node = isCluster && isOfStandby ? 'standby' : 'host';
    faults.push({ kind: 'crash', node, at: { state, ticks: [0, 3_000] }, restart: [200, 4_000] });
  }
  if (kind.effect === 'gone') {
    const from = choose.pick(['host', 'standby', undefined] as const);
    faults.push({ kind: 'device', ...kind, at, lasting: [300, 40_000], ...(from === undefined ? {} : { from }) });
  } else if (kind.effect === 'full') {
    // A disk that is copied fills its target.
    faults.push({ kind: 'device', ...kind, at: { state: 'setup', ticks: [0, 3_000] }, lasting: [2_000, 20_000] });
  } else {
    faults.push({
      kind: 'device',
      ...kind,
      at: kind.operation === 'extent' ? { ticks: [0, 0] } : at,
      lasting: isRare(kind) ? [20_000, 120_000] : [300, 20_000],
      share: choose.pick(isRare(kind) ? [0.5, 1] : [0.1, 0.5, 1, 1]),
      after: isRare(kind) || kind.operation === 'flush' ? 0 : choose.integer(4),
      times: choose.between(1, 12),
    });
  }
  return faults;
}

/** A world of so many nodes is about what they tell each other on the acknowledgement device. */
const NODES_OF_SILENCE = 4;
const aboutSilence = { mode: 'cluster', nodes: NODES_OF_SILENCE } as const;
const isAboutSilence = ({ nodes }: WorldPlan): boolean => nodes === NODES_OF_SILENCE;

/** In every state that device fails as a node joins anew. Silence is noticed late: the operator lingers. */
const silentAcknowledgements = (choose: Choose): FaultPlan[] =>
  STATES.flatMap((state): FaultPlan[] => {
    const ways = [
      { operation: choose.pick(['read', 'write'] as const), effect: 'error' },
      { operation: choose.pick(['read', 'write'] as const), effect: 'stuck' },
      { operation: 'any', effect: 'gone' },
    ] as const;
    const at = { state, ticks: [0, 0] as const };
    return [
      { kind: 'device', device: 'acknowledgement', ...choose.pick(ways), at, lasting: [3_000, 90_000] },
      { kind: 'crash', node: 'standby', at: { state, ticks: [0, 300] }, restart: [200, 1_000] },
    ];
  });

const lingering = (choose: Choose): OperatorStep[] => [
  ...STATES.flatMap((state): OperatorStep[] => [
    { reach: state },
    // What is paused goes on as soon as the next state is to be reached.
    { command: 'pause' },
    { wait: [70_000, 110_000] },
  ]),
  ...(choose.chance(0.3) ? [{ reach: 'none' } as const] : []),
];

export default {
  name: 'device-trouble',
  title: 'Any device, data or metadata, fails, dawdles, loses requests, runs full or is unplugged for a while.',
  world: (choose) => ({
    ...(choose.chance(0.15) ? aboutSilence : clusterOrStandalone(choose, 0.6)),
    blocks: 32,
    regionBlocks: choose.pick([2, 2, 16]),
    allocatedShare: choose.pick([1, 0.5, 0.2]),
    targetUsed: choose.chance(0.2),
  }),
  workload: (choose, world) => ({ ...choose.pick([mixed, mixed, mostlyReads]), depth: isAboutSilence(world) ? 1 : 3 }),
  operator: (choose, world) =>
    isAboutSilence(world)
      ? lingering(choose)
      : [
          { reach: choose.pick(['setup', 'syncing', 'source-selected', 'target-selected']) },
          { wait: [500, 5_000] },
          { reach: choose.pick(['source-selected', 'target-selected']) },
          { wait: [500, 5_000] },
          ...(choose.chance(0.3) ? [{ reboot: [500, 4_000] } as const] : []),
          { reach: 'committed' },
          ...(choose.chance(0.3) ? [{ reach: 'none' } as const] : []),
          { wait: [500, 3_000] },
        ],
  faults: (choose, world) => {
    if (isAboutSilence(world)) return silentAcknowledgements(choose);
    const faults: FaultPlan[] = [];
    for (let count = choose.between(3, 8); count > 0; count -= 1) faults.push(...deviceFault(choose, world));
    if (choose.chance(0.15)) {
      const device = choose.pick([...DATA, ...METADATA]);
      faults.push({ kind: 'devicePower', devices: [device], at: { state: choose.pick(STATES), ticks: [0, 3_000] } });
    }
    if (choose.chance(0.2)) {
      const power = choose.chance(0.5);
      faults.push({ kind: 'crash', node: 'host', at: { ticks: [2_000, 60_000] }, restart: [500, 5_000], power });
    }
    return faults;
  },
  safetyTicksMax: 4_000_000,
  ends: ['committed', 'none'],
  drivesTo: 'committed',
} satisfies Scenario;
