import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X55',
  title: 'faults are checked before the drain and not after it',
  rule: 'drain, flush target, then check',
  edits: [
    {
      file: 'engine/procedures/commit.ts',
      find: `  hold(),
  drain(),
`,
      replace: `  checkBeforeRollForward(),
  hold(),
  drain(),
`,
    },
    {
      file: 'engine/procedures/commit.ts',
      find: `    return 'next';
  }),
  checkBeforeRollForward(),`,
      replace: `    return 'next';
  }),`,
    },
  ],
} satisfies PlantedBug;
