/**
 * Owns hearing from the other nodes. Each node writes its own slot on the acknowledgement device; the owner reads all of them when it
 * matters. A slot that cannot be read says nothing.
 */

import type { DeviceCompletedEvent } from '../contract/events.js';
import type { Refusal } from '../contract/vocabulary.js';
import { decodeRecord, subjectOf } from '../records/codec.js';
import { emptyAcknowledgement } from '../records/defaults.js';
import { acknowledgementSector, COPY_STRIDE_SECTORS, RECORD_PAIR_SECTORS, SECTOR_BYTES } from '../records/layout.js';
import type { AcknowledgementRecord } from '../records/types.js';
import { issueRequest } from '../state/requests.js';
import { type EngineState, isCluster, recordSlot } from '../state/state.js';
import { newestOf } from './records.js';
import { type Context, pause, refuse, type Stage, type Verdict } from './stage.js';

/** What is wrong with a node's slot, if anything. */
type Requirement = (context: Context, slot: AcknowledgementRecord) => Refusal | undefined;

/** Reads every other node's slot, and refuses the command when one of `mask` does not meet the requirement. */
export function requireAcknowledgements(mask: (state: EngineState) => number, requirement: Requirement): Stage {
  return gather((context) => {
    const refusal = firstRefusal(context, mask(context.state), requirement);
    if (refusal === undefined) return 'next';
    // A node that joined between the messages, or lost one, would otherwise never hear that it is waited for.
    tellOthers(context);
    return refuse(context, refusal);
  });
}

/** The same, but asks and looks again until the requirement is met or the bound is reached. `ask` tells the nodes what is wanted. */
export function awaitAcknowledgements(
  mask: (state: EngineState) => number,
  requirement: Requirement,
  ask: (context: Context) => void,
): Stage {
  const stage = gather((context) => {
    const { state, procedure } = context;
    const refusal = firstRefusal(context, mask(state), requirement);
    if (refusal === undefined) return 'next';
    procedure.attempts += 1;
    if (procedure.attempts > state.configuration.limits.pollsMax) return refuse(context, refusal);
    ask(context);
    return pause(context, state.configuration.limits.pollDelayTicks);
  });
  return {
    ...stage,
    begin(context) {
      context.procedure.attempts = 0;
      ask(context);
      return stage.begin(context);
    },
    wake: (context) => stage.begin(context),
  };
}

function gather(judge: (context: Context) => Verdict): Stage {
  const readNext = (context: Context): Verdict => {
    const { state, disk, procedure, out } = context;
    const { configuration } = state;
    if (procedure.cursor === configuration.node) procedure.cursor += 1;
    if (procedure.cursor >= configuration.nodesMax) return judge(context);
    issueRequest(
      state,
      {
        owner: 'procedure',
        disk: disk.index,
        identity: configuration.acknowledgementIdentity,
        operation: 'read',
        sector: acknowledgementSector(disk.index, procedure.cursor, configuration.nodesMax),
        count: RECORD_PAIR_SECTORS,
        slot: recordSlot(state, disk),
        fua: true,
      },
      out,
    );
    return 'wait';
  };
  return {
    begin(context) {
      if (!isCluster(context.state)) return 'next';
      context.procedure.cursor = 0;
      return readNext(context);
    },
    answer(context, ok, event) {
      const { disk, procedure } = context;
      disk.acknowledgements[procedure.cursor] = ok
        ? slotIn(event, disk.index, procedure.cursor)
        : emptyAcknowledgement();
      procedure.cursor += 1;
      return readNext(context);
    },
  };
}

function slotIn(event: DeviceCompletedEvent, disk: number, node: number): AcknowledgementRecord {
  const copies = [0, 1].map((copy) =>
    decodeRecord(
      'acknowledgement',
      subjectOf(disk, node),
      event.bytes.subarray(copy * COPY_STRIDE_SECTORS * SECTOR_BYTES),
    ),
  );
  return newestOf<'acknowledgement'>(copies)?.record ?? emptyAcknowledgement();
}

function firstRefusal(context: Context, mask: number, requirement: Requirement): Refusal | undefined {
  const { configuration } = context.state;
  for (let node = 0; node < configuration.nodesMax; node += 1) {
    if (node === configuration.node || (mask & (1 << node)) === 0) continue;
    const refusal = requirement(context, context.disk.acknowledgements[node] ?? emptyAcknowledgement());
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** The node has the initial access control of the migration that the context's setup is about. */
export const hasInitialAccessControl: Requirement = ({ procedure }, slot) =>
  slot.migration === procedure.migration && slot.target === procedure.target && slot.accessControl
    ? undefined
    : 'node-not-acknowledged';

/** The node sees the target of the migration in progress. */
export const hasTargetConfigured: Requirement = ({ disk }, slot) => {
  if (slot.migration !== disk.shared.migration || slot.target !== disk.shared.target) return 'node-not-acknowledged';
  return slot.targetConfigured ? undefined : 'node-lacks-target';
};

/** The node has flipped access control and binding to the target. */
export const hasRolledForward: Requirement = ({ disk }, slot) =>
  slot.migration === disk.shared.migration && slot.rolledForward ? undefined : 'node-not-acknowledged';

/** Tells every other reachable node to read the shared record again. */
export function tellOthers({ state, disk, out }: Pick<Context, 'state' | 'disk' | 'out'>): void {
  forEachOther(state, (node) => out.message(node, 'reread', disk.index, 0, 0, 0));
}

export function askToConfigure({ state, disk, procedure, out }: Context): void {
  forEachOther(state, (node) =>
    out.message(node, 'configure', disk.index, procedure.migration, procedure.source, procedure.target),
  );
}

function forEachOther(state: EngineState, tell: (node: number) => void): void {
  for (let node = 0; node < state.configuration.nodesMax; node += 1) {
    if (node !== state.configuration.node && (state.reachableMask & (1 << node)) !== 0) tell(node);
  }
}
