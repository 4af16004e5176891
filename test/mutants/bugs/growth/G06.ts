import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'G06',
  title: 'a migration that goes on after a clean start takes the size of now for that of its map',
  rule: 'Data path 8: growth is noticed; clean startup resumes',
  edits: [
    {
      file: 'engine/procedures/online.ts',
      find: `    disk.sizeSectors = disk.local.mapSectors;
`,
      replace: `    disk.sizeSectors = applicationSectors(context.state, disk.local.source);
`,
    },
  ],
} satisfies PlantedBug;
