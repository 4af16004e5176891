import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X102',
  title: 'a copy that was made while the target was being flushed counts as flushed',
  rule: 'source-selected: target flushed, with every copy there',
  edits: [
    {
      file: 'engine/procedures/sync.ts',
      find: ` || disk.copier.copiedCount !== procedure.cursor`,
      replace: ``,
    },
  ],
} satisfies PlantedBug;
