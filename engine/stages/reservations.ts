/**
 * Owns the stages that fence: this node takes a device for itself, so that whoever believed to own the disk before can neither read nor write it
 * any more, not even with what it sent long ago. Registering is part of taking ownership and is done nowhere else: a node that merely wakes up finds
 * itself shut out. Standalone there is nobody to fence, and every stage here is passed over.
 */

import type { DeviceStatus, Step } from '../contract/vocabulary.js';
import { RESERVATION_TYPES } from '../contract/vocabulary.js';
import { loseOwnership } from '../data-path/ownership.js';
import { issueRequest } from '../state/requests.js';
import { isCluster } from '../state/state.js';
import type { Context, Stage, Verdict } from './stage.js';

export interface Reserved {
  step: Step & `${string}.preempt`;
  /** Device to take; 0: none, the stage is passed over. */
  identity: (context: Context) => number;
  /** It could not be taken; a conflict is not told here: it ends the procedure. */
  onFailure: (context: Context, status: DeviceStatus) => Verdict;
}

/** Registers this node at a device, then preempts everybody else there. */
export function takeReservation({ step, identity, onFailure }: Reserved): Stage {
  const send = (context: Context, registered: boolean): Verdict => {
    const { state, disk, procedure, out } = context;
    procedure.registered = registered;
    const isShared = identity(context) === state.configuration.disks[disk.index]?.sharedIdentity;
    issueRequest(
      state,
      {
        owner: 'procedure',
        disk: disk.index,
        identity: identity(context),
        operation: registered ? 'preempt' : 'register',
        sector: 0,
        count: registered ? RESERVATION_TYPES.indexOf(isShared ? 'write-exclusive' : 'exclusive-access') : 0,
        step: registered ? step : undefined,
      },
      out,
    );
    return 'wait';
  };
  return {
    begin: (context) => (isCluster(context.state) && identity(context) !== 0 ? send(context, false) : 'next'),
    answer(context, ok, event) {
      const { disk, procedure } = context;
      if (!ok) return onFailure(context, event.status);
      if (!procedure.registered) return send(context, true);
      if (!disk.reserved.includes(identity(context))) disk.reserved.push(identity(context));
      return 'next';
    },
  };
}

/** Before data devices are taken by a node that has the shared record: it asks whether it still does. A zombie must not evict the owner. */
export const requireOwnership = (onFailure: (context: Context) => Verdict): Stage => ({
  begin({ state, disk, out }) {
    if (!isCluster(state)) return 'next';
    const identity = state.configuration.disks[disk.index]?.sharedIdentity ?? 0;
    issueRequest(
      state,
      { owner: 'procedure', disk: disk.index, identity, operation: 'readReservation', sector: 0, count: 0 },
      out,
    );
    return 'wait';
  },
  answer(context, ok, event) {
    const { state, disk, out } = context;
    if (!ok) return onFailure(context);
    if (event.valueA === state.configuration.node + 1) return 'next';
    loseOwnership(state, disk, out);
    return 'wait';
  },
});
