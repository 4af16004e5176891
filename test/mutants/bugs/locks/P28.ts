import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P28',
  title: 'the copier ignores range locks',
  rule: 'copying a region and writing it exclude each other',
  edits: [
    {
      file: 'engine/data-path/locks.ts',
      find: 'if (!other.exclusive && !transfer.exclusive) continue;',
      replace: `if (other.kind === 'copy' || transfer.kind === 'copy') continue;
    if (!other.exclusive && !transfer.exclusive) continue;`,
    },
  ],
} satisfies PlantedBug;
