import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'L12',
  title: 'a write in setup, with a log kept, is not among what the next synchronisation copies',
  rule: 'Incremental resync: in setup too while a map is kept',
  edits: [
    {
      file: 'engine/regions/dirty-log.ts',
      find: `if (!isWriteCloning(disk.state) || disk.targetFault) return () => false;`,
      replace: `if (disk.targetFault) return () => false;`,
    },
  ],
} satisfies PlantedBug;
