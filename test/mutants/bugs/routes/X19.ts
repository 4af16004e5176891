import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X19',
  title: 'in target-selected reads are served from the source',
  rule: 'target-selected: reads from target',
  edits: [
    {
      file: 'engine/data-path/dispatch.ts',
      find: `      return 'clone-read-target';`,
      replace: `      return 'clone-read-source';`,
    },
  ],
} satisfies PlantedBug;
