import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X51',
  title: 'what is unallocated at the source is skipped behind where the source was asked',
  rule: 'unallocated source extents count as copied',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: '  return from >= copier.extentFrom && to <= copier.allocatedFrom;',
      replace: '  return from >= copier.extentFrom && to <= copier.allocatedFrom + regionSectors;',
    },
  ],
} satisfies PlantedBug;
