import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'Y04',
  title: 'a record that cannot be written counts as written',
  rule: 'a write that fails may or may not have landed: it is rewritten',
  edits: [
    {
      file: 'engine/stages/settled-write.ts',
      find: `          ? onFailure(context)
`,
      replace: `          ? procedure.name.length > 0
            ? 'next'
            : onFailure(context)
`,
    },
  ],
} satisfies PlantedBug;
