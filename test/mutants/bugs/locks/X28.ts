import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X28',
  title: 'a read in target-selected does not wait for writes that are in flight',
  rule: 'a read waits for overlapping writes, whichever side it is served from',
  edits: [
    {
      file: 'engine/data-path/locks.ts',
      find: 'if (!other.exclusive && !transfer.exclusive) continue;',
      replace: `if (transfer.kind === 'application' && transfer.operation === 'read' && other.targetStatus === 'ok') continue;
    if (!other.exclusive && !transfer.exclusive) continue;`,
    },
  ],
} satisfies PlantedBug;
