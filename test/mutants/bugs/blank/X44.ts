import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X44',
  title: 'a source that does not answer the extent query is taken to hold nothing',
  rule: 'without an answer everything is copied',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: `    // Without an answer everything is copied.
    copier.targetBlank = false;
    return;`,
      replace: `    const from = request.sector - LABEL_SECTORS;
    copier.extentFrom = from;
    copier.extentTo = from + request.count;
    copier.allocatedFrom = from + request.count;
    return;`,
    },
  ],
} satisfies PlantedBug;
