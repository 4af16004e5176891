/** Owns reading durable records straight off the toy devices, without asking an engine, and the rules that hold on them at every instant. */

import { decodeRecord, type RecordKind, type RecordOf, subjectOf } from '../../../engine/records/codec.js';
import {
  acknowledgementSector,
  COPY_STRIDE_SECTORS,
  labelSector,
  localRecordSector,
  RECORD_SECTORS,
  sharedRecordSector,
} from '../../../engine/records/layout.js';
import type { ToyDevice } from './toy-device.js';

export type Plane = 'volatile' | 'durable';

const decodedBefore = new WeakMap<ToyDevice, Map<string, { version: number; record: unknown }>>();

/** The valid copy with the higher sequence, or undefined. What has not changed is not decoded again. */
function recordOn<K extends RecordKind>(
  device: ToyDevice,
  plane: Plane,
  kind: K,
  sector: number,
  subject: number,
): RecordOf[K] | undefined {
  const known = decodedBefore.get(device) ?? new Map<string, { version: number; record: unknown }>();
  decodedBefore.set(device, known);
  const key = `${plane} ${kind} ${sector}`;
  const before = known.get(key);
  if (before?.version === device.version) return before.record as RecordOf[K] | undefined;
  let newest: RecordOf[K] | undefined;
  for (const copy of [0, 1]) {
    const decoded = decodeRecord(
      kind,
      subject,
      device.bytes(plane, sector + copy * COPY_STRIDE_SECTORS, RECORD_SECTORS),
    );
    if (decoded.kind === 'valid' && (newest === undefined || decoded.record.sequence > newest.sequence)) {
      newest = decoded.record;
    }
  }
  known.set(key, { version: device.version, record: newest });
  return newest;
}

export const sharedOn = (device: ToyDevice, disk: number, plane: Plane = 'volatile') =>
  recordOn(device, plane, 'shared', sharedRecordSector(), subjectOf(disk, 0));

export const localOn = (device: ToyDevice, disk: number, node: number, plane: Plane = 'volatile') =>
  recordOn(device, plane, 'local', localRecordSector(disk), subjectOf(disk, node));

export const acknowledgementOn = (device: ToyDevice, disk: number, node: number, nodesMax: number) =>
  recordOn(device, 'volatile', 'acknowledgement', acknowledgementSector(disk, node, nodesMax), subjectOf(disk, node));

export const labelOn = (device: ToyDevice) => recordOn(device, 'volatile', 'label', labelSector(), 0);

/** Oracle O2 on one disk's records: sentences about what must never be. */
export function accessControlBreaches(
  shared: ToyDevice,
  locals: readonly ToyDevice[],
  disk: number,
  plane: Plane,
): string[] {
  const migration = sharedOn(shared, disk, plane);
  return locals.flatMap((device, node) => {
    const local = localOn(device, disk, node, plane);
    if (local === undefined) return [];
    if (local.sourceAllowed && local.targetAllowed) return [`${plane}: node ${node} allows both devices`];
    const early =
      migration !== undefined && migration.inProgress && !migration.rollForward && local.target === migration.target;
    return early && local.targetAllowed ? [`${plane}: node ${node} allows the target while the flag is clear`] : [];
  });
}
