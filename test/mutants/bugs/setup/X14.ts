import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X14',
  title: 'a target in use by another disk or for metadata is accepted',
  rule: 'different devices, by inquiry identity',
  edits: [
    {
      file: 'engine/procedures/setup.ts',
      find: `  if (inUse || isMetadata) return 'target-in-use';
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
