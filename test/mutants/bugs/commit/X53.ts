import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X53',
  title: 'commit does not hold new application I/O',
  rule: 'hold new application I/O, then drain',
  edits: [
    {
      file: 'engine/procedures/commit.ts',
      find: `  hold(),
  drain(),
`,
      replace: `  drain(),
`,
    },
  ],
} satisfies PlantedBug;
