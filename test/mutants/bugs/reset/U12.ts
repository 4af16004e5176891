import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U12',
  title: 'a write that is on its way when the reset is noticed is not counted among what may be lost',
  rule: 'Data path 9: what was written since the last flush may be lost',
  edits: [
    {
      file: 'engine/regions/unflushed.ts',
      find: `if (request.owner !== 'transfer' || request.disk !== disk.index || !isWrite) continue;`,
      replace: `if (request.owner !== 'copier' || request.disk !== disk.index || !isWrite) continue;`,
    },
  ],
} satisfies PlantedBug;
