import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'G05',
  title: 'a synchronisation begins although the source has outgrown the target',
  rule: 'Setup: target at least as large as the source',
  edits: [
    {
      file: 'engine/procedures/sync.ts',
      find: `  applicationSectors(state, local.target) >= applicationSectors(state, local.source);`,
      replace: `  applicationSectors(state, local.target) > 0 || applicationSectors(state, local.source) === 0;`,
    },
  ],
} satisfies PlantedBug;
