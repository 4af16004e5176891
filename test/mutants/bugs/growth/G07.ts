import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'G07',
  title: 'a copy that waits for its range when the source grows is as short as it was',
  rule: 'Data path 8: growth is followed; a short last region',
  edits: [
    {
      file: 'engine/regions/growth.ts',
      find: `  withdrawWaitingCopies(state, disk);
`,
      replace: ``,
    },
    {
      file: 'engine/regions/growth.ts',
      find: `import { withdrawWaitingCopies } from '../data-path/copier.js';
`,
      replace: ``,
    },
  ],
} satisfies PlantedBug;
