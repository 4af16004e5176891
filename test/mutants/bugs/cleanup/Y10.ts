import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'Y10',
  title: 'a source that cannot be marked stops the cleanup',
  rule: 'source tombstoned if it can be written; the retirement record has to do',
  edits: [
    {
      file: 'engine/procedures/cleanup.ts',
      find: `  out.probe('cleanup.label-unwritable', true);
  return 'next';`,
      replace: `  out.probe('cleanup.label-unwritable', true);
  return 'end';`,
    },
  ],
} satisfies PlantedBug;
