import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'R12',
  title: 'a synchronisation does not take a target that recovery had to leave out',
  rule: 'a target skipped as dead is reserved before it is written',
  edits: [
    {
      file: 'engine/procedures/sync.ts',
      find: `  ...reserveTarget(),
`,
      replace: `  ...reserveTarget().slice(2),
`,
    },
  ],
} satisfies PlantedBug;
