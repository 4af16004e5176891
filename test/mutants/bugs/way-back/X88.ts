import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X88',
  title: 'selectTarget does not drain',
  rule: 'selectTarget holds and drains',
  edits: [
    {
      file: 'engine/procedures/select.ts',
      find: `  hold(),
  drain(),
  requireWholeTarget(),
`,
      replace: `  hold(),
  requireWholeTarget(),
`,
    },
  ],
} satisfies PlantedBug;
