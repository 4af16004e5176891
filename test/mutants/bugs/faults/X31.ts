import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X31',
  title: 'a read that the target failed in target-selected is not tried on the source',
  rule: 'a read in target-selected is served from the side that holds the region',
  edits: [
    {
      file: 'engine/data-path/settle.ts',
      find: `    issueSide(state, disk, index, 'source', out);
  } else`,
      replace: `    completeApplication(state, index, 'error', out);
  } else`,
    },
  ],
} satisfies PlantedBug;
