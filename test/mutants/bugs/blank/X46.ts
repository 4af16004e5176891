import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X46',
  title: 'the target counts as blank still after a write has failed on the source',
  rule: 'blank: no write has reached the target alone since',
  edits: [
    {
      file: 'engine/data-path/settle.ts',
      find: `  disk.copier.targetBlank = false;
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
