import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X42',
  title: 'a used target is taken to be blank',
  rule: 'zero regions are copied to a target that is not blank',
  edits: [
    {
      file: 'engine/procedures/sync.ts',
      find: 'procedure.argument = ok && event.valueB === 0 ? 1 : 0;',
      replace: 'procedure.argument = ok ? 1 : 0;',
    },
  ],
} satisfies PlantedBug;
