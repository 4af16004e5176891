import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'Y01',
  title: 'a record is written over its newest copy',
  rule: 'two alternating copies',
  edits: [
    {
      file: 'engine/stages/records.ts',
      find: 'sector: sector + (1 - copyOf(disk, kind)) * COPY_STRIDE_SECTORS',
      replace: 'sector: sector + copyOf(disk, kind) * COPY_STRIDE_SECTORS',
    },
  ],
} satisfies PlantedBug;
