import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U01',
  title: 'a reset of the target is ignored in syncing and source-selected',
  rule: 'Data path 9: target reset in syncing and source-selected: those regions are dirty',
  edits: [
    {
      file: 'engine/regions/resets.ts',
      find: `if (side !== undefined && isWriteCloning(disk.state))`,
      replace: `if (side !== undefined && isWriteCloning(disk.state) && !(side === 'target' && disk.state !== 'target-selected'))`,
    },
  ],
} satisfies PlantedBug;
