import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X71',
  title: 'retirements are not followed',
  rule: 'no migration: local binding follows the retirement record',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `    if (retirement.source !== bound) continue;
`,
      replace: `    if (retirement.source !== bound || retirement.generation >= 0) continue;
`,
    },
  ],
} satisfies PlantedBug;
