import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'L06',
  title: 'in setup writes leave no mark in a log that is kept',
  rule: 'Incremental resync: durable before the data, in setup too while a map is kept',
  edits: [
    {
      file: 'engine/regions/dirty-log.ts',
      find: `if (!transfer.exclusive || !isLogKept(disk)) return true;`,
      replace: `if (!transfer.exclusive || !isLogKept(disk) || !isWriteCloning(disk.state)) return true;`,
    },
  ],
} satisfies PlantedBug;
