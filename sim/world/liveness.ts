/**
 * Owns what it means that a world has come to rest, and, where it does not, the sentence that says who waits for whom.
 */

import { OPERATIONS } from './devices/operations.js';
import { RequestStage } from './devices/request-table.js';
import { BLOCK_SECTORS } from './plan.js';
import type { World } from './world.js';

/** Work, and virtual time, that a world may take to come to rest once nothing fails any more. */
const LIVENESS_EVENTS_MAX = 200_000;
export const LIVENESS_TICKS_MAX = 120_000_000;
/** Events that the copy of one block may take, over and over. */
const EVENTS_PER_BLOCK = 100;
const LIST_MAX = 4;

/** What a large disk takes more: what is allocated is copied once or twice, and read at last. */
export function livenessEventsMax({ prefill, plan }: World): number {
  let sectors = 0;
  for (const extents of prefill.extents) for (const [, count] of extents) sectors += count;
  const regions = Math.ceil(plan.diskSectors / plan.regionSectors) * plan.disksCount;
  return LIVENESS_EVENTS_MAX + EVENTS_PER_BLOCK * (Math.ceil(sectors / BLOCK_SECTORS) + regions);
}

/** Every node is there, every disk is served, nobody else believes to serve it, no migration is on its way, nobody waits for an answer. */
export function isAtRest({ operators, desk, cluster, devices, tick }: World): boolean {
  if (!operators.areDone || !operators.areInformed || desk.inFlight.length > 0 || !cluster.membership.isComplete())
    return false;
  const isSettled = cluster.disks.every(({ phase }, disk) => phase === 'online' && !cluster.isAnybodyStale(disk));
  return isSettled && !operators.areOpen && devices.areFound(tick);
}

/** @returns the sentence, and what of it is the same for the same kind of failure. */
export function whoWaits(world: World, since: string): { sentence: string; signature: string } {
  const { cluster, operators, desk } = world;
  const disks = cluster.disks.map((disk, index) => {
    const state = operators.list[index]?.state ?? 'unknown';
    const node = disk.phase === 'online' ? ` at node ${disk.host}` : disk.node >= 0 ? ` (node ${disk.node})` : '';
    return `disk ${index} is ${disk.phase}${node} in state ${state}, its operator ${operators.list[index]!.stepInWords}`;
  });
  const ios = desk.inFlight.map(
    ({ io }) =>
      `${io.operation} ${io.io} of sectors ${io.sector}+${io.count} of disk ${io.disk} at node ${io.node} since tick ${io.issuedTick}`,
  );
  const waits = [...cut(operators.openInWords()), ...cut(ios), ...cut(requestsInWords(world)), ...nodesInWords(world)];
  const sentence = `the world does not come to rest, ${since}: ${disks.join('; ')}; ${waits.length === 0 ? 'nobody waits for an answer' : `without an answer: ${waits.join('; ')}`}`;
  return { sentence, signature: signatureOf(world) };
}

function signatureOf({ cluster, operators, desk }: World): string {
  const disks = cluster.disks.map((disk, index) => `${disk.phase} in ${operators.list[index]?.state ?? 'unknown'}`);
  const commands = operators.list.flatMap((operator) => (operator.commandPending < 0 ? [] : [operator.commandInWords]));
  const ios = [...new Set(desk.inFlight.map(({ io }) => io.operation))].sort();
  return `hung: ${[...new Set(disks)].join(', ')}; commands: ${commands.join(', ') || 'none'}; application: ${ios.join(', ') || 'none'}`;
}

function requestsInWords({ requests, devices, steps }: World): string[] {
  const words: string[] = [];
  for (let row = 0; row < requests.rowsEnd; row += 1) {
    const state = requests.rows[row]!.state;
    if (!requests.isOutstanding(row)) continue;
    const device = devices.words[requests.rows[row]!.device] ?? 'empty port';
    const step = requests.rows[row]!.step < 0 ? '' : ` (${steps.words[requests.rows[row]!.step]!})`;
    const how = state === RequestStage.STUCK ? 'stuck' : state === RequestStage.LOST ? 'lost' : 'on its way';
    const range = `sectors ${requests.rows[row]!.sector}+${requests.rows[row]!.count}`;
    words.push(
      `${OPERATIONS[requests.rows[row]!.operation]!}${step} of node ${requests.rows[row]!.node} at the ${device}, ${range}, ${how} since tick ${requests.rows[row]!.issuedTick}`,
    );
  }
  return words;
}

function nodesInWords({ nodes, plan, cluster }: World): string[] {
  const words: string[] = [];
  for (let node = 0; node < plan.nodesCount; node += 1) {
    if (nodes.isUp[node] !== true) words.push(`node ${node} is off`);
    else if (!cluster.membership.readyNodes(-1).includes(node)) words.push(`node ${node} is not ready`);
    else if (cluster.disks.some((_, disk) => cluster.isStale(node, disk)))
      words.push(`node ${node} has not let a disk go that it is to run no more`);
    else if (cluster.isShuttingDown(node)) words.push(`node ${node} is shutting down`);
  }
  return words;
}

function cut(words: readonly string[]): string[] {
  return words.length <= LIST_MAX ? [...words] : [...words.slice(0, LIST_MAX), `${words.length - LIST_MAX} more`];
}
