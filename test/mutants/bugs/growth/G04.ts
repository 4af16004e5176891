import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'G04',
  title: 'growth is followed although the target has no room for it',
  rule: 'Setup: target at least as large as the source; data path 8: refused or followed',
  edits: [
    {
      file: 'engine/regions/growth.ts',
      find: `const hasRoom = applicationSectors(state, disk.local.target) >= sectors && regionsCount <= REGIONS_MAX;`,
      replace: `const hasRoom = regionsCount <= REGIONS_MAX;`,
    },
  ],
} satisfies PlantedBug;
