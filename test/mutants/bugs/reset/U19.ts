import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U19',
  title: 'what the target has lost as well is brought back from there over the source',
  rule: 'Data path 9 and 5: regions that only the target holds are brought back',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: `const isLostThere = copiedFrom(disk) === 'target' && isLost(disk.unflushed.target, region);`,
      replace: `const isLostThere = copiedFrom(disk) === 'target' && isLost(disk.unflushed.source, region);`,
    },
  ],
} satisfies PlantedBug;
