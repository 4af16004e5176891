import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X41',
  title: 'a region that the source could not be read in counts as copied',
  rule: 'the dirty bit is set again when the copy fails',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: `if (isLost || (side === 'source' && copiedFrom(disk) === 'source')) disk.unreadableRegion = region;`,
      replace: `if (isLost || (side === 'source' && copiedFrom(disk) === 'source')) setClean(disk.map, region);`,
    },
  ],
} satisfies PlantedBug;
