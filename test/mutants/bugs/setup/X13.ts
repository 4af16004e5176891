import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X13',
  title: 'a target that is smaller than the source is accepted',
  rule: 'target at least as large as the source',
  edits: [
    {
      file: 'engine/procedures/setup.ts',
      find: `  if (applicationSectors(state, target) < sectors || sectors <= LABEL_SECTORS) return 'target-too-small';
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
