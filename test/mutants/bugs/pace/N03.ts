import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'N03',
  title: 'progress counts a copy as done when it begins, and once more when it ends',
  rule: 'progress says how far it is',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: `  disk.copier.inFlightCount += 1;
`,
      replace: `  disk.copier.inFlightCount += 1;
  disk.copier.copiedCount += 1;
`,
    },
  ],
} satisfies PlantedBug;
