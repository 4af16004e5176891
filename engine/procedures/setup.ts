/**
 * Owns setup: every node's access control and then the shared record say that a migration is in progress, before a single byte is copied
 * (US 8,775,861: metadata first; claims A2, A3).
 */

import type { Refusal } from '../contract/vocabulary.js';
import { LABEL_SECTORS, SECTOR_BYTES } from '../records/layout.js';
import { askToConfigure, awaitAcknowledgements, hasInitialAccessControl } from '../stages/acknowledgements.js';
import { readLabel, writeLocal, writeShared } from '../stages/records.js';
import { requireOwnership, takeReservation } from '../stages/reservations.js';
import { act, type Context, done, refuse, type Stage } from '../stages/stage.js';
import { regionSectorsOf } from '../regions/region-size.js';
import { emptyRegionMap } from '../data-path/region-map.js';
import { dropLog } from '../regions/dirty-log.js';
import { applicationSectors, isVisible } from '../state/ports.js';
import { createCopier } from '../state/copier-state.js';
import { initialRecord } from './local-records.js';
import { enterState } from './transition.js';

/** Why these two devices cannot be migrated from one to the other, by inquiry. */
function unsuitable({ state, disk, procedure }: Context): Refusal | undefined {
  const source = disk.local.bound;
  const target = procedure.argument;
  if (!isVisible(state, source)) return 'source-not-visible';
  if (source === target) return 'same-device';
  if (!isVisible(state, target)) return 'target-not-visible';
  const inUse = state.disks.some(
    (other) => other !== disk && (other.local.bound === target || other.local.target === target),
  );
  const { configuration } = state;
  const isMetadata =
    target === configuration.localIdentity ||
    target === configuration.acknowledgementIdentity ||
    configuration.disks.some(({ sharedIdentity }) => sharedIdentity === target);
  if (inUse || isMetadata) return 'target-in-use';
  const sectors = applicationSectors(state, source);
  if (applicationSectors(state, target) < sectors || sectors <= LABEL_SECTORS) return 'target-too-small';
  const regionsCount = Math.ceil(sectors / regionSectorsOf(state, disk));
  return regionsCount > state.configuration.slotSectors * SECTOR_BYTES * 8 ? 'too-many-regions' : undefined;
}

export const setup: readonly Stage[] = [
  act((context) => {
    const refusal = unsuitable(context);
    if (refusal !== undefined) return refuse(context, refusal);
    const { disk, procedure } = context;
    procedure.migration = disk.shared.migration + 1;
    procedure.source = disk.local.bound;
    procedure.target = procedure.argument;
    return 'next';
  }),
  readLabel((context) => refuse(context, 'target-unreadable')),
  act((context) => (context.disk.label.tombstone ? refuse(context, 'target-tombstoned') : 'next')),
  awaitAcknowledgements((state) => state.reachableMask, hasInitialAccessControl, askToConfigure),
  requireOwnership((context) => refuse(context, 'gave-up')),
  takeReservation({
    step: 'setup.target.preempt',
    identity: ({ procedure }) => procedure.target,
    onFailure: (context) => refuse(context, 'target-not-reserved'),
  }),
  // Nothing of the migration is durable yet, so a local record that cannot be written only refuses the command.
  writeLocal(
    'setup.access-control',
    ({ procedure }) => initialRecord(procedure.migration, procedure.source, procedure.target),
    (context) => refuse(context, 'gave-up'),
  ),
  writeShared('setup.metadata', ({ procedure }) => ({
    migration: procedure.migration,
    inProgress: true,
    rollForward: false,
    source: procedure.source,
    target: procedure.target,
  })),
  act((context) => {
    const { disk, out } = context;
    disk.targetFault = false;
    disk.sourceFault = false;
    disk.unreadableRegion = -1;
    disk.map = emptyRegionMap();
    dropLog(disk);
    disk.copier = createCopier();
    enterState(disk, 'setup', 'command', out);
    return done(context);
  }),
];
