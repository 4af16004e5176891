/** Owns the stages that flush data devices and move the region map. */

import type { Step } from '../contract/vocabulary.js';
import { emptyRegionMap, mapBytes, mapFromBytes } from '../data-path/region-map.js';
import { takeSize } from '../regions/growth.js';
import { isSourceBehind } from '../regions/source-behind.js';
import { crc32 } from '../records/crc32.js';
import { regionMapSector, SECTOR_BYTES } from '../records/layout.js';
import { issueRequest } from '../state/requests.js';
import { recordSlot } from '../state/state.js';
import { settledWrite } from './settled-write.js';
import { abandon, type Context, type Stage, type Verdict } from './stage.js';

/** Flushes one of the disk's devices; `then` says what an answer means. */
export function flushDevice(
  device: 'source' | 'target' | 'bound',
  step: Step,
  then: (context: Context, ok: boolean) => Verdict,
): Stage {
  return {
    begin({ state, disk, out }) {
      const identity = disk.local[device];
      issueRequest(
        state,
        { owner: 'procedure', disk: disk.index, identity, operation: 'flush', sector: 0, count: 0, step },
        out,
      );
      return 'wait';
    },
    answer: (context, ok) => then(context, ok),
  };
}

/** Hears from the source how large it is now; one that does not answer is as large as it was. */
export function askSourceSize(): Stage {
  return {
    begin({ state, disk, out }) {
      const identity = disk.local.source;
      issueRequest(
        state,
        { owner: 'procedure', disk: disk.index, identity, operation: 'inquiry', sector: 0, count: 0 },
        out,
      );
      return 'wait';
    },
    answer({ state, out }, ok, event) {
      if (ok) takeSize(state, event.valueA, event.valueB, out);
      return 'next';
    },
  };
}

/**
 * Sees to it that the source holds every region, durably: flushes it, so that a reset is noticed, and while it lacks something has that
 * brought back from the target, and flushes again. Application I/O is held. `then` says what the last answer means; what a faulted target
 * does not give is lost.
 */
export function wholeSource(step: Step, then: (context: Context, ok: boolean) => Verdict): Stage {
  const settle = (context: Context, ok: boolean): Verdict =>
    ok && isSourceBehind(context.disk) ? bringBack(context) : then(context, ok);
  const flush = flushDevice('source', step, settle);
  const bringBack = ({ disk, out }: Context): Verdict => {
    disk.copier.bringsBack = true;
    out.probe('resync.source-brought-back', true);
    return 'wait';
  };
  return {
    begin: (context) => (isSourceBehind(context.disk) ? bringBack(context) : flush.begin(context)),
    answer: settle,
    poll(context) {
      const { disk } = context;
      if (!disk.copier.bringsBack) return 'wait';
      if (disk.copier.inFlightCount > 0 || (isSourceBehind(disk) && !disk.sourceFault)) return 'wait';
      disk.copier.bringsBack = false;
      return disk.sourceFault ? then(context, false) : flush.begin(context);
    },
  };
}

/** Bytes the disk's region map takes on its device: whole sectors. */
export const mapBytesCount = (regionsCount: number): number =>
  Math.ceil(regionsCount / 8 / SECTOR_BYTES) * SECTOR_BYTES;

/** Writes the region map behind the local record, durably. Which map counts is said by the local record that follows. */
export const writeRegionMap = (): Stage =>
  settledWrite({
    step: 'shutdown.region-map',
    bytes: ({ disk: { map } }) => mapBytes(map, mapBytesCount(map.regionsCount)),
    place: ({ state, disk }) => ({ identity: state.configuration.localIdentity, sector: regionMapSector(disk.index) }),
    onFailure: abandon,
  });

/** Reads the region map that the local record vouches for, if it does; an unreadable or altered one leaves the disk without a map. */
export function readRegionMap(): Stage {
  return {
    begin({ state, disk, out }) {
      if (disk.local.mapRegionsCount === 0) {
        disk.map = emptyRegionMap();
        return 'next';
      }
      issueRequest(
        state,
        {
          owner: 'procedure',
          disk: disk.index,
          identity: state.configuration.localIdentity,
          operation: 'read',
          sector: regionMapSector(disk.index),
          count: mapBytesCount(disk.local.mapRegionsCount) / SECTOR_BYTES,
          slot: recordSlot(state, disk),
          fua: true,
        },
        out,
      );
      return 'wait';
    },
    answer({ disk }, ok, event) {
      const { mapRegionsCount, mapCrc } = disk.local;
      const bytesCount = mapBytesCount(mapRegionsCount);
      const trusted = ok && crc32(event.bytes, 0, bytesCount) === mapCrc;
      disk.map = mapFromBytes(trusted ? event.bytes : new Uint8Array(bytesCount), trusted ? mapRegionsCount : 0);
      return 'next';
    },
  };
}
