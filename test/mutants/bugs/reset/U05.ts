import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U05',
  title: 'regions that the source lost in target-selected are copied from source to target',
  rule: 'Data path 9: source reset in target-selected: resynchronised target to source',
  edits: [
    {
      file: 'engine/regions/source-behind.ts',
      find: `(disk.state === 'target-selected' ? 'target' : 'source')`,
      replace: `(disk.state === 'target-selected' && disk.index < 0 ? 'target' : 'source')`,
    },
  ],
} satisfies PlantedBug;
