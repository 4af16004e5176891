import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'L11',
  title: 'a bit is cleared after a fault of the target was noted',
  rule: 'Incremental resync: the log says what may differ',
  edits: [
    {
      file: 'engine/regions/dirty-log.ts',
      find: `if (!isWriteCloning(disk.state) || disk.targetFault) return () => false;`,
      replace: `if (!isWriteCloning(disk.state)) return () => false;`,
    },
  ],
} satisfies PlantedBug;
