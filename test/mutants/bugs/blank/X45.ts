import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X45',
  title: 'the last region is copied at full length',
  rule: 'a short last region is not rounded up',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: 'Math.min(regionSectors, disk.sizeSectors - transfer.sector);',
      replace: 'Math.min(regionSectors, applicationSectors(state, disk.local.target) - transfer.sector);',
    },
    {
      file: 'engine/data-path/copier.ts',
      find: 'import { isVisible }',
      replace: 'import { applicationSectors, isVisible }',
    },
  ],
} satisfies PlantedBug;
