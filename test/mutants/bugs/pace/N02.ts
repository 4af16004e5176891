import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'N02',
  title: 'a throttle is taken, and copying goes on as fast as it can',
  rule: 'throttle: copying is paced',
  edits: [
    {
      file: 'engine/data-path/copier.ts',
      find: `  disk.copier.throttled = true;`,
      replace: `  disk.copier.throttled = false;`,
    },
  ],
} satisfies PlantedBug;
