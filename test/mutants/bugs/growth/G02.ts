import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'G02',
  title: 'the last region was short, has grown, and counts as copied',
  rule: 'Data path 8: a short last region; growth is followed',
  edits: [
    {
      file: 'engine/regions/growth.ts',
      find: `for (let region = regionsBefore - 1;`,
      replace: `for (let region = regionsBefore;`,
    },
  ],
} satisfies PlantedBug;
