import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P31',
  title: 'a copy does not wait for writes from before the cloning',
  rule: 'no application write older than the cloning when the target counts as synchronised',
  edits: [
    {
      file: 'engine/data-path/locks.ts',
      find: 'if (!other.exclusive && !transfer.exclusive) continue;',
      replace: `if (transfer.kind === 'copy' && other.route === 'bound') continue;
    if (!other.exclusive && !transfer.exclusive) continue;`,
    },
  ],
} satisfies PlantedBug;
