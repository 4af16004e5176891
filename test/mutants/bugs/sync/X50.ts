import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X50',
  title: 'a synchronisation starts with the map of the one before',
  rule: 'fault record cleared together with the region map set all dirty',
  edits: [
    {
      file: 'engine/procedures/sync.ts',
      find: '  disk.map = allDirtyMap(regionsCount);',
      replace: `  if (disk.map.regionsCount !== regionsCount) disk.map = allDirtyMap(regionsCount);`,
    },
    {
      file: 'engine/procedures/abort.ts',
      find: `  disk.map = emptyRegionMap();
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
