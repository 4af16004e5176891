import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'H09',
  title: 'a pause is answered and copying goes on',
  rule: 'pause: copying stops',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: `      !disk.copier.paused &&
`,
      replace: ``,
    },
  ],
} satisfies PlantedBug;
