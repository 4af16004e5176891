import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P29',
  title: 'the dirty bit is cleared after the copy has read, while writes go on and set it',
  rule: 'the dirty bit is cleared before the copy reads',
  note: 'Range locks keep writes out of a region that is being copied, so they are gone too: writes mark what they touch instead.',
  edits: [
    {
      file: 'engine/data-path/locks.ts',
      find: 'if (!other.exclusive && !transfer.exclusive) continue;',
      replace: `if (other.kind === 'copy' || transfer.kind === 'copy') continue;
    if (!other.exclusive && !transfer.exclusive) continue;`,
    },
    {
      file: 'engine/data-path/copier.ts',
      find: `  setClean(disk.map, transfer.region);
  transfer.pieceSector`,
      replace: '  transfer.pieceSector',
    },
    {
      file: 'engine/data-path/copier.ts',
      find: `  if (transfer.operation === 'read') {
    takeRead`,
      replace: `  if (transfer.operation === 'read') {
    setClean(disk.map, transfer.region);
    takeRead`,
    },
    {
      file: 'engine/data-path/dispatch.ts',
      find: `  issueSide(state, disk, index, 'source', out);
  if (transfer.route`,
      replace: `  if (transfer.exclusive && transfer.route !== 'bound' && disk.state === 'syncing') {
    for (let region = first; region <= last; region += 1) setDirty(disk.map, region);
  }
  issueSide(state, disk, index, 'source', out);
  if (transfer.route`,
    },
    {
      file: 'engine/data-path/dispatch.ts',
      find: `import { blockerOf } from './locks.js';`,
      replace: `import { blockerOf } from './locks.js';
import { setDirty } from './region-map.js';`,
    },
  ],
} satisfies PlantedBug;
