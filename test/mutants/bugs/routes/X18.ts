import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X18',
  title: 'in source-selected reads are served from the target',
  rule: 'syncing and source-selected: reads from source',
  edits: [
    {
      file: 'engine/data-path/dispatch.ts',
      find: `    case 'source-selected':
      return 'clone-read-source';`,
      replace: `      return 'clone-read-source';
    case 'source-selected':
      return 'clone-read-target';`,
    },
  ],
} satisfies PlantedBug;
