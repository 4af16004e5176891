import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X21',
  title: 'overlapping writes do not wait for each other',
  rule: 'two overlapping writes reach both devices in the same order',
  edits: [
    {
      file: 'engine/data-path/locks.ts',
      find: 'if (!other.exclusive && !transfer.exclusive) continue;',
      replace: `if (other.kind === 'application' && other.exclusive && transfer.exclusive) continue;
    if (!other.exclusive && !transfer.exclusive) continue;`,
    },
  ],
} satisfies PlantedBug;
