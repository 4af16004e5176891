/** Owns the stages that flush data devices and move the region map. */

import type { Step } from '../contract/vocabulary.js';
import { mapBytes, mapFromBytes } from '../data-path/region-map.js';
import { crc32 } from '../records/crc32.js';
import { regionMapSector, SECTOR_BYTES } from '../records/layout.js';
import { issueRequest } from '../state/requests.js';
import { recordSlot } from '../state/state.js';
import { abandon, type Context, pause, type Stage, type Verdict } from './stage.js';

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

/** Bytes the disk's region map takes on its device: whole sectors. */
export const mapBytesCount = (regionsCount: number): number =>
  Math.ceil(regionsCount / 8 / SECTOR_BYTES) * SECTOR_BYTES;

/** Writes the region map behind the local record, durably. Which map counts is said by the local record that follows. */
export function writeRegionMap(): Stage {
  const write = ({ state, disk, procedure, out }: Context): Verdict => {
    procedure.flushing = false;
    out.fill(recordSlot(state, disk), procedure.bytes);
    issueRequest(
      state,
      {
        owner: 'procedure',
        disk: disk.index,
        identity: state.configuration.localIdentity,
        operation: 'write',
        sector: regionMapSector(disk.index),
        count: procedure.bytes.length / SECTOR_BYTES,
        slot: recordSlot(state, disk),
        step: 'shutdown.region-map.write',
      },
      out,
    );
    return 'wait';
  };
  return {
    begin(context) {
      const { disk, procedure } = context;
      procedure.attempts = 0;
      procedure.bytes = mapBytes(disk.map, mapBytesCount(disk.map.regionsCount));
      return write(context);
    },
    answer(context, ok) {
      const { state, disk, procedure, out } = context;
      const { limits } = state.configuration;
      if (!ok) {
        procedure.attempts += 1;
        return procedure.attempts > limits.settleAttemptsMax ? abandon(context) : pause(context, limits.pollDelayTicks);
      }
      if (procedure.flushing) return 'next';
      procedure.flushing = true;
      const identity = state.configuration.localIdentity;
      issueRequest(
        state,
        {
          owner: 'procedure',
          disk: disk.index,
          identity,
          operation: 'flush',
          sector: 0,
          count: 0,
          step: 'shutdown.region-map.flush',
        },
        out,
      );
      return 'wait';
    },
    wake: write,
  };
}

/** Reads the region map that the local record vouches for; an unreadable or altered one leaves the disk without a map. */
export function readRegionMap(): Stage {
  return {
    begin({ state, disk, out }) {
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
