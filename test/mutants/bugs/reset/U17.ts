import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'U17',
  title: 'a read that a reset target answered from what it had before is delivered',
  rule: 'Data path 6 and 9: a read is served from the side that holds the region',
  edits: [
    {
      file: 'engine/data-path/settle.ts',
      find: `} else if (side === 'target' && disk.targetFault) {`,
      replace: `} else if (side === 'target' && !ok) {`,
    },
  ],
} satisfies PlantedBug;
