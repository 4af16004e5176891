import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P04',
  title: 'commit does not drain: clones may still be on their way to the target',
  rule: 'hold new application I/O, then drain, then flush target',
  edits: [
    {
      file: 'engine/procedures/commit.ts',
      find: `  hold(),
  drain(),
`,
      replace: `  hold(),
`,
    },
  ],
} satisfies PlantedBug;
