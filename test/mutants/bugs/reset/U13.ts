import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U13',
  title: 'a new synchronisation counts flushes from one again, so that an old flush covers new writes',
  rule: 'Data path 9: what was written since the last flush may be lost',
  edits: [
    {
      file: 'engine/regions/unflushed.ts',
      find: `const next = epoch + 1;`,
      replace: `const next = Math.min(1, epoch);`,
    },
  ],
} satisfies PlantedBug;
