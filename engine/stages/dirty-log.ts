/** Owns reading the dirty-region log that the local record speaks of. */

import { allDirtyMap, setClean } from '../data-path/region-map.js';
import { dirtyLogSector, SECTOR_BYTES } from '../records/layout.js';
import { decodeLogSector, logSectorsCount, REGIONS_PER_LOG_SECTOR } from '../records/log-sector.js';
import { createDirtyLog, noDirtyLog } from '../state/dirty-log-state.js';
import { regionSectorsOf } from '../regions/region-size.js';
import { issueRequest } from '../state/requests.js';
import { recordSlot } from '../state/state.js';
import type { Context, Stage, Verdict } from './stage.js';

/** A log that cannot be read is none; what a sector of it does not vouch for may differ. */
export function readDirtyLog(): Stage {
  const readNext = ({ state, disk, procedure, out }: Context): Verdict => {
    const left = logSectorsCount(disk.log.set.regionsCount) - procedure.cursor;
    if (left <= 0) return 'next';
    issueRequest(
      state,
      {
        owner: 'procedure',
        disk: disk.index,
        identity: state.configuration.localIdentity,
        operation: 'read',
        sector: dirtyLogSector(disk.index) + procedure.cursor,
        count: Math.min(left, state.configuration.slotSectors),
        slot: recordSlot(state, disk),
        fua: true,
      },
      out,
    );
    return 'wait';
  };
  return {
    begin(context) {
      const { state, disk, procedure } = context;
      const regionsCount = Math.ceil(disk.local.logSectors / regionSectorsOf(state, disk));
      disk.log = createDirtyLog(disk.local.logSession, allDirtyMap(regionsCount));
      procedure.cursor = 0;
      return readNext(context);
    },
    answer(context, ok, { bytes }) {
      const { disk, procedure } = context;
      if (!ok) {
        disk.log = noDirtyLog(disk.local.logSession);
        return 'next';
      }
      for (let from = 0; from < bytes.length; from += SECTOR_BYTES, procedure.cursor += 1)
        takeSector(context, bytes.subarray(from, from + SECTOR_BYTES));
      return readNext(context);
    },
  };
}

function takeSector({ disk, procedure }: Context, bytes: Uint8Array): void {
  const { migration, logSession: session } = disk.local;
  const { regionsCount } = disk.log.set;
  const index = procedure.cursor;
  const isSet = decodeLogSector({ disk: disk.index, migration, session, index, regionsCount }, bytes);
  const first = index * REGIONS_PER_LOG_SECTOR;
  const count = Math.min(REGIONS_PER_LOG_SECTOR, regionsCount - first);
  for (let nth = 0; nth < count; nth += 1) if (!isSet(nth)) setClean(disk.log.set, first + nth);
}
