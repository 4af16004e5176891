import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X22',
  title: 'a write that spans regions locks its first block alone',
  rule: 'copying and writing exclude each other: the whole range of a spanning write',
  edits: [
    {
      file: 'engine/data-path/locks.ts',
      find: '  const end = transfer.sector + transfer.count;',
      replace: '  const end = transfer.sector + (transfer.exclusive ? Math.min(transfer.count, 8) : transfer.count);',
    },
  ],
} satisfies PlantedBug;
