import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U03',
  title: 'a reset of the source is ignored in syncing and source-selected',
  rule: 'Data path 9: source reset in syncing and source-selected: those regions are dirty (source to target)',
  edits: [
    {
      file: 'engine/regions/resets.ts',
      find: `if (side !== undefined && isWriteCloning(disk.state))`,
      replace: `if (side !== undefined && isWriteCloning(disk.state) && !(side === 'source' && disk.state !== 'target-selected'))`,
    },
  ],
} satisfies PlantedBug;
