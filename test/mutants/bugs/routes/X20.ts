import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X20',
  title: 'after commit writes still go to both devices',
  rule: 'committed: everything to target, nothing to source',
  edits: [
    {
      file: 'engine/data-path/dispatch.ts',
      find: `    case 'target-selected':
`,
      replace: `    case 'committed':
    case 'target-selected':
`,
    },
  ],
} satisfies PlantedBug;
