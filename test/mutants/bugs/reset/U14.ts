import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U14',
  title: 'a write goes to the source alone while the region is to be brought back from a faulted target',
  rule: 'Data path 9 and 5: a copy never overwrites newer data',
  edits: [
    {
      file: 'engine/data-path/dispatch.ts',
      find: `return operation === 'read' && isOnSource(state, disk, sector, count);`,
      replace: `return operation !== 'read' || isOnSource(state, disk, sector, count);`,
    },
    {
      file: 'engine/data-path/settle.ts',
      find: `if (disk.state === 'target-selected') keepSource(state, disk, transfer, out);
  completeApplication`,
      replace: `completeApplication`,
    },
  ],
} satisfies PlantedBug;
