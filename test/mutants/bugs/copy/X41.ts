import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X41',
  title: 'a region that the source could not be read in counts as copied',
  rule: 'the dirty bit is set again when the copy fails',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: `    else disk.unreadableRegion = transfer.region;
`,
      replace: `    else setClean(disk.map, transfer.region);
`,
    },
  ],
} satisfies PlantedBug;
