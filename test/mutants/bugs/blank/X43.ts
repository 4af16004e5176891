import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X43',
  title: 'a target that does not answer the extent query is taken to be blank',
  rule: 'zero regions are copied to a target that is not known to be blank',
  edits: [
    {
      file: 'engine/procedures/sync.ts',
      find: 'procedure.argument = ok && event.valueB === 0 ? 1 : 0;',
      replace: 'procedure.argument = !ok || event.valueB === 0 ? 1 : 0;',
    },
  ],
} satisfies PlantedBug;
