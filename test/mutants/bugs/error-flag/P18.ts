import type { PlantedBug } from '../../planted-bug.js';

export default {
  id: 'P18',
  title: 'the error flag is never set',
  rule: 'the error flag is durable before the first cloned or copied write',
  edits: [
    {
      file: 'engine/procedures/sync.ts',
      find: `    state: 'syncing',
    errorFlag: true`,
      replace: `    state: 'syncing',
    errorFlag: false`,
    },
  ],
} satisfies PlantedBug;
