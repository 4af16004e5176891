import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X104',
  title: 'progress names the region that copying has come to, not the one that could not be read',
  rule: 'the region that could not be read is named',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: `if (isLost || (side === 'source' && copiedFrom(disk) === 'source')) disk.unreadableRegion = region;`,
      replace: `if (isLost || (side === 'source' && copiedFrom(disk) === 'source')) disk.unreadableRegion = disk.copier.cursor;`,
    },
  ],
} satisfies PlantedBug;
