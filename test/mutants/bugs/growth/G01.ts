import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'G01',
  title: 'what a source has grown by is served, but not copied',
  rule: 'Data path 8: growth is followed: new regions are dirty',
  edits: [
    {
      file: 'engine/regions/growth.ts',
      find: `  for (let region = regionsBefore - 1; region < regionsCount; region += 1) setDirty(disk.map, region);
`,
      replace: `  for (let region = regionsCount; region < regionsBefore; region += 1) setDirty(disk.map, region);
`,
    },
  ],
} satisfies PlantedBug;
