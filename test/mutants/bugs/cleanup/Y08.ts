import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'Y08',
  title: 'the in-progress mark is cleared before the retirement record is made',
  rule: 'a retirement record is durable before in-progress is cleared',
  edits: [
    {
      file: 'engine/procedures/cleanup.ts',
      find: `  writeShared('cleanup.retirement', (`,
      replace: `  writeShared('cleanup.in-progress', () => ({ inProgress: false })),
  writeShared('cleanup.retirement', (`,
    },
  ],
} satisfies PlantedBug;
