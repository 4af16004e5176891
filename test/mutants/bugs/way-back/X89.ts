import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X89',
  title: 'selectSource does not drain',
  rule: 'selectSource holds and drains',
  edits: [
    {
      file: 'engine/procedures/select.ts',
      find: `  hold(),
  drain(),
  requireSource(),
  wholeSource`,
      replace: `  hold(),
  requireSource(),
  wholeSource`,
    },
  ],
} satisfies PlantedBug;
