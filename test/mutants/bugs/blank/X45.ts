import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X45',
  title: 'the last region is copied at full length',
  rule: 'a short last region is not rounded up',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: 'applicationSectors(state, disk.local.source) - transfer.sector);',
      replace: 'applicationSectors(state, disk.local.target) - transfer.sector);',
    },
  ],
} satisfies PlantedBug;
