import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U04',
  title: 'a reset of the source is ignored in target-selected',
  rule: 'Data path 9: source reset in target-selected: those regions are resynchronised target to source',
  edits: [
    {
      file: 'engine/regions/resets.ts',
      find: `if (side !== undefined && isWriteCloning(disk.state))`,
      replace: `if (side !== undefined && isWriteCloning(disk.state) && !(side === 'source' && disk.state === 'target-selected'))`,
    },
  ],
} satisfies PlantedBug;
