import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U11',
  title: 'a flush is taken to cover what completed while it was on its way',
  rule: 'Data path 9: what was written since the last flush may be lost',
  edits: [
    {
      file: 'engine/regions/unflushed.ts',
      find: `book.flushedEpoch = Math.max(book.flushedEpoch, epoch);`,
      replace: `book.flushedEpoch = Math.max(epoch, (book.epoch += 1));`,
    },
  ],
} satisfies PlantedBug;
