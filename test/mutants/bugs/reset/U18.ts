import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U18',
  title: 'the source counts as flushed when a synchronisation begins',
  rule: 'Data path 9: what was written since the last flush may be lost',
  edits: [
    {
      file: 'engine/procedures/sync.ts',
      find: `beginBook(source, regionsCount, true)`,
      replace: `beginBook(source, regionsCount, false)`,
    },
  ],
} satisfies PlantedBug;
