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
  flush`,
      replace: `  hold(),
  requireSource(),
  flush`,
    },
  ],
} satisfies PlantedBug;
