import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'X15',
  title: 'the source is accepted as its own target',
  rule: 'different devices, by inquiry identity',
  edits: [
    {
      file: 'engine/procedures/setup.ts',
      find: `  if (source === target) return 'same-device';
`,
      replace: '',
    },
  ],
} satisfies PlantedBug;
