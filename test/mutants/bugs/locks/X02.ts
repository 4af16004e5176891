import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X02',
  title: 'a read does not wait for the writes that it overlaps',
  rule: 'a read waits for overlapping writes',
  edits: [
    {
      file: 'engine/data-path/locks.ts',
      find: 'if (!other.exclusive && !transfer.exclusive) continue;',
      replace: `if (transfer.kind === 'application' && transfer.operation === 'read') continue;
    if (!other.exclusive && !transfer.exclusive) continue;`,
    },
  ],
} satisfies PlantedBug;
