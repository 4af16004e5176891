import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P37',
  title: 'the cursor never goes back to regions that became dirty behind it',
  rule: 'nothing dirty before source-selected: a region dirtied behind the cursor is found too',
  edits: [
    {
      file: 'engine/data-path/region-map.ts',
      find: '  return found >= 0 ? found : firstDirtyIn(map, 0, from);',
      replace: '  return found;',
    },
    {
      file: 'engine/data-path/copier.ts',
      find: 'nextDirty(disk.map, disk.copier.cursor % disk.map.regionsCount)',
      replace: 'nextDirty(disk.map, disk.copier.cursor)',
    },
  ],
} satisfies PlantedBug;
